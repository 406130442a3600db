"""What every handle of a person does: ask the page API, and wait for what happens."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from bot.playground.messages import SERVICE
from bot.playground.values import Json

Wanted = str | Callable[[Json], bool]
"""A part of the text, or whether a message is the one."""


class Requests(Protocol):
    """What a handle needs of the client."""

    def request(self, method: str, path: str, **more: object) -> Json:
        """One request of the page API."""

    def messages(self, chat: int) -> list[Json]:
        """A chat's messages."""

    def cursor(self) -> int:
        """The number of the last event."""

    def events(self, after: int, wait: float = 0.0, chat: int | None = None) -> list[Json]:
        """The events after a number."""


class Handle:
    """A person; what the bot says is looked for from their last action on."""

    def __init__(self, client: Requests, person_id: int, first_name: str) -> None:
        self.client = client
        self.id = person_id
        self.first_name = first_name
        self.since = 0
        """The number of the last event before the person's last action."""

    def act(self, what: str, told: Json, chat: int | None) -> list[Json]:
        self.since = self.client.cursor()
        body = {name: value for name, value in told.items() if value is not None}
        path = f"chats/{self.chat_or_own(chat)}/{what}"
        answer = self.client.request("POST", path, json={"from": self.id, **body})
        found: list[Json] = answer["messages"]
        return found

    def upload(
        self,
        what: str,
        files: Sequence[tuple[str, bytes]],
        told: Mapping[str, object],
        chat: int | None,
    ) -> list[Json]:
        self.since = self.client.cursor()
        form = {name: str(value) for name, value in told.items() if value is not None}
        answer = self.client.request(
            "POST",
            f"chats/{self.chat_or_own(chat)}/{what}",
            data={"from": str(self.id), **form},
            files=[("file", file) for file in files],
        )
        found: list[Json] = answer["messages"]
        return found

    def event(
        self, fitting: Callable[[Json], bool], timeout: float, chat: int, wanted: str
    ) -> Json:
        until = time.monotonic() + timeout
        after = self.since
        heard: list[str] = []
        while True:
            left = max(0.0, until - time.monotonic())
            for event in self.client.events(after, left, chat):
                if fitting(event):
                    return event
                after = event["id"]
                heard += [text_of(event["message"])] if of_bot(event) else []
            if time.monotonic() >= until:
                said = "; ".join(map(repr, heard)) or "nothing"
                raise TimeoutError(f"{wanted} did not come in {timeout:g} s. The bot said: {said}")

    def chat_or_own(self, chat: int | None) -> int:
        return self.id if chat is None else chat


def text_of(message: Json) -> str:
    """A message's text or caption."""
    return str(message.get("text") or message.get("caption") or "")


def buttons_of(message: Json) -> list[Json]:
    """A message's inline buttons."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def data_of(message: Json, button: str) -> str:
    """The data of the button of that text or data; LookupError if there is none."""
    for name in ("text", "callback_data"):
        for found in buttons_of(message):
            if found.get(name) == button:
                return str(found["callback_data"])
    texts = [found["text"] for found in buttons_of(message)]
    raise LookupError(f"no button {button!r}: there are {texts}")


def fits(message: Json, wanted: Wanted) -> bool:
    """Whether a message is the one."""
    return wanted in text_of(message) if isinstance(wanted, str) else wanted(message)


def of_bot(event: Json) -> bool:
    """Whether an event is a message of the bot, new or edited, whatever stands beside it."""
    if event["type"] not in ("message", "edit"):
        return False
    message = event["message"]
    author: Json = message.get("written_by") or message["from"]
    return author["is_bot"] is True and not any(name in message for name in SERVICE)
