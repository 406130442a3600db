"""What is kept of a chat that the bot was removed from is forgotten in time, and not before."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest
from cheap_models import article
from gathering import CHANNEL, GROUP, SMALL, Gathering, gathered
from recording_request import BOT, flood, refusal
from update_samples import ANN

from bot import housekeeping
from bot.housekeeping import DAY, Housekeeping
from bot.store.records import Kind
from bot.store.store import FILE

SECRET = "xylophonequartz"
ITSELF = int(str(BOT["id"]))


class Clock:
    """A time that can be turned forward."""

    def __init__(self) -> None:
        self.days = 0.0

    def __call__(self) -> float:
        return time.time() + self.days * DAY


async def begun(circle: Gathering) -> tuple[Housekeeping, Clock]:
    """A group and a channel with an article each, both with the bot in them."""
    for chat in (GROUP, CHANNEL):
        await circle.works(chat, quiet=True)
        circle.request.members[chat, ITSELF] = "member"
        await circle.house.libraries.add(chat, article(f"{SECRET} {chat}", str(chat)))
        circle.house.store.exchanges.begin(chat, 5, Kind.ASK, question=f"{SECRET}?")
    clock = Clock()
    return Housekeeping(circle.house, circle.scene.built.bot, clock), clock


async def articles(circle: Gathering, chat: int) -> int:
    return (await circle.house.libraries.totals(chat)).articles


def stored(folder: Path, chat: int) -> int:
    """What the bot's own records have of a chat."""
    with closing(sqlite3.connect(folder / FILE)) as database:
        return sum(
            database.execute(f"SELECT count(*) FROM {table} WHERE chat_id = ?", [chat]).fetchone()[
                0
            ]
            for table in ("chats", "exchanges")
        )


def test_after_thirty_days_everything_of_the_chat_is_forgotten(tmp_path: Path) -> None:
    async def talk(circle: Gathering) -> None:
        keeping, clock = await begun(circle)
        for chat in (GROUP, CHANNEL):
            await circle.changes(ANN, "member", "kicked", chat)
            circle.request.members[chat, ITSELF] = "left"
        await circle.works(SMALL)
        await circle.house.libraries.add(SMALL, article("staying", "Staying"))
        circle.request.members[SMALL, ITSELF] = "member"
        clock.days = 29.9
        await keeping.tidy()
        assert await articles(circle, GROUP) == await articles(circle, CHANNEL) == 1
        clock.days = 30.1
        await keeping.tidy()
        for chat in (GROUP, CHANNEL):
            assert await articles(circle, chat) == 0
            assert stored(tmp_path, chat) == 0
            assert circle.house.chats.get(chat) is None
        assert await articles(circle, SMALL) == 1

    gathered(tmp_path, talk)
    files = [file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()]
    assert not any(SECRET.encode() in content for content in files)


def test_what_comes_back_in_time_is_kept_and_counted_anew(tmp_path: Path) -> None:
    async def talk(circle: Gathering) -> None:
        keeping, clock = await begun(circle)
        await circle.changes(ANN, "member", "kicked")
        await circle.changes(ANN, "kicked", "member")
        clock.days = 100
        await keeping.tidy()
        assert await articles(circle, GROUP) == 1
        assert circle.house.chats.settings(GROUP).quiet

    gathered(tmp_path, talk)


@pytest.mark.parametrize("answer", [{}, {"refused": True}], ids=["there", "silent"])
def test_nothing_is_forgotten_unless_telegram_says_that_the_bot_is_not_there(
    tmp_path: Path, answer: dict[str, bool]
) -> None:
    async def talk(circle: Gathering) -> None:
        keeping, clock = await begun(circle)
        await circle.house.chats.mark(GROUP, active=False)
        if answer:
            circle.request.members[GROUP, ITSELF] = "left"
            circle.request.fail("getChatMember", *[refusal(500, "Internal Server Error")] * 2)
        clock.days = 31
        await keeping.tidy()
        assert await articles(circle, GROUP) == 1
        known = circle.known()
        assert known
        assert known.active is (not answer)
        if answer:
            await keeping.tidy()
            assert await articles(circle, GROUP) == 0

    gathered(tmp_path, talk)


def test_a_removal_that_nobody_was_told_of_is_noticed(tmp_path: Path) -> None:
    async def talk(circle: Gathering) -> None:
        keeping, clock = await begun(circle)
        circle.request.fail("getChatMember", refusal(403, "Forbidden: bot was kicked"))
        await keeping.tidy()
        left = [chat.chat_id for chat in circle.house.chats.left(clock() + 1)]
        assert len(left) == 1
        assert len(circle.house.chats.shared()) == 1
        asked = len(circle.request.made("getChatMember"))
        clock.days = 0.5
        await keeping.tidy()
        assert len(circle.request.made("getChatMember")) == asked
        clock.days = 1.1
        circle.request.fail("getChatMember", flood(1), refusal(502, "Bad Gateway"))
        await keeping.tidy()
        assert len(circle.request.made("getChatMember")) > asked
        assert len(circle.house.chats.shared()) == 1

    gathered(tmp_path, talk)


def test_what_the_owner_sets_decides_how_long_it_is(tmp_path: Path) -> None:
    async def talk(circle: Gathering) -> None:
        keeping, clock = await begun(circle)
        await circle.changes(ANN, "member", "kicked")
        circle.request.members[GROUP, ITSELF] = "left"
        clock.days = 2
        await keeping.tidy()
        assert await articles(circle, GROUP) == 0

    gathered(tmp_path, talk, forget_after_days=1)


def test_it_looks_again_every_hour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "HOUR", 0.02)

    async def talk(circle: Gathering) -> None:
        keeping, clock = await begun(circle)
        running = asyncio.create_task(keeping.run())
        await asyncio.sleep(0.1)
        await circle.changes(ANN, "member", "kicked")
        circle.request.members[GROUP, ITSELF] = "left"
        clock.days = 31
        for _ in range(200):
            if circle.known() is None:
                break
            await asyncio.sleep(0.02)
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        assert circle.known() is None

    gathered(tmp_path, talk)
