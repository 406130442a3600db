"""A long import tells how far it is, is stopped, and goes on where it was stopped."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from channel_scene import Channel
from exported_chats import export, message, posts
from importing_scene import MANY, alerts, says, sends, told, unfinished
from scene import Scene, until
from update_samples import ANN, BEN

from bot import post_import
from bot.handlers import importing
from bot.libraries import Libraries

pytestmark = pytest.mark.filterwarnings("ignore:Tasks created via")


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
