"""Telegram Desktop's exports are taken in: whereto, and what of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from channel_scene import TITLE, Channel
from exported_chats import BEEKEEPERS, KITES, TALK, export, file_of, message, posts
from importing_scene import alerts, document, says, sends, told
from scene import Scene
from update_samples import ANN, BEN

pytestmark = pytest.mark.filterwarnings("ignore:Tasks created via")


def test_an_export_becomes_ones_own_articles_with_links_and_days(tmp_path: Path) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        messages = [message(5, BEEKEEPERS, author="M. Ruiz"), message(6, ""), message(7, KITES)]
        await sends(ann, export(messages))
        said = await says(ann, "taken in")
        assert said == (
            "✓ 2 articles taken in.\n"
            "Left out, as they are only talk, or hold nothing to read: 1 message."
        )
        (newest, first), _ = await ann.house.libraries.page(ANN, 0, 10, None)
        assert [newest.source, first.source] == [
            "https://t.me/c/1234567890/7",
            "https://t.me/c/1234567890/5",
        ]
        assert (first.site, first.author) == (TITLE, "M. Ruiz")
        assert str(first.published) == "2024-05-01"
        assert ann.buttons() == {}

    told(tmp_path, talk, known=False)


def test_what_is_there_already_is_not_taken_in_again(tmp_path: Path) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        await sends(ann, export(posts(3)))
        await says(ann, "✓ 3 articles taken in.")
        await sends(ann, export(posts(5)))
        await says(ann, "✓ 2 articles taken in; 3 you had already.")
        await sends(ann, export(posts(5)))
        await says(ann, "You have all of these already.")
        assert await ann.articles() == 5

    told(tmp_path, talk, known=False)


def test_what_was_edited_since_it_was_taken_in_is_read_again(tmp_path: Path) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        await sends(ann, export([message(5, BEEKEEPERS), message(6, KITES)]))
        await says(ann, "✓ 2 articles taken in.")
        before = {"edited_unixtime": "1714600000"}
        after = {"edited_unixtime": "4102444800"}
        edited = [
            message(5, f"{BEEKEEPERS} They sting.", **after),
            message(6, f"{KITES} They fly.", **before),
        ]
        await sends(ann, export(edited))
        await says(ann, "✓ 1 article taken in; 1 you had already.")
        found, _ = await ann.house.libraries.page(ANN, 0, 10, None)
        texts = {await ann.house.libraries.text(ANN, each.id) for each in found}
        assert texts == {f"{BEEKEEPERS} They sting.", KITES}

    told(tmp_path, talk, known=False)


def test_who_runs_the_channel_is_asked_whose_articles_it_shall_become(tmp_path: Path) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        await sends(ann, export(posts(3)))
        assert "exports of Harbour Post, which you run" in ann.said[-1]
        assert list(ann.buttons()) == [TITLE, "My own articles"]
        await ann.presses(ann.buttons()[TITLE])
        said = await says(ann, "taken in")
        assert said == "✓ 3 articles taken in.\nThey are among the articles of Harbour Post."
        assert (await ann.articles(), len(await channel.articles())) == (0, 3)
        assert len(ann.said) == 1
        # The posts of the channel and those of the export are the same.
        await channel.posts(2, posts(3)[1]["text"])
        await channel.edits(3, KITES)
        assert len(await channel.articles()) == 3

    told(tmp_path, talk)


def test_posts_that_were_seen_are_not_taken_in_from_an_export_too(tmp_path: Path) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        await channel.posts(2, f"{KITES} This is what it says since it was edited.")
        await sends(ann, export(posts(3)))
        await ann.presses(ann.buttons()[TITLE])
        await says(ann, "✓ 2 articles taken in; 1 you had already.")
        assert len(await channel.articles()) == 3

    told(tmp_path, talk)


def test_who_runs_the_channel_may_also_take_it_in_as_their_own(tmp_path: Path) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        await sends(ann, export(posts(3)))
        await ann.presses(ann.buttons()["My own articles"])
        assert await says(ann, "taken in") == "✓ 3 articles taken in."
        assert (await ann.articles(), await channel.articles()) == (3, [])

    told(tmp_path, talk)


def test_who_does_not_run_the_channel_is_not_asked(tmp_path: Path) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        await channel.opens(runs=False)
        await sends(ann, export(posts(3)))
        assert await says(ann, "taken in") == "✓ 3 articles taken in."
        assert (await ann.articles(), await channel.articles()) == (3, [])

    told(tmp_path, talk)


def test_who_stopped_running_the_channel_cannot_choose_it_any_more(tmp_path: Path) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        await sends(ann, export(posts(3)))
        into = ann.buttons()[TITLE]
        await channel.opens(runs=False)
        await ann.presses(into)
        assert alerts(ann) == ["Only administrators can do this there."]
        await ann.presses(into, chat=BEN)
        assert alerts(ann)[-1].startswith("This button is too old")
        assert (await ann.articles(), await channel.articles()) == (0, [])

    told(tmp_path, talk)


def test_of_a_group_talk_is_left_out(tmp_path: Path) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        messages = [message(1, TALK), message(2, BEEKEEPERS), message(3, "ok")]
        await sends(ann, export(messages, "private_group", 77, "Kite makers"))
        said = await says(ann, "taken in")
        assert said.startswith("✓ 1 article taken in.\n")
        assert said.endswith("2 messages.")
        (article,), _ = await ann.house.libraries.page(ANN, 0, 10, None)
        assert (article.site, article.source) == ("Kite makers", None)

    told(tmp_path, talk, known=False)


@pytest.mark.parametrize("name", ["result.json", "RESULT.JSON", "harbour.json"])
def test_the_name_of_the_file_does_not_matter(tmp_path: Path, name: str) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        await sends(ann, export(posts(2)), name)
        await says(ann, "✓ 2 articles taken in.")

    told(tmp_path, talk, known=False)


def test_import_in_reply_takes_it_in_whatever_it_is_called(tmp_path: Path) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        sent = {
            "message_id": 90,
            "date": 1,
            "chat": {"id": ANN, "type": "private"},
            "document": document(ann, file_of(export(posts(2))), "backup"),
        }
        entity = {"type": "bot_command", "offset": 0, "length": 7}
        await ann.sends("/import", entities=[entity], reply_to_message=sent)
        await says(ann, "✓ 2 articles taken in.")

    told(tmp_path, talk, known=False)


def test_another_file_of_json_is_dealt_with_as_any_file(tmp_path: Path) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        await sends(ann, b'{"name": "kites", "version": 3}', "package.json")
        assert ann.said[-1].startswith("<b>package.json</b>")
        assert "import" not in ann.said[-1]

    told(tmp_path, talk, known=False)


def test_a_file_that_is_cut_off_or_too_large_is_told_so(tmp_path: Path) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        whole = file_of(export(posts(9)))
        await sends(ann, whole[: len(whole) // 2])
        assert ann.said[-1] == (
            "I can't take this file in. result.json is an export of Telegram Desktop that is "
            "damaged or cut off."
        )
        large = {**document(ann, whole), "file_size": 21_000_000}
        await ann.sends(document=large)
        assert "from one date to another" in ann.said[-1]
        assert await ann.articles() == 0

    told(tmp_path, talk, known=False)


def test_an_export_without_posts_is_told_so(tmp_path: Path) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        await sends(ann, export([message(1, "")]))
        assert ann.said == ["There is no message in this file that I would keep."]

    told(tmp_path, talk)
