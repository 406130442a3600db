"""Who attacks, with which buttons, and how it is told that nothing came of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import product, zip_longest
from typing import Any
from zlib import crc32

from isolation_past import settled
from isolation_world import (
    BOOKS,
    CIRCLE,
    CLEO,
    DORA,
    MARKET,
    MAY_READ,
    SECRETS,
    STRANGE,
    TITLES,
    State,
    World,
    told,
)
from recording_request import Call
from update_samples import ANN, BEN

from bot.libraries import library_name
from bot.zones import COMMON, zone_number

HUGE = 10**17


class Number(Enum):
    """What a number in a button stands for."""

    EXCHANGE = "exchange"
    ARTICLE = "article"
    WATCH = "watch"
    TRASH = "trash"
    CHAT = "chat"
    PLACE = "place"
    FIRST = "first"
    ZONE = "zone"
    LANGUAGE = "language"


E, A, P, FIRST = Number.EXCHANGE, Number.ARTICLE, Number.PLACE, Number.FIRST
Shape = tuple[Number, ...]

# Those that read stand before those that change; what deletes everything stands last.
BUTTONS: Mapping[str, Sequence[Shape]] = {
    r"^more:\d+:\d+$": [(E, P)],
    r"^context:\d+:\d+$": [(E, P)],
    r"^answer:\d+$": [(E,)],
    r"^list:\d+:\d+$": [(E, P)],
    r"^open:\d+:\d+:\d+$": [(E, FIRST, A)],
    r"^delete:\d+:\d+:\d+$": [(E, FIRST, A)],
    r"^newlist$": [()],
    r"^search$": [()],
    r"^use:-?\d+$": [(Number.CHAT,)],
    r"^restore:\d+(:\d+)?$": [(Number.TRASH,), (Number.TRASH, E)],
    r"^remove:\d+(:\d+)?$": [(A,), (A, E)],
    r"^keep:\d+$": [(A,)],
    r"^undo:\d+$": [(E,)],
    r"^question:\d+$": [(E,)],
    r"^save:\d+$": [(E,)],
    r"^feed:\d+:\d+$": [(E, P)],
    r"^unpost:\d+$": [(E,)],
    r"^into:\d+:\d+$": [(E, P)],
    r"^stopimport:\d+$": [(E,)],
    r"^goon:\d+$": [(E,)],
    r"^unwatch:\d+$": [(Number.WATCH,)],
    r"^settings$": [()],
    r"^quiet:[01]$": [(P,)],
    r"^languages$": [()],
    r"^language:\d+$": [(Number.LANGUAGE,), (FIRST,)],
    r"^zones:\d+$": [(P,)],
    r"^zone:\d+$": [(Number.ZONE,)],
    r"^allow:-?\d+$": [(Number.CHAT,)],
    r"^refuse:-?\d+$": [(Number.CHAT,)],
    r"^dismiss:-?\d+$": [(Number.CHAT,)],
    r"^keepall$": [()],
    r"^forget$": [()],
    r"^forgetall$": [()],
}
"""What the numbers of each button are, by the pattern that it is registered with."""

JUNK = (
    *(f"{pattern.strip('^$').partition(':')[0]}:-1:-1" for pattern in BUTTONS),
    *("undo:", "undo:1;2", "undo:٣", "use:--1", "open:1:1", "forgetall:1", "x" * 64, "more:1:1:1"),
)
"""Buttons that nobody has ever made."""


@dataclass(frozen=True, slots=True)
class Attacker:
    """Somebody in a chat."""

    who: int
    chat: int
    member: bool = False
    """Whether they may use the chat's library, but not decide about what others keep in it."""


BEN_AT_HOME, CLEO_IN_CIRCLE = Attacker(BEN, BEN), Attacker(CLEO, CIRCLE, member=True)
ATTACKERS = (BEN_AT_HOME, Attacker(BEN, BOOKS), CLEO_IN_CIRCLE)
STRANGERS = (Attacker(CLEO, CLEO), Attacker(DORA, DORA), Attacker(DORA, STRANGE))
"""To whom the bot does not talk there."""


def data_of(world: World, by: Attacker, pattern: str, *, few: bool = False) -> list[str]:
    """What a button of this kind could carry, with every number that there is.

    With `few` each number is tried once, not together with each of the others.
    """
    verb = pattern.strip("^$").partition(":")[0]
    found: list[tuple[int, ...]] = []
    for shape in BUTTONS[pattern]:
        known = [numbers_of(world, number) for number in shape]
        if few:
            found += zip_longest(*known, fillvalue=0) if shape else [()]
        else:
            found += _fitting(world, by, shape, product(*known))
        firsts = [numbers[0] for numbers in known]
        for place in range(len(shape)):
            found += [(*firsts[:place], odd, *firsts[place + 1 :]) for odd in (0, 2, HUGE)]
    return [":".join((verb, *map(str, numbers))) for numbers in dict.fromkeys(found)]


def _fitting(
    world: World, by: Attacker, shape: Shape, every: Iterable[tuple[int, ...]]
) -> Iterator[tuple[int, ...]]:
    """With exchanges of the attacker's own chat all numbers; with others those that fit them."""
    chats = dict(world.columns("id, chat_id", "exchanges"))
    libraries = {number: library for library, number, _, _ in world.state().articles}
    kept_in = {number: chat for chat, number in world.house.trash._held}
    for numbers in every:
        given = dict(zip(shape, numbers, strict=True))
        chat = chats.get(given.get(E, 0), by.chat)
        held = library_name(chat)
        fits = libraries.get(given.get(A, 0), held) == held
        fits = fits and kept_in.get(given.get(Number.TRASH, 0), chat) == chat
        if fits or (chat == by.chat and A in given):
            yield numbers


def numbers_of(world: World, number: Number) -> list[int]:
    """The numbers of this kind that there are, in any chat."""
    if number is Number.CHAT:
        known = [*TITLES, ANN, BEN, CLEO, DORA]
        return [*known, *(-each for each in known)]
    if number is Number.ZONE:
        return [zone_number(COMMON[3])]
    if number is Number.LANGUAGE:
        return [crc32(b"de")]
    if number in (Number.FIRST, Number.PLACE):
        return [0] if number is Number.FIRST else [1, 0]  # into another's library first
    if number is Number.TRASH:
        return [each for _, each in world.house.trash._held]
    if number is Number.ARTICLE:
        return world.articles_held
    table = {Number.EXCHANGE: "exchanges", Number.WATCH: "watches"}[number]
    return [number for number, _ in world.columns("id, chat_id", table)]


async def attacked(
    world: World, by: Attacker, what: object, attack: Callable[[], Awaitable[Any]]
) -> list[Call]:
    """Have somebody try something, and see that nobody's secrets are told and nothing is lost.

    What was sent to Telegram meanwhile.
    """
    before, made = world.state(), len(world.request.calls)
    using = world.house.chats.settings(by.chat).using
    await attack()
    await settled(world)
    calls = world.request.calls[made:]
    where = (what, by)
    assert not leaks(calls, by), (where, leaks(calls, by))
    assert not elsewhere(calls, by), (where, elsewhere(calls, by))
    assert not (changed := changes(before, world.state(), by)), (where, changed)
    assert world.house.chats.settings(by.chat).using in (using, None), where
    return calls


def leaks(calls: Sequence[Call], by: Attacker) -> list[tuple[str, str]]:
    """The secrets that were told to who may not know them, with the call that told it."""
    found = []
    for call in calls:
        reader = call.values.get("chat_id", by.who)
        for library, secret in SECRETS.items():
            if library in MAY_READ.get(int(reader), ()):
                continue
            if secret.casefold() in told([call]).casefold():
                found.append((call.method, told([call])))
    return found


def elsewhere(calls: Sequence[Call], by: Attacker) -> list[Call]:
    """What was done in chats that an attacker is not in; the owner may be asked about strangers."""
    asking = {"getChatMember", "getChat", "getMe"}
    own = {by.chat, by.who} | ({ANN} if by.who in (CLEO, DORA) else set())
    return [
        call
        for call in calls
        if call.method not in asking and int(call.values.get("chat_id", by.chat)) not in own
    ]


def changes(before: State, after: State, by: Attacker) -> list[object]:
    """What somebody has changed that is not theirs."""
    found: list[object] = []
    own, filled = library_name(by.chat), {library_name(by.chat)}
    if by.who == BEN:
        filled.add(library_name(MARKET))
    lost, new = before.articles - after.articles, after.articles - before.articles
    found += [("lost", *each[:3]) for each in lost if each[0] != own or by.member]
    found += [("new", *each[:3]) for each in new if each[0] not in filled]
    for table, rows in before.rows.items():
        others = [row for row in rows if _is_of_others(table, row, by)]
        now = [row for row in after.rows[table] if _is_of_others(table, row, by)]
        kept = set(now) >= set(others) if by.member and table == "watches" else now == others
        if not kept:
            found.append((table, set(others) ^ set(now)))
    found += [key for key in before.trash - after.trash if key[0] != by.chat or by.member]
    return found


def _is_of_others(table: str, row: tuple[Any, ...], by: Attacker) -> bool:
    """Whether a row is another chat's, or such as a member of a chat may not change."""
    if table == "people":
        return True
    if table in ("chats", "watches"):
        chat = row[0] if table == "chats" else row[1]
        return by.member or chat != by.chat or by.chat == STRANGE
    return bool(row[1] != by.chat)
