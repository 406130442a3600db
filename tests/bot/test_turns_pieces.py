"""Messages that belong together wait for one another and are handled as one."""

from __future__ import annotations

import asyncio

from turns_stage import FULL, LAST, LONG, ORIGIN, QUIET, Stage, moments
from update_samples import ANN, BEN, message


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
