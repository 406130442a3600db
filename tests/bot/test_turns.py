"""One chat's updates one after another, chats side by side, the pieces of a paste as one."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Coroutine
from typing import Any

import pytest
from telegram import Update
from update_samples import ANN, BEN, button, message, update

from bot.telegram_settings import BotSettings
from bot.turns import Turns

QUIET = 0.05
LONG = 10
"""Seconds for which nothing here may have to wait."""
FULL, LAST = ("word " * 815).strip(), "The end of it."
ORIGIN = {"type": "hidden_user", "sender_user_name": "Agnes", "date": 1}


class Stage:
    """Turns, and handlers that tell what they do and wait until they are let go."""

    def __init__(self, *, quiet: float = QUIET, comment: float = 0.0) -> None:
        settings = BotSettings(quiet_seconds=quiet, comment_seconds=comment)
        self.turns = Turns(settings, self._finish)
        self.told: list[str] = []
        self.finished: list[list[int]] = []
        self.gates: dict[int, asyncio.Event] = {}
        self.handlers: list[Coroutine[Any, Any, None]] = []

    def comes(
        self, given: object, *, held: bool = False, gathers: bool = False
    ) -> asyncio.Task[None]:
        """Have an update processed as the application does; a held one waits for its gate."""
        number = given.update_id if isinstance(given, Update) else 0
        if held:
            self.gates[number] = asyncio.Event()
        handler = self._handle(given, number, gathers)
        self.handlers.append(handler)
        return asyncio.create_task(self.turns.process_update(given, handler))

    async def _handle(self, given: object, number: int, gathers: bool) -> None:
        self.told.append(f"{number} begins")
        if gathers and isinstance(given, Update):
            messages = await self.turns.gather(given)
            self.told.append(f"{number} has {[each.message_id for each in messages]}")
        if number in self.gates:
            await self.gates[number].wait()
        self.told.append(f"{number} ends")

    async def _finish(self, update_ids: list[int]) -> None:
        self.told.append(f"{update_ids} done")
        self.finished.append(list(update_ids))

    def is_at_rest(self) -> bool:
        """Whether nothing is remembered of what is over, and no handler is left lying about."""
        turns = self.turns
        closed = [inspect.getcoroutinestate(each) == inspect.CORO_CLOSED for each in self.handlers]
        return not (turns._locks or turns._open or turns._groups) and all(closed)


async def moments(count: int = 20) -> None:
    """Let everything happen that waits for nothing."""
    for _ in range(count):
        await asyncio.sleep(0)


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


def test_a_paste_in_pieces_is_handled_once_and_done_together() -> None:
    async def scene() -> None:
        stage = Stage(quiet=LONG)
        tasks = []
        for number, piece in ((1, FULL), (2, FULL), (3, LAST)):
            assert stage.finished == []
            tasks.append(stage.comes(message(number, piece), gathers=True))
            await moments()
        await asyncio.wait_for(asyncio.gather(*tasks), LONG / 2)
        assert stage.told == ["1 begins", "1 has [1, 2, 3]", "1 ends", "[1, 2, 3] done"]
        assert stage.is_at_rest()

    asyncio.run(scene())


def test_the_pieces_of_a_paste_are_gathered_in_their_order_however_they_come() -> None:
    async def scene() -> None:
        stage = Stage()
        tasks = [stage.comes(message(n, FULL, message_id=n), gathers=True) for n in (12, 11, 13)]
        await asyncio.gather(*tasks)
        assert "12 has [11, 12, 13]" in stage.told
        assert [sorted(done) for done in stage.finished] == [[11, 12, 13]]

    asyncio.run(scene())


def test_pieces_gather_while_their_chat_is_busy_with_something_else() -> None:
    async def scene() -> None:
        stage = Stage()
        tasks = [stage.comes(message(1), held=True)]
        for number in (2, 3):
            tasks.append(stage.comes(message(number, FULL), gathers=True))
        tasks.append(stage.comes(message(4, LAST), gathers=True))
        await moments()
        assert stage.told == ["1 begins"]
        stage.gates[1].set()
        await asyncio.gather(*tasks)
        assert "2 has [2, 3, 4]" in stage.told
        assert stage.finished == [[1], [2, 3, 4]]

    asyncio.run(scene())


def test_what_comes_after_the_quiet_time_is_handled_by_itself() -> None:
    async def scene() -> None:
        stage = Stage()
        first = stage.comes(message(1, FULL), gathers=True, held=True)
        await asyncio.sleep(3 * QUIET)
        second = stage.comes(message(2, FULL), gathers=True)
        stage.gates[1].set()
        await asyncio.gather(first, second)
        assert [told for told in stage.told if "has" in told] == ["1 has [1]", "2 has [2]"]
        assert stage.finished == [[1], [2]]
        assert stage.is_at_rest()

    asyncio.run(scene())


def test_a_message_that_belongs_to_nothing_ends_the_waiting_at_once() -> None:
    async def scene() -> None:
        stage = Stage(quiet=LONG)
        paste = stage.comes(message(1, FULL), gathers=True)
        await moments()
        command = message(2, "/stats", entities=[{"type": "bot_command", "offset": 0, "length": 6}])
        await asyncio.wait_for(asyncio.gather(paste, stage.comes(command)), LONG / 2)
        assert stage.told[1] == "1 has [1]"
        assert sorted(stage.finished) == [[1], [2]]

    asyncio.run(scene())


def test_a_question_is_answered_without_waiting_for_more() -> None:
    async def scene() -> None:
        stage = Stage(quiet=LONG)
        task = stage.comes(message(1, "Who lit the lamp?"), gathers=True)
        await asyncio.wait_for(task, LONG / 2)
        assert stage.finished == [[1]]

    asyncio.run(scene())


def test_a_forward_is_handled_with_the_comment_that_came_before_it() -> None:
    async def scene() -> None:
        stage = Stage(comment=QUIET)
        tasks = [
            stage.comes(message(1, "Who is this?"), gathers=True),
            stage.comes(message(2, FULL, forward_origin=ORIGIN), gathers=True),
        ]
        await asyncio.gather(*tasks)
        assert stage.finished == [[1, 2]]

    asyncio.run(scene())


def test_the_pieces_of_two_chats_are_never_mixed() -> None:
    async def scene() -> None:
        stage = Stage()
        tasks = [
            stage.comes(message(n, FULL, chat=chat), gathers=True)
            for n, chat in ((1, ANN), (2, BEN), (3, ANN), (4, BEN))
        ]
        await asyncio.gather(*tasks)
        assert sorted(stage.finished) == [[1, 3], [2, 4]]

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
