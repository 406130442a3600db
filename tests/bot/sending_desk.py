"""A sender, the wire it sends on, and what Telegram may answer."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from recording_request import TOKEN, RecordingRequest, refusal
from telegram import (
    Bot,
    CallbackQuery,
)
from update_samples import ANN, button

from bot.sending import Sender

HTML = "<b>Agnes Moray</b> lit it &amp; left."

PLAIN = "Agnes Moray lit it & left."

BAD_QUOTE = refusal(400, "Bad Request: QUOTE_TEXT_INVALID")

BAD_HTML = refusal(
    400, "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\""
)

BAD_FOLD = refusal(400, 'Bad Request: can\'t parse entities: Unsupported start tag "blockquote"')

UNCHANGED = refusal(
    400,
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message",
)

BLOCKED = refusal(403, "Forbidden: bot was blocked by the user")

GONE = refusal(400, "Bad Request: message to edit not found")

FAULTY = refusal(500, "Internal Server Error")

GATEWAY = httpx.Response(502, html="<html><h1>502 Bad Gateway</h1></html>")

LOST = [httpx.ReadTimeout, httpx.ReadError, httpx.RemoteProtocolError, httpx.WriteTimeout]

DOWN = [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout]


@dataclass
class Desk:
    """A sender, and the wire it sends on."""

    request: RecordingRequest = field(default_factory=RecordingRequest)

    def __post_init__(self) -> None:
        self.bot = Bot(TOKEN, request=self.request, get_updates_request=self.request)
        self.sender = Sender(self.bot, first_pause=0.001)

    def send(self, html: str = HTML, **more: Any) -> int | None:
        return asyncio.run(self.sender.send(ANN, html, **more))

    def edit(self, html: str = HTML) -> bool:
        return asyncio.run(self.sender.edit(ANN, 400, html))

    def document(self, file: Path) -> int | None:
        return asyncio.run(self.sender.document(ANN, file, "cuttings.jsonl", "<b>3</b> articles"))

    def query(self) -> CallbackQuery:
        query = button(1, bot=self.bot).callback_query
        assert query
        return query

    @property
    def texts(self) -> list[str]:
        return [call.text for call in self.request.calls]

    @property
    def modes(self) -> list[str | None]:
        return [call.values.get("parse_mode") for call in self.request.calls]
