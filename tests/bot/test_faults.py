"""A full disk, a lock held elsewhere, a clock set back: the bot says so, goes on, loses nothing."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from fault_stage import DATABASE, disk, locked, on_disk, with_clock_back
from gathering import GROUP, Gathering, gathered
from recording_request import BOT
from scene import scene
from telegram.error import NetworkError
from update_samples import message

from bot.housekeeping import DAY, Housekeeping
from bot.store.store import Store
from bot.texts import Texts

TEXTS = Texts()
ROOT = Path(__file__).parents[2]
STORY = " ".join(
    f"The pelican of pier {number} was painted blue by Odo Marsh, who keeps the harbour's birds."
    for number in range(1, 16)
)
LONG_AGO = f"""
import json, sys
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from bot.store.records import Kind
from bot.store.store import Store
store = Store(Path(sys.argv[1]))
known = [store.take_in(number, 1, "{{}}") for number in (1, 2, 3)]
exchange = store.exchanges.begin(1, 6, Kind.ASK, question="Who painted it?")
print(json.dumps([known, [each.update_id for each in store.pending()]]))
store.close()
"""


def test_an_update_that_a_full_disk_does_not_take_is_asked_for_again(tmp_path: Path) -> None:
    async def talk(data: Path) -> None:
        with disk(data.parent) as small:
            async with scene(data) as ann:
                inbox = ann.built.inbox
                small.fill()
                with pytest.raises(NetworkError, match="full"):
                    await inbox.put(message(7, STORY * 20))
                assert inbox.empty()
                assert await ann.house.workers.records(ann.house.store.pending) == []
                small.empty()
                await inbox.put(message(7, STORY * 20))
                (pending,) = await ann.house.workers.records(ann.house.store.pending)
                assert pending.update_id == 7

    asyncio.run(talk(tmp_path / "disk" / "data"))


def test_what_a_full_disk_does_not_take_is_told_and_can_be_sent_again(tmp_path: Path) -> None:
    async def talk(data: Path) -> None:
        with disk(data.parent) as small:
            async with scene(data) as ann:
                small.fill()
                await ann.sends(STORY)
                assert set(ann.said) == {TEXTS.storage_full}
                assert await ann.articles() == 0
                small.empty()
                await ann.sends(STORY)
                assert await ann.articles() == 1
                assert "Saved" in ann.said[-1]

    asyncio.run(talk(tmp_path / "disk" / "data"))


def test_questions_are_answered_while_another_process_writes_to_the_library(
    tmp_path: Path,
) -> None:
    async def talk() -> None:
        async with scene(tmp_path) as ann:
            await ann.sends(STORY)
            with locked(tmp_path / DATABASE):
                await ann.sends("Who painted the pelican of pier 3?")
            assert "Odo Marsh" in ann.said[-1]

    asyncio.run(talk())


def test_updates_and_exchanges_outlive_a_clock_that_is_set_back(tmp_path: Path) -> None:
    data = tmp_path / "data"
    store = Store(data)
    assert store.take_in(1, 1, "{}")
    assert store.take_in(2, 1, "{}")
    store.finish([1])
    store.close()
    told = with_clock_back(LONG_AGO, 400, tmp_path, str(data))
    assert told == "[[false, false, true], [2, 3]]\n"
    store = Store(data)
    # The third is long past its time by now, and is not done: it is not forgotten.
    assert [each.update_id for each in store.pending()] == [2, 3]
    assert not store.take_in(1, 1, "{}")
    store.finish([2, 3])
    assert store.pending() == []
    store.close()
    assert b"Who painted it?" in on_disk(data)


def test_the_chats_are_looked_through_although_the_clock_was_set_back(tmp_path: Path) -> None:
    async def talk(circle: Gathering) -> None:
        members, itself = circle.request.members, (GROUP, int(str(BOT["id"])))
        await circle.works(GROUP, quiet=True)
        members[itself] = "member"
        now = [1_000 * DAY]
        keeping = Housekeeping(circle.house, circle.scene.built.bot, lambda: now[0])
        await keeping.tidy()
        members[itself] = "left"
        now[0] -= 300 * DAY
        await keeping.tidy()
        known = circle.house.chats.get(GROUP)
        assert known is not None
        assert not known.active

    gathered(tmp_path, talk)
