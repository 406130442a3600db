"""What happened before anybody attacks: every kind of exchange, in every chat, and who has left."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from exported_chats import export, file_of, message
from isolation_world import (
    BOOKS,
    CIRCLE,
    CLEO,
    POST,
    PROBES,
    SECRETS,
    TITLES,
    VILLAGE,
    WHO,
    World,
    article_about,
    chat_of,
    said_by_bot,
)
from update_samples import ANN, BEN

from bot.store.records import Exchange, Kind
from index import Article

NAME = "@cuttings_bot"
LATER = "The weather of the valley was kind to all who live there this year. " * 8
NOWHERE = "http://127.0.0.1:9/feed"
FORWARDED = 41
"""The number of a post of the channel that was forwarded."""


def other_about(library: int) -> str:
    """Another article with the secret of a library."""
    probe, secret = PROBES[library], SECRETS[library]
    return (
        f"A roof for the {probe}, says {secret}\n\n{secret} has mended the roof of the {probe}."
        + f" It took a week, forty bundles of reed and the patience of all who live at the {probe}."
        * 5
    )


def export_of(texts: Sequence[str], claimed: int, kind: str = "private_channel") -> bytes:
    """An export of Telegram Desktop that says which chat it is of."""
    number = -claimed - 10**12 if claimed < -(10**12) else abs(claimed)
    posts = [message(number, text) for number, text in enumerate(texts, 7)]
    return file_of(export(posts, kind, number, TITLES.get(claimed, "Somebody")))


def forward_of(number: int, chat: int = POST, kind: str = "channel") -> dict[str, Any]:
    """Where a forwarded message says that it comes from."""
    origin: dict[str, Any] = {"type": kind, "date": 1_714_557_600}
    if kind == "channel":
        origin |= {"chat": chat_of(chat), "message_id": number}
    elif kind == "chat":
        origin |= {"sender_chat": chat_of(chat)}
    else:
        origin |= {"sender_user_name": TITLES.get(chat, "Somebody")}
    return {"forward_origin": origin}


async def lives(world: World) -> None:
    """Have everybody do everything that they may; then some of them may no longer."""
    for who, chat, status in (
        *((BEN, chat, "member") for chat in (CIRCLE, VILLAGE)),
        *((who, chat, "administrator") for who, chat in ((BEN, POST), (CLEO, CIRCLE))),
    ):
        world.stands(who, chat, status)
    for chat in (POST, VILLAGE):
        for text in (article_about(chat), other_about(chat)):
            await world.house.libraries.add(chat, Article(text, text.partition("\n")[0]))
    await _in_private(world, ANN)
    for day in ("Monday", "Tuesday"):
        await world.says(ANN, ANN, article_about(ANN, f"{day}. "))
    await _in_private(world, BEN)
    await _in_group(world, ANN, CIRCLE)
    await _in_group(world, BEN, BOOKS)
    await _among_members(world)
    for who in (ANN, BEN):
        await _elsewhere(world, who)
    await settled(world)
    for chat in (CIRCLE, VILLAGE, POST):
        world.stands(BEN, chat, "left")
    world.stands(CLEO, CIRCLE, "member")
    world.remember()


async def settled(world: World) -> None:
    """Wait for what goes on beside."""
    while world.house.turns._held:
        await asyncio.sleep(0.002)


async def _in_private(world: World, who: int) -> None:
    """A receipt, an answer, a list, a standing question, a feed, and something just removed."""
    await world.says(who, who, article_about(who))
    await _removes(world, who, who, await world.says(who, who, other_about(who)))
    await _asks_and_lists(world, who, who, "")
    _offers_feed(world, who, who)


async def _in_group(world: World, who: int, chat: int) -> None:
    await world.says(who, chat, f"{NAME} {article_about(chat)}")
    await _removes(world, who, chat, await world.says(who, chat, f"{NAME} {other_about(chat)}"))
    await _asks_and_lists(world, who, chat, NAME)
    _offers_feed(world, who, chat)


async def _asks_and_lists(world: World, who: int, chat: int, name: str) -> None:
    await world.says(who, chat, f"{name} {WHO.format(PROBES[chat])}".strip())
    await world.says(who, chat, f"/articles{name}")
    await world.says(who, chat, f"/watch{name} {WHO.format(SECRETS[chat])}")


async def _removes(world: World, who: int, chat: int, number: int) -> None:
    await world.presses(who, chat, f"undo:{saved(world, chat, number).id}")


async def _elsewhere(world: World, who: int) -> None:
    """Answers, lists and standing questions of other libraries, posts sent on, an export."""
    for chat in (VILLAGE, POST, CIRCLE):
        await world.presses(who, who, f"use:{chat}")
        await _reads(world, who, chat)
    await world.says(who, who, article_about(POST, "Sent on. "), **forward_of(FORWARDED + who))
    data = export_of([article_about(POST, "Exported. ")], POST)
    await world.says(who, who, document=world.file("result.json", data))
    if who == ANN:
        await world.presses(who, who, "use:0")


async def _reads(world: World, who: int, chat: int) -> None:
    await world.says(who, who, WHO.format(PROBES[chat]))
    listed = await world.says(who, who, "/articles")
    await world.says(who, who, f"/watch {WHO.format(PROBES[chat])}")
    exchange = world.house.store.exchanges.of_message(who, listed, Kind.LIST)
    assert exchange
    assert exchange.library == chat
    if chat == POST:
        newest = await world.house.libraries.newest(chat)
        await world.presses(who, who, f"remove:{newest}:{exchange.id}")


async def _among_members(world: World) -> None:
    """What Cleo did in the circle: sent what was kept already, and asked about it."""
    known = await world.says(CLEO, CIRCLE, f"{NAME} {article_about(CIRCLE)}")
    assert saved(world, CIRCLE, known).articles
    about = said_by_bot(CIRCLE, saved(world, CIRCLE, known).reply_id or 0)
    asked = await world.says(CLEO, CIRCLE, "Where does she live?", reply_to_message=about)
    exchange = world.house.store.exchanges.of_message(CIRCLE, asked, Kind.ASK)
    assert exchange
    assert exchange.articles
    # As an administrator she had begun to take in an export, and stopped it.
    file = world.file("result.json", export_of([LATER], CIRCLE, "private_supergroup"))["file_id"]
    _notes(world, CIRCLE, Kind.IMPORT, {"by": CLEO, "export": {"file": file, "stop": True}})


def _offers_feed(world: World, who: int, chat: int) -> None:
    _notes(world, chat, Kind.SAVE, {"by": who, "feed": {"addresses": [NOWHERE]}})


def _notes(world: World, chat: int, kind: Kind, details: dict[str, Any]) -> None:
    exchanges = world.house.store.exchanges
    begun = exchanges.begin(chat, 2000, kind, details={"library": chat, **details})
    exchanges.change(begun.id, reply_id=2001)


def saved(world: World, chat: int, number: int) -> Exchange:
    """What became of a message with an article."""
    exchange = world.house.store.exchanges.of_message(chat, number, Kind.SAVE)
    assert exchange
    return exchange
