"""Ann talks to all the handlers, and the web is a server on this machine."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from typing import Any

from cheap_house import Built, cheap_house
from telegram import Update
from telegram.ext import Application, ApplicationBuilder
from update_samples import ANN, button, message, person, update

from bot.house import House
from bot.registering import register

_LETTERS = ("harbour", "lantern", "orchard", "quarry", "saddle", "timber", "violet", "willow")
PAGE = """<!doctype html><html lang="en"><head><title>{title}</title></head><body>
<nav><a href="/">Home</a></nav><article><h1>{title}</h1>{paragraphs}</article></body></html>"""


def story(title: str, subject: str) -> str:
    """A page with an article about a subject."""
    paragraphs = "".join(
        f"<p>The {subject} of {name.title()} Street opened again on Tuesday, and {name} growers "
        f"from the valley came to see it. Ada Brill, who looks after the {subject}, said that the "
        f"{name} season had been kind to everybody who works there this year.</p>"
        for name in _LETTERS
    )
    return PAGE.format(title=title, paragraphs=paragraphs)


@dataclass
class Web:
    """Pages by path, each with its type; what is asked for, in order."""

    address: str
    pages: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    slow: dict[str, threading.Event] = field(default_factory=dict)
    """Paths that are answered when they are let go."""
    asked: list[str] = field(default_factory=list)

    def has(self, path: str, content: str | bytes, kind: str = "text/html; charset=utf-8") -> str:
        """Put something at a path; its address."""
        data = content.encode() if isinstance(content, str) else content
        self.pages[path] = (kind, data)
        return f"{self.address}{path}"

    def holds(self, path: str) -> threading.Event:
        """Have a path wait for its answer; what lets it go."""
        self.slow[path] = threading.Event()
        return self.slow[path]


async def until(met: Callable[[], bool]) -> None:
    """Wait for something that comes soon."""
    for _ in range(500):
        if met():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("It never came.")


@contextmanager
def web() -> Iterator[Web]:
    """A web server on a port of its own."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path
            known.asked.append(path)
            if path in known.slow:
                known.slow[path].wait(10)
            kind, data = known.pages.get(path, ("text/html", b""))
            self.send_response(200 if path in known.pages else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    known = Web(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield known
    finally:
        for event in known.slow.values():
            event.set()
        server.shutdown()
        server.server_close()
        thread.join()


class Scene:
    """What Ann does, and what the bot says to it."""

    def __init__(self, built: Built, application: Application[Any, Any, Any, Any, Any, Any]):
        self.built = built
        self.application = application
        self._numbers = count(1)

    @property
    def house(self) -> House:
        return self.built.house

    @property
    def said(self) -> list[str]:
        """The messages of the bot as they stand now, in order."""
        return list(self.messages.values())

    @property
    def messages(self) -> dict[int, str]:
        """The messages of the bot as they stand now, by their ids."""
        shown: dict[int, str] = {}
        for call in self.built.request.made("sendMessage", "editMessageText", "deleteMessage"):
            if call.method == "sendMessage":
                shown[501 + len(self._sent_before(call))] = call.text
            elif call.method == "editMessageText":
                shown[int(call.values["message_id"])] = call.text
            else:
                shown.pop(int(call.values["message_id"]), None)
        return shown

    def buttons(self, message_id: int | None = None) -> dict[str, str]:
        """What the buttons of a message carry by their labels; of the last message without it."""
        number = message_id or max(self.messages)
        found: dict[str, str] = {}
        for call in self.built.request.made("sendMessage", "editMessageText"):
            own = (
                501 + len(self._sent_before(call))
                if call.method == "sendMessage"
                else int(call.values["message_id"])
            )
            if own == number:
                rows = call.values.get("reply_markup", {}).get("inline_keyboard", [])
                found = {each["text"]: each["callback_data"] for row in rows for each in row}
        return found

    async def sends(self, text: str | None = None, **fields: Any) -> int:
        """A message of hers, new unless its id is given; its id."""
        following = next(self._numbers)
        number = fields.pop("message_id", following)
        if text is not None and "entities" not in fields:
            fields["entities"] = _links(text)
        await self.does(message(following, text, message_id=number, bot=self.built.bot, **fields))
        return int(number)

    async def sends_album(self, *several: Mapping[str, Any]) -> list[int]:
        """Messages that arrive at once as an album."""
        updates = [
            message(next(self._numbers), None, bot=self.built.bot, media_group_id="7", **fields)
            for fields in several
        ]
        await asyncio.gather(*map(self.does, updates))
        return [each.update_id for each in updates]

    async def edits(self, message_id: int, text: str | None, **fields: Any) -> None:
        """Another text, or caption, for a message of hers."""
        sent = {
            "message_id": message_id,
            "date": int(time.time()),
            "edit_date": int(time.time()),
            "chat": {"id": ANN, "type": "private"},
            "from": person(ANN),
            **({"text": text, "entities": _links(text)} if text is not None else {}),
            **fields,
        }
        await self.does(update(next(self._numbers), {"edited_message": sent}, self.built.bot))

    async def presses(self, data: str, *, chat: int = ANN, below: int | None = None) -> None:
        """A button below a message of the bot's, the last one if none is given."""
        number = below or max(self.messages)
        given = button(next(self._numbers), data, chat=chat, below=number, bot=self.built.bot)
        await self.does(given)

    async def does(self, given: Update) -> None:
        """An update, from its arrival to its end."""
        handled = self.application.process_update(given)
        await self.house.turns.do_process_update(given, handled)

    def has_file(self, name: str, data: bytes) -> str:
        """Put a file on Telegram's server; its id."""
        self.built.request.files[name] = data
        return name

    def shown(self, message_id: int) -> dict[str, Any]:
        """A message of the bot's, as a reply to it holds it."""
        chat = {"id": ANN, "type": "private"}
        return {"message_id": message_id, "date": 1, "chat": chat, "text": "Something."}

    async def articles(self) -> int:
        """How many there are."""
        return (await self.house.libraries.totals(ANN)).articles

    def _sent_before(self, call: object) -> list[object]:
        sent = self.built.request.made("sendMessage")
        return list(sent[: next(n for n, each in enumerate(sent) if each is call)])


@asynccontextmanager
async def scene(
    data: Path,
    *,
    worker: str = "index.parsing.worker",
    bot: Mapping[str, Any] | None = None,
    **index: Any,
) -> AsyncIterator[Scene]:
    """A house with its handlers; links may lead to this machine. `bot` are settings of the bot."""
    chosen = {"allowed_hosts": ("127.0.0.1",), **index}
    settings = {"access": "everyone", **(bot or {})}
    async with cheap_house(data, index=chosen, worker=worker, **settings) as built:
        application = ApplicationBuilder().bot(built.bot).build()
        register(application, built.house)
        await application.initialize()
        try:
            yield Scene(built, application)
        finally:
            await application.shutdown()


def _links(text: str) -> list[dict[str, Any]]:
    """The addresses in a text as Telegram marks them; ASCII only."""
    found = []
    at = 0
    for word in text.split():
        at = text.index(word, at)
        if word.startswith(("http://", "https://")):
            found.append({"type": "url", "offset": at, "length": len(word)})
        at += len(word)
    return found
