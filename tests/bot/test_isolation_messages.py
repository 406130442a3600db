"""Nothing that is sent reads or changes another chat's articles: commands, replies, edits, files.

What there is to attack is asked of the application itself: what has no attack yet fails here.
"""

from __future__ import annotations

import asyncio
from functools import partial
from itertools import product
from pathlib import Path

import pytest
from isolation_attacks import ATTACKERS, STRANGERS, attacked
from isolation_entrances import COMMANDS, ENTRANCES, command, commands, entrances
from isolation_past import lives
from isolation_world import STRANGE, empty_world

from bot.application import UPDATES

pytestmark = pytest.mark.filterwarnings("ignore:Tasks created via")

EVERYBODY = (*ATTACKERS, *STRANGERS)


def test_there_is_an_attack_for_every_command_and_all_that_the_bot_listens_to(
    tmp_path: Path,
) -> None:
    async def look() -> None:
        async with empty_world(tmp_path) as world:
            assert commands(world) == set(COMMANDS)
            assert entrances(world) == set(ENTRANCES)

    asyncio.run(look())


def test_no_command_tells_or_changes_what_is_not_ones_own(tmp_path: Path) -> None:
    async def attack() -> None:
        async with empty_world(tmp_path) as world:
            await lives(world)
            for by, name in product(EVERYBODY, COMMANDS):
                await world.rewind()
                await attacked(world, by, name, partial(command, world, by, name))

    asyncio.run(attack())


def test_nothing_that_is_sent_tells_or_changes_what_is_not_ones_own(tmp_path: Path) -> None:
    async def attack() -> None:
        async with empty_world(tmp_path) as world:
            await lives(world)
            for by, entrance in product(EVERYBODY, dict.fromkeys(ENTRANCES.values())):
                await world.rewind()
                await attacked(world, by, entrance.__name__, partial(entrance, world, by))
                assert world.house.chats.get(STRANGE) is None
            assert {*UPDATES} == world.kinds

    asyncio.run(attack())
