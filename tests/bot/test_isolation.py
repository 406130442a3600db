"""No button reads or deletes another chat's articles, whatever numbers somebody puts into it.

Buttons are taken from the application itself: a new one without an attack fails here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from itertools import product
from pathlib import Path

import pytest
from isolation_attacks import (
    ATTACKERS,
    BUTTONS,
    JUNK,
    STRANGERS,
    Attacker,
    attacked,
    data_of,
)
from isolation_past import lives, settled
from isolation_world import CIRCLE, World, empty_world
from telegram.ext import CallbackQueryHandler
from update_samples import ANN

pytestmark = pytest.mark.filterwarnings("ignore:Tasks created via")

OWN = (ANN, CIRCLE)
"""Where Ann presses her own buttons."""


def buttons(world: World) -> list[str | None]:
    """The pattern of every button that the bot knows; None is what it calls for all others."""
    handlers = [each for group in world.scene.application.handlers.values() for each in group]
    patterns = [each.pattern for each in handlers if isinstance(each, CallbackQueryHandler)]
    return [getattr(pattern, "pattern", None) for pattern in patterns]


def test_there_is_an_attack_for_every_button(tmp_path: Path) -> None:
    async def look() -> None:
        async with empty_world(tmp_path) as world:
            assert buttons(world) == [*sorted(BUTTONS, key=buttons(world).index), None]

    asyncio.run(look())


def test_nobody_reads_or_changes_what_is_not_theirs_with_a_button(tmp_path: Path) -> None:
    async def attack() -> None:
        async with empty_world(tmp_path) as world:
            await lives(world)
            for by, pattern in product(ATTACKERS, BUTTONS):
                await world.rewind()
                every = data_of(world, by, pattern)
                await attacked(world, by, pattern, partial(press_all, world, by, every))

    asyncio.run(attack())


async def press_all(world: World, by: Attacker, every: Sequence[str]) -> None:
    for data in every:
        await world.presses(by.who, by.chat, data)


def test_strangers_press_any_button_in_vain(tmp_path: Path) -> None:
    async def attack() -> None:
        async with empty_world(tmp_path) as world:
            await lives(world)
            for by in STRANGERS:
                several = [data_of(world, by, pattern, few=True) for pattern in BUTTONS]
                every = [data for some in several for data in some]
                made = await attacked(world, by, "any", partial(press_all, world, by, every))
                assert [call.method for call in made] == ["answerCallbackQuery"] * len(every)

    asyncio.run(attack())


def test_buttons_that_nobody_made_do_nothing(tmp_path: Path) -> None:
    async def attack() -> None:
        async with empty_world(tmp_path) as world:
            for by in (*ATTACKERS, *STRANGERS):
                made = await attacked(world, by, "junk", partial(press_all, world, by, JUNK))
                assert [call.method for call in made] == ["answerCallbackQuery"] * len(JUNK)

    asyncio.run(attack())


def test_all_of_these_buttons_work_for_whom_they_are_meant(tmp_path: Path) -> None:
    async def press() -> None:
        async with empty_world(tmp_path) as world:
            await lives(world)
            for pattern in BUTTONS:
                await world.rewind()
                assert await works(world, pattern), pattern

    asyncio.run(press())


async def works(world: World, pattern: str) -> bool:
    """Whether one of all these presses of Ann's does something."""
    for chat in OWN:
        for data in data_of(world, Attacker(ANN, chat), pattern):
            made = len(world.request.calls)
            await world.presses(ANN, chat, data)
            await settled(world)
            if {call.method for call in world.request.calls[made:]} & {
                "sendMessage",
                "editMessageText",
            }:
                return True
    return False
