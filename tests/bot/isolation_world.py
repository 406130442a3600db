"""Several chats with secrets of their own, and what is told and changed when somebody attacks.

Ann owns the bot. Ben may talk to it, Cleo is only in a group of Ann's, Dora is a stranger.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from recording_request import BOT, Call
from scene import Scene, scene
from telegram import Chat
from update_samples import ANN, BEN, person, update

from bot.house import House

CLEO, DORA = 1003, 1004
CIRCLE, BOOKS, STRANGE = -1_001_000_000_001, -1_001_000_000_002, -1_001_000_000_003
"""A group of Ann's with Cleo, one of Ben's, and one that the bot does not work in."""
POST, MARKET = -1_001_234_567_890, -1_001_000_000_005
"""A channel of Ann's, and one of Ben's."""
VILLAGE = -4001
"""A small group of Ann's, that could become a supergroup."""
TITLES = {
    CIRCLE: "Reading circle",
    BOOKS: "Old books",
    STRANGE: "Somewhere else",
    POST: "Harbour Post",
    MARKET: "Market day",
    VILLAGE: "Village hall",
}
KINDS = {POST: "channel", MARKET: "channel", VILLAGE: "group"}
PROBES = {
    ANN: "lighthouse",
    BEN: "bakery",
    CIRCLE: "windmill",
    BOOKS: "printery",
    POST: "ferry",
    VILLAGE: "smithy",
}
"""What everybody may know that a chat has an article about."""
SECRETS = {
    ANN: "Quillfeather",
    BEN: "Brambleworth",
    CIRCLE: "Thistlewick",
    BOOKS: "Inkersole",
    POST: "Saltmarrow",
    VILLAGE: "Cobblestane",
}
"""What only those may know who may read a chat's articles; no attacker says such a word."""
MAY_READ: Mapping[int, frozenset[int]] = {
    ANN: frozenset({ANN, CIRCLE, POST, VILLAGE}),
    BEN: frozenset({BEN, BOOKS}),
    **{chat: frozenset({chat}) for chat in (CIRCLE, BOOKS, POST, VILLAGE)},
}
"""Whose articles may be shown in a chat; none in those that are not named."""
WHO = "Who keeps the {}?"
TABLES = ("exchanges", "pieces", "watches", "chats", "people")

_ARTICLES = (
    "select libraries.name, articles.id, articles.title, articles.text"
    " from articles join libraries on libraries.id = articles.library_id"
)

Rows = dict[str, list[tuple[Any, ...]]]


def article_about(library: int, more: str = "") -> str:
    """An article with the secret of a library, long enough not to be a question."""
    probe, secret = PROBES[library], SECRETS[library]
    return (
        f"{more}The {probe} of Mrs {secret}\n\nThe keeper of the {probe} is Olga {secret}, who "
        f"came over the hills with two goats. {secret} has kept the {probe} for eleven years."
        + f" Nobody in the valley knows the {probe} as well as she does, and nobody asks."
        * 4
    )


def chat_of(number: int) -> dict[str, Any]:
    """A chat as Telegram tells of it."""
    if number > 0:
        return {"id": number, "type": "private", "first_name": f"Person {number}"}
    return {"id": number, "type": KINDS.get(number, "supergroup"), "title": TITLES[number]}


@dataclass(frozen=True, slots=True)
class State:
    """Everything that is kept."""

    articles: frozenset[tuple[str, int, str, str]]
    """The name of its library, number, title and text of each."""
    rows: Rows
    trash: frozenset[tuple[int, int]]


class World:
    """What people do, and what the bot says and keeps."""

    def __init__(self, made: Scene, data: Path) -> None:
        self.scene = made
        self.request = made.built.request
        self.kinds: set[str] = set()
        """The kinds of updates that were sent."""
        self.articles_held: list[int] = []
        """The numbers of all articles, in all libraries."""
        self._data = data
        self._numbers = count(3001)
        self._kept: tuple[Rows, dict[Any, Any]] = ({}, {})

    @property
    def house(self) -> House:
        return self.scene.house

    def stands(self, who: int, chat: int, status: str) -> None:
        """What somebody is in a chat from now on."""
        self.request.members[chat, who] = status

    async def does(self, kind: str, content: Mapping[str, Any]) -> None:
        """An update, from its arrival to its end."""
        self.kinds.add(kind)
        number = next(self._numbers)
        await self.scene.does(update(number, {kind: dict(content)}, self.scene.built.bot))

    async def says(
        self, who: int, chat: int, text: str | None = None, *, edited: int = 0, **fields: Any
    ) -> int:
        """Somebody sends a message, or changes one; its number."""
        number = int(edited or next(self._numbers))
        sent = {
            "message_id": number,
            "date": 1_800_000_000 + number,
            "chat": chat_of(chat),
            "from": person(who),
            **({"text": text, "entities": marks(text)} if text is not None else {}),
            **({"edit_date": 1_900_000_000} if edited else {}),
            **fields,
        }
        if caption := fields.get("caption"):
            sent["caption_entities"] = marks(caption)
        await self.does("edited_message" if edited else "message", sent)
        return number

    async def presses(self, who: int, chat: int, data: str, below: int = 501) -> None:
        """Somebody presses a button that carries this."""
        query = {"id": str(next(self._numbers)), "from": person(who), "chat_instance": "1"}
        shown = said_by_bot(chat, below)
        await self.does("callback_query", {**query, "data": data, "message": shown})

    def file(self, name: str, data: bytes) -> dict[str, Any]:
        """A file on Telegram's server, as a message has it."""
        held = f"{next(self._numbers)}-{name}"
        self.request.files[held] = data
        size = len(data)
        return {"file_id": held, "file_unique_id": held, "file_name": name, "file_size": size}

    def rows(self, table: str) -> list[tuple[Any, ...]]:
        """What a table of the bot's holds."""
        return _read(self._data / "bot.db", f"select * from {table} order by 1")

    def columns(self, names: str, table: str) -> list[tuple[Any, ...]]:
        """The values of some columns."""
        return _read(self._data / "bot.db", f"select {names} from {table} order by 1")

    def remember(self) -> None:
        """Have `rewind` lead back here."""
        self.articles_held = sorted(number for _, number, _, _ in self.state().articles)
        held = dict(self.house.trash._held)
        self._kept = ({table: self.rows(table) for table in TABLES}, held)

    async def rewind(self) -> None:
        """All that the bot knows is as it was; the libraries stay as they are."""
        rows, held = self._kept
        with closing(sqlite3.connect(self._data / "bot.db")) as connection, connection:
            for table, kept in rows.items():
                connection.execute(f"delete from {table}")
                for row in kept:
                    places = ", ".join("?" * len(row))
                    connection.execute(f"insert into {table} values ({places})", row)
        self.house.trash._held.clear()
        self.house.trash._held.update(held)
        await self.house.chats.load()

    def state(self) -> State:
        """What is kept now, in all libraries and of all chats."""
        held = _read(self._data / "cuttings.db", _ARTICLES)
        rows = {table: self.rows(table) for table in TABLES}
        return State(frozenset(held), rows, frozenset(self.house.trash._held))


def _read(file: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(query).fetchall()


def marks(text: str) -> list[dict[str, Any]]:
    """The command and the names in a text, as Telegram marks them; ASCII only."""
    found, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        kind = {"/": "bot_command", "@": "mention"}.get(word[0])
        if kind and (kind == "mention" or at == 0):
            found.append({"type": kind, "offset": at, "length": len(word)})
        at += len(word)
    return found


def said_by_bot(chat: int, number: int) -> dict[str, Any]:
    """A message of the bot's, as a reply or a press has it."""
    return {
        "message_id": number,
        "date": 1_800_000_000,
        "chat": chat_of(chat),
        "from": BOT,
        "text": "Something.",
    }


def told(calls: Sequence[Call]) -> str:
    """All that was sent to Telegram, files too."""
    parts = [json.dumps(dict(call.values), ensure_ascii=False, default=str) for call in calls]
    for call in calls:
        parts += [file[1].decode("utf-8", "replace") for file in call.files.values()]
    return "\n".join(parts)


@asynccontextmanager
async def empty_world(data: Path) -> AsyncIterator[World]:
    """A private bot in all these chats, none of which has anything yet."""
    settings = {
        "access": "owner",
        "questions_per_minute": 0,
        "questions_per_minute_in_chat": 0,
        "inline_seconds": 0,
        "quiet_seconds": 0.01,
    }
    async with scene(data, bot=settings) as made:
        world = World(made, data)
        made.house.trash._kept_for = 3600
        for number, title in TITLES.items():
            if number != STRANGE:
                known = Chat(number, KINDS.get(number, "supergroup"), title=title)
                await made.house.chats.note(known, active=True, admitted=True)
        await made.house.access.let_in(BEN, "Ben")
        for who, chat, status in (
            (ANN, CIRCLE, "administrator"),
            (CLEO, CIRCLE, "member"),
            (BEN, BOOKS, "administrator"),
            (BEN, MARKET, "administrator"),
            (ANN, POST, "administrator"),
            (ANN, VILLAGE, "administrator"),
            (DORA, STRANGE, "administrator"),
        ):
            world.stands(who, chat, status)
        yield world
