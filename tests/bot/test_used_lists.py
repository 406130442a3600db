"""The lists and counts of a group's articles in a chat of one's own: who reads, who deletes."""

from __future__ import annotations

from pathlib import Path

from circle import CIRCLE, FROM, QUESTION, alerts, commands, stays, told, uses
from scene import Scene


def test_lists_and_counts_follow_what_is_used(tmp_path: Path) -> None:
    async def talk(ann: Scene) -> None:
        await uses(ann)
        await commands(ann, "/articles")
        assert ann.said[-1].startswith("<b>Articles of Reading &lt;circle&gt;</b>")
        assert "mill" in ann.said[-1]
        assert "ferry" not in ann.said[-1]
        await commands(ann, "/articles ferry")
        assert ann.said[-1].startswith("None of these articles has “ferry”")
        assert ann.said[-1].endswith(FROM)
        await commands(ann, "/stats")
        assert ann.said[-1].startswith("Reading &lt;circle&gt; has 1 article: ")
        await ann.house.libraries.forget(CIRCLE)
        for command in ("/stats", "/articles"):
            await commands(ann, command)
            assert ann.said[-1] == "There are no articles in Reading &lt;circle&gt; yet."
        await ann.sends(QUESTION)
        assert ann.said[-1] == "There are no articles in Reading &lt;circle&gt; yet."

    told(tmp_path, talk)


def test_a_list_is_read_by_who_belongs_there_and_deleted_from_by_who_runs_it(
    tmp_path: Path,
) -> None:
    async def talk(ann: Scene) -> None:
        await uses(ann)
        await commands(ann, "/articles")
        listed = max(ann.messages)
        (opened,) = ann.buttons(listed).values()
        await ann.presses(opened, below=listed)
        assert ann.messages[listed].endswith(FROM)
        delete, back = ann.buttons(listed)["Delete"], ann.buttons(listed)["All articles"]
        _, exchange, _, number = delete.split(":")
        removing = f"remove:{number}:{exchange}"
        for forbidden in (delete, removing):
            await ann.presses(forbidden, below=listed)
            assert alerts(ann)[-1] == "Only administrators can do this there."
        # Without the list it is an article of her own, and there is none of that number.
        await ann.presses(f"remove:{number}", below=listed)
        assert alerts(ann)[-1] == ann.house.texts.alert_article_gone
        stays(ann, "left")
        for forbidden in (back, opened, delete, removing):
            await ann.presses(forbidden, below=listed)
            assert alerts(ann)[-1]
        assert (await ann.house.libraries.totals(CIRCLE)).articles == 1

    told(tmp_path, talk)


def test_who_runs_a_group_deletes_its_articles_and_puts_them_back(tmp_path: Path) -> None:
    async def talk(ann: Scene) -> None:
        await uses(ann)
        await commands(ann, "/articles")
        listed = max(ann.messages)
        await ann.presses(ann.buttons(listed)["1"], below=listed)
        await ann.presses(ann.buttons(listed)["Delete"], below=listed)
        await ann.presses(ann.buttons(listed)["Yes, delete"], below=listed)
        assert (await ann.house.libraries.totals(CIRCLE)).articles == 0
        stays(ann, "member")
        back = ann.buttons(listed)["Put it back"]
        await ann.presses(back, below=listed)
        assert (await ann.house.libraries.totals(CIRCLE)).articles == 0
        stays(ann, "administrator")
        await ann.presses(back, below=listed)
        assert (await ann.house.libraries.totals(CIRCLE)).articles == 1
        assert await ann.articles() == 1

    told(tmp_path, talk, "administrator")


def test_delete_in_reply_to_an_answer_from_a_group_is_for_who_runs_it(tmp_path: Path) -> None:
    async def talk(ann: Scene) -> None:
        await uses(ann)
        await ann.sends(QUESTION)
        shown = ann.shown(max(ann.messages))
        await commands(ann, "/delete", reply_to_message=shown)
        assert ann.said[-1].startswith("Only the administrators of Reading &lt;circle&gt; can")
        stays(ann, "administrator")
        await commands(ann, "/delete", reply_to_message=shown)
        confirmed = ann.buttons()["Yes, delete"]
        stays(ann, "member")
        await ann.presses(confirmed)
        assert (await ann.house.libraries.totals(CIRCLE)).articles == 1
        stays(ann, "administrator")
        await ann.presses(confirmed)
        assert (await ann.house.libraries.totals(CIRCLE)).articles == 0
        assert await ann.articles() == 1

    told(tmp_path, talk)
