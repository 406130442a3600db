"""One chat's updates one after another, chats side by side."""

from __future__ import annotations

import asyncio

import pytest
from turns_stage import FULL, LONG, QUIET, Stage, moments
from update_samples import ANN, BEN, button, message, update


def test_the_updates_of_a_chat_are_handled_one_after_another() -> None:
    async def scene() -> None:
        stage = Stage()
        tasks = [
            stage.comes(message(1), held=True),
            stage.comes(update(2, {"edited_message": message(1).to_dict()["message"]})),
            stage.comes(message(3)),
        ]
        await moments()
        assert stage.told == ["1 begins"]
        stage.gates[1].set()
        await asyncio.gather(*tasks)
        begun = [told for told in stage.told if "begins" in told or "ends" in told]
        assert begun == ["1 begins", "1 ends", "2 begins", "2 ends", "3 begins", "3 ends"]
        assert sorted(stage.finished) == [[1], [2], [3]]
        assert stage.is_at_rest()

    asyncio.run(scene())


def test_chats_do_not_wait_for_one_another() -> None:
    async def scene() -> None:
        stage = Stage()
        slow = stage.comes(message(1, chat=ANN), held=True)
        await stage.comes(message(2, chat=BEN))
        assert stage.told == ["1 begins", "2 begins", "2 ends", "[2] done"]
        stage.gates[1].set()
        await slow
        assert stage.is_at_rest()

    asyncio.run(scene())


def test_many_chats_are_handled_at_once() -> None:
    async def scene() -> None:
        stage = Stage()
        tasks = [stage.comes(message(n, chat=2000 + n), held=True) for n in range(1, 301)]
        await moments()
        assert len(stage.told) == 300
        for gate in stage.gates.values():
            gate.set()
        await asyncio.gather(*tasks)
        assert stage.is_at_rest()

    asyncio.run(scene())


def test_a_button_does_not_wait_for_a_message_but_for_the_button_before_it() -> None:
    async def scene() -> None:
        stage = Stage()
        tasks = [
            stage.comes(message(1), held=True),
            stage.comes(button(2), held=True),
            stage.comes(button(3)),
        ]
        await moments()
        assert stage.told == ["1 begins", "2 begins"]
        stage.gates[2].set()
        await asyncio.gather(*tasks[1:])
        assert stage.told.index("2 ends") < stage.told.index("3 begins")
        assert sorted(stage.finished) == [[2], [3]]
        assert "1 ends" not in stage.told
        stage.gates[1].set()
        await tasks[0]
        assert stage.is_at_rest()

    asyncio.run(scene())


def test_an_update_is_done_only_when_its_handler_is() -> None:
    async def scene() -> None:
        stage = Stage()
        task = stage.comes(message(1), held=True)
        await moments()
        assert stage.finished == []
        stage.gates[1].set()
        await task
        assert stage.told == ["1 begins", "1 ends", "[1] done"]

    asyncio.run(scene())


def test_what_has_not_begun_when_the_bot_stops_is_left_undone() -> None:
    async def scene() -> None:
        stage = Stage()
        tasks = [
            stage.comes(message(1), held=True),
            stage.comes(message(2)),
            stage.comes(message(3, FULL)),
            stage.comes(message(4, FULL)),
        ]
        await moments()
        stage.turns.closing = True
        stage.gates[1].set()
        await asyncio.wait_for(asyncio.gather(*tasks), 2)
        assert stage.told == ["1 begins", "1 ends", "[1] done"]
        assert stage.is_at_rest()

    asyncio.run(scene())


def test_what_was_interrupted_is_left_undone_all_its_messages() -> None:
    async def scene() -> None:
        stage = Stage()
        first = message(1, FULL)
        tasks = [stage.comes(first, gathers=True, held=True), stage.comes(message(2, FULL))]
        await asyncio.sleep(2 * QUIET)
        stage.turns.leave_unfinished(first)
        stage.gates[1].set()
        await asyncio.gather(*tasks)
        await stage.comes(message(3))
        assert stage.finished == [[3]]
        assert stage.is_at_rest()

    asyncio.run(scene())


def test_a_handler_that_fails_holds_up_nobody_and_its_update_is_left_undone() -> None:
    async def scene() -> None:
        stage = Stage()

        async def fail() -> None:
            await stage.turns.gather(first)
            raise ZeroDivisionError

        first = message(1, FULL)
        failing = asyncio.create_task(stage.turns.process_update(first, fail()))
        await moments()
        second = stage.comes(message(2, FULL))
        with pytest.raises(ZeroDivisionError):
            await failing
        await asyncio.wait_for(asyncio.gather(second, stage.comes(message(3))), LONG / 2)
        assert stage.finished == [[3]]
        assert stage.is_at_rest()

    asyncio.run(scene())


def test_what_is_cancelled_while_it_waits_leaves_nothing_behind() -> None:
    async def scene() -> None:
        stage = Stage()
        tasks = [
            stage.comes(message(1), held=True),
            stage.comes(message(2)),
            stage.comes(message(3)),
        ]
        await moments()
        tasks[1].cancel()
        stage.gates[1].set()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert stage.finished == [[1], [3]]
        assert stage.is_at_rest()

    asyncio.run(scene())


def test_what_has_no_chat_is_handled_too() -> None:
    async def scene() -> None:
        stage = Stage()
        await stage.comes(object())
        await stage.comes(update(5, {}))
        assert stage.told == ["0 begins", "0 ends", "5 begins", "5 ends", "[5] done"]
        assert stage.is_at_rest()

    asyncio.run(scene())
