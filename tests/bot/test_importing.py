"""What Telegram Desktop exports is taken in: whereto, how far, stopped, gone on with, once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from channel_scene import TITLE, Channel
from exported_chats import BEEKEEPERS, KITES, TALK, export, file_of, message, posts
from scene import Scene, scene, until
from update_samples import ANN, BEN

from bot import post_import
from bot.handlers import importing
from bot.libraries import Libraries

pytestmark = pytest.mark.filterwarnings("ignore:Tasks created via")

Talk = Callable[[Scene, Channel], Awaitable[None]]
MANY = 40


def told(tmp_path: Path, talk: Talk, *, known: bool = True, **settings: Any) -> None:
    """Have Ann send exports, of a channel that the bot is in and that she runs if it is `known`."""

    async def whole() -> None:
        async with scene(tmp_path, **settings) as ann:
            channel = Channel(ann)
            if known:
                await channel.opens()
            await talk(ann, channel)

    asyncio.run(whole())


async def sends(ann: Scene, content: Any, name: str = "result.json", **fields: Any) -> int:
    """Have her send a file; the id of her message."""
    data = content if isinstance(content, bytes) else file_of(content)
    return await ann.sends(document=document(ann, data, name), **fields)


def document(ann: Scene, data: bytes, name: str = "result.json") -> dict[str, Any]:
    ann.has_file(name, data)
    return {"file_id": name, "file_unique_id": name, "file_name": name, "file_size": len(data)}


async def says(ann: Scene, words: str) -> str:
    """Wait for words in the bot's last message."""
    await until(lambda: bool(ann.said) and words in ann.said[-1])
    return ann.said[-1]


def alerts(ann: Scene) -> list[str]:
    return [call.text for call in ann.built.request.made("answerCallbackQuery")]


def unfinished(ann: Scene) -> set[int]:
    return set(ann.house.turns._held)


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


class Slow:
    """Has an import wait before each part but the first few, until it may go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, parts: int = 1) -> None:
        monkeypatch.setattr(post_import, "AT_ONCE", 10)
        monkeypatch.setattr(importing, "BETWEEN_EDITS", 0)
        self.waits = asyncio.Event()
        self.go = asyncio.Event()
        self._parts = parts
        take_in = Libraries.take_in

        async def slow(libraries: Libraries, *arguments: Any) -> Any:
            if not self._parts:
                self.waits.set()
                await self.go.wait()
            else:
                self._parts -= 1
            return await take_in(libraries, *arguments)

        monkeypatch.setattr(Libraries, "take_in", slow)


def test_it_tells_how_far_it_is_and_answers_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        slow = Slow(monkeypatch)
        await sends(ann, export(posts(MANY)))
        await slow.waits.wait()
        assert ann.said == ["Taking in… 25 %"]
        assert list(ann.buttons()) == ["Stop"]
        # It is in nobody's way.
        await ann.sends("How many crates came in?")
        assert len(ann.said) == 2
        slow.go.set()
        await until(lambda: "taken in" in ann.said[0])
        assert ann.said[0] == f"✓ {MANY} articles taken in."

    told(tmp_path, talk, known=False)


def test_the_message_is_done_only_when_all_is_taken_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        slow = Slow(monkeypatch)
        finished: list[int] = []

        async def finish(updates: list[int]) -> None:
            finished.extend(updates)

        monkeypatch.setattr(ann.house.turns, "_finish", finish)
        number = await sends(ann, export(posts(MANY)))
        await slow.waits.wait()
        assert finished == []
        slow.go.set()
        await until(lambda: bool(finished))
        assert finished == [number]

    told(tmp_path, talk, known=False)


def test_it_is_stopped_and_goes_on_where_it_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        slow = Slow(monkeypatch)
        await sends(ann, export([*posts(MANY), message(99, "")]))
        await slow.waits.wait()
        await ann.presses(ann.buttons()["Stop"])
        slow.go.set()
        said = await says(ann, "Stopped")
        assert said.startswith("Stopped. What I have taken in so far stays.")
        assert await ann.articles() == 20
        go_on = ann.buttons()["Go on"]
        await ann.presses(go_on)
        said = await says(ann, "✓")
        assert said.startswith(f"✓ {MANY} articles taken in.\nLeft out")
        assert await ann.articles() == MANY
        assert len(ann.said) == 1
        await ann.presses(go_on)
        assert alerts(ann)[-1].startswith("This button is too old")

    told(tmp_path, talk, known=False)


def test_what_was_cut_off_by_the_bots_end_is_gone_on_with_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        slow = Slow(monkeypatch)
        finished: list[int] = []

        async def finish(updates: list[int]) -> None:
            finished.extend(updates)

        monkeypatch.setattr(ann.house.turns, "_finish", finish)
        number = await sends(ann, export(posts(MANY)))
        await slow.waits.wait()
        ann.house.libraries.stop()
        slow.go.set()
        await until(lambda: not unfinished(ann))
        assert finished == []
        assert await ann.articles() == 10
        assert ann.said == ["Taking in… 25 %"]
        # At the next start the same message comes again.
        ann.house.libraries._stopping = False
        await sends(ann, export(posts(MANY)), message_id=number)
        await says(ann, f"✓ {MANY} articles taken in.")
        assert len(ann.said) == 1

    told(tmp_path, talk, known=False)


def test_a_stop_that_was_pressed_before_the_bots_end_holds_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        slow = Slow(monkeypatch)
        number = await sends(ann, export(posts(MANY)))
        await slow.waits.wait()
        stop = ann.buttons()["Stop"]
        ann.house.libraries.stop()
        slow.go.set()
        await until(lambda: not unfinished(ann))
        await ann.presses(stop)
        await says(ann, "Stopped")
        ann.house.libraries._stopping = False
        await sends(ann, export(posts(MANY)), message_id=number)
        assert ann.said[-1].startswith("Stopped")
        assert await ann.articles() == 10
        await ann.presses(ann.buttons()["Go on"])
        await says(ann, f"✓ {MANY} articles taken in.")

    told(tmp_path, talk, known=False)


def test_a_chat_that_is_forgotten_meanwhile_stays_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        slow = Slow(monkeypatch)
        await sends(ann, export(posts(MANY)))
        await slow.waits.wait()
        await ann.house.libraries.forget(ANN)
        await ann.house.workers.records(ann.house.store.forget_chat, ANN)
        slow.go.set()
        await until(lambda: not unfinished(ann))
        assert await ann.articles() == 0

    told(tmp_path, talk, known=False)


def test_nobody_else_stops_or_goes_on_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        slow = Slow(monkeypatch)
        await sends(ann, export(posts(MANY)))
        await slow.waits.wait()
        await ann.presses(ann.buttons()["Stop"], chat=BEN)
        slow.go.set()
        await says(ann, f"✓ {MANY} articles taken in.")

    told(tmp_path, talk, known=False)


def test_an_import_ends_where_the_library_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        monkeypatch.setattr(post_import, "AT_ONCE", 10)
        settings = ann.house.settings.model_copy(update={"articles_per_chat": 25})
        monkeypatch.setattr(ann.house.fairness, "_settings", settings)
        await sends(ann, export(posts(MANY)))
        said = await says(ann, "I keep")
        assert said.startswith("I keep 25 articles here, and may not keep more.")
        assert await ann.articles() == 25
        assert list(ann.buttons()) == ["Go on"]

    told(tmp_path, talk, known=False)
