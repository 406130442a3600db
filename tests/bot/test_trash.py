"""What was removed can be put back for a while, once, by its own chat; then it is gone."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from bot.store.records import Piece
from bot.trash import Removed, Trash
from index import Article

ANN, BEN = 1001, 1002
LAMP = [Removed(Article("The lamp was lit.", "Lamp"), 1, (Piece(ANN, 5, 1, 0, 9),), ANN)]
BRIDGE = [Removed(Article("The bridge was built.", "Bridge"), 2, (), BEN)]
SHORT, LONG = 0.03, 60.0


class Told:
    """Remembers that time was up, and for what."""

    def __init__(self) -> None:
        self.expired: list[str] = []

    def of(self, name: str) -> Callable[[], Awaitable[object]]:
        async def expired() -> None:
            self.expired.append(name)

        return expired


def tasks() -> int:
    """What runs besides the test."""
    return len(asyncio.all_tasks()) - 1


def test_what_was_removed_can_be_taken_back_once() -> None:
    async def scene() -> None:
        trash, told = Trash(SHORT), Told()
        number = trash.keep(ANN, LAMP, told.of("lamp"))
        assert trash.take_back(ANN, number) == LAMP
        assert not trash.take_back(ANN, number)
        await asyncio.sleep(0)
        assert tasks() == 0
        await asyncio.sleep(2 * SHORT)
        assert told.expired == []

    asyncio.run(scene())


def test_when_time_is_up_it_is_gone_and_said_once() -> None:
    async def scene() -> None:
        trash, told = Trash(SHORT), Told()
        number = trash.keep(ANN, LAMP, told.of("lamp"))
        assert told.expired == []
        await asyncio.sleep(3 * SHORT)
        assert told.expired == ["lamp"]
        assert not trash.take_back(ANN, number)
        assert tasks() == 0

    asyncio.run(scene())


def test_each_removal_has_a_number_of_its_own() -> None:
    async def scene() -> None:
        trash, told = Trash(LONG), Told()
        first = trash.keep(ANN, LAMP, told.of("lamp"))
        second = trash.keep(ANN, BRIDGE, told.of("bridge"))
        assert trash.take_back(ANN, second) == BRIDGE
        assert trash.take_back(ANN, first) == LAMP
        trash.close()

    asyncio.run(scene())


def test_no_chat_takes_back_what_another_removed() -> None:
    async def scene() -> None:
        trash, told = Trash(LONG), Told()
        number = trash.keep(ANN, LAMP, told.of("lamp"))
        for chat, guess in ((BEN, number), (ANN, number + 1), (-ANN, number)):
            assert not trash.take_back(chat, guess)
        assert trash.take_back(ANN, number) == LAMP

    asyncio.run(scene())


def test_a_forgotten_chat_has_nothing_to_take_back_and_hears_nothing() -> None:
    async def scene() -> None:
        trash, told = Trash(SHORT), Told()
        numbers = [trash.keep(ANN, LAMP, told.of("lamp")) for _ in range(2)]
        others = trash.keep(BEN, BRIDGE, told.of("bridge"))
        trash.forget_chat(ANN)
        assert [list(trash.take_back(ANN, number)) for number in numbers] == [[], []]
        assert trash.take_back(BEN, others) == BRIDGE
        await asyncio.sleep(2 * SHORT)
        assert told.expired == []

    asyncio.run(scene())


def test_a_bot_that_stops_says_nothing_more_of_it() -> None:
    async def scene() -> None:
        trash, told = Trash(SHORT), Told()
        number = trash.keep(ANN, LAMP, told.of("lamp"))
        trash.close()
        await asyncio.sleep(2 * SHORT)
        assert told.expired == []
        assert not trash.take_back(ANN, number)
        assert tasks() == 0

    asyncio.run(scene())


def test_what_was_removed_from_a_forgotten_library_elsewhere_cannot_be_taken_back() -> None:
    async def scene() -> None:
        trash, told = Trash(LONG), Told()
        number = trash.keep(BEN, LAMP, told.of("lamp"))  # by Ben, from Ann's
        assert trash.kept(BEN, number) == LAMP
        assert trash.kept(ANN, number) == ()
        trash.forget_chat(ANN)
        assert trash.kept(BEN, number) == ()
        assert trash.take_back(BEN, number) == ()

    asyncio.run(scene())
