"""One person at the playground, told in the words of a conversation."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

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


class PersonHandle:
    """Acts for one person, in their private chat with the bot unless another is named.

    What the bot says is looked for from the person's last action on.
    """

    def __init__(self, client: Requests, person_id: int, first_name: str) -> None:
        self.client = client
        self.id = person_id
        self.first_name = first_name
        self.since = 0
        """The number of the last event before the person's last action."""

    def sends(
        self,
        text: str,
        *,
        chat: int | None = None,
        reply_to: int | None = None,
        quote: str | None = None,
        entities: list[Json] | None = None,
    ) -> list[Json]:
        """A text; a long one arrives in several messages."""
        told = {"text": text, "reply_to": reply_to, "quote": quote, "entities": entities}
        return self._act("messages", told, chat)

    def sends_rich(self, blocks: list[Json], *, chat: int | None = None) -> list[Json]:
        """A rich message."""
        return self._act("messages", {"rich_message": {"blocks": blocks}}, chat)

    def forwards(
        self,
        message_ids: list[int],
        *,
        from_chat: int | None = None,
        comment: str | None = None,
        chat: int | None = None,
    ) -> list[Json]:
        """Messages of a chat, with a comment if there is one."""
        source = self.id if from_chat is None else from_chat
        told = {"from_chat": source, "message_ids": message_ids, "comment": comment}
        return self._act("forwards", told, chat)

    def forwards_from(
        self,
        origin: Json,
        message: Json,
        *,
        comment: str | None = None,
        chat: int | None = None,
    ) -> list[Json]:
        """A message of a channel or of somebody who is not here."""
        told = {"origin": origin, "message": message, "comment": comment}
        return self._act("forwards", told, chat)

    def uploads(
        self,
        files: Mapping[str, bytes],
        *,
        caption: str = "",
        chat: int | None = None,
        reply_to: int | None = None,
    ) -> list[Json]:
        """Files by name; several are an album."""
        told = {"caption": caption, "reply_to": reply_to}
        return self._upload("documents", list(files.items()), told, chat)

    def sends_photo(
        self,
        data: bytes,
        caption: str = "",
        *,
        chat: int | None = None,
        reply_to: int | None = None,
    ) -> list[Json]:
        """A JPEG or PNG picture, as a photo."""
        return self.sends_photos([data], caption, chat=chat, reply_to=reply_to)

    def sends_photos(
        self,
        pictures: Sequence[bytes],
        caption: str = "",
        *,
        chat: int | None = None,
        reply_to: int | None = None,
    ) -> list[Json]:
        """JPEG or PNG pictures as photos; several are an album, with its caption at the first."""
        files = [(f"{number}.jpg", data) for number, data in enumerate(pictures)]
        return self._upload("photos", files, {"caption": caption, "reply_to": reply_to}, chat)

    def sends_voice(
        self,
        data: bytes,
        duration: int | None = None,
        *,
        caption: str = "",
        chat: int | None = None,
        reply_to: int | None = None,
    ) -> list[Json]:
        """An Ogg file as a voice message, of as many seconds as it says if none are given."""
        told = {"caption": caption, "reply_to": reply_to, "duration": duration}
        return self._upload("voice", [("voice.ogg", data)], told, chat)

    def edits(self, message_id: int, text: str, *, chat: int | None = None) -> Json:
        """Another text, or caption, of a message of theirs."""
        self.since = self.client.cursor()
        path = f"chats/{self._chat(chat)}/messages/{message_id}"
        told = {"from": self.id, "text": text}
        edited: Json = self.client.request("PATCH", path, json=told)["messages"][0]
        return edited

    def deletes(self, message_id: int, *, chat: int | None = None) -> None:
        """A message is gone."""
        self.since = self.client.cursor()
        path = f"chats/{self._chat(chat)}/messages/{message_id}"
        self.client.request("DELETE", path, params={"from": self.id})

    def presses(self, message: Json, button: str, timeout: float = 20.0) -> Json:
        """Press the button of that text or data; returns the bot's answer to it."""
        query = self.taps(message, button)
        return self._event(
            lambda event: event["type"] == "callback_answer" and event["query_id"] == query,
            timeout,
            message["chat"]["id"],
            "an answer to the button",
        )

    def taps(self, message: Json, button: str) -> str:
        """Press a button without waiting for the answer; returns the id of the query."""
        self.since = self.client.cursor()
        path = f"chats/{message['chat']['id']}/messages/{message['message_id']}/press"
        told = {"from": self.id, "data": data_of(message, button)}
        return str(self.client.request("POST", path, json=told)["query_id"])

    def blocks(self, blocked: bool = True) -> None:
        """Block the bot, or unblock it."""
        self.since = self.client.cursor()
        self.client.request("POST", f"people/{self.id}/block", json={"blocked": blocked})

    def messages(self, chat: int | None = None) -> list[Json]:
        """The messages of the chat, oldest first."""
        return self.client.messages(self._chat(chat))

    def heard(self, chat: int | None = None) -> list[Json]:
        """What the bot wrote or edited since the person's last action."""
        events = self.client.events(self.since, chat=self._chat(chat))
        return [event["message"] for event in events if _of_bot(event)]

    def waits_for(self, wanted: Wanted, timeout: float = 20.0, *, chat: int | None = None) -> Json:
        """The first message of the bot, new or edited, that is the one; TimeoutError if none."""
        event = self._event(
            lambda event: _of_bot(event) and fits(event["message"], wanted),
            timeout,
            self._chat(chat),
            repr(wanted) if isinstance(wanted, str) else "such a message",
        )
        message: Json = event["message"]
        return message

    def waits_for_event(self, kind: str, timeout: float = 20.0, *, chat: int | None = None) -> Json:
        """The first event of a kind: typing, reaction, delete ..."""
        return self._event(
            lambda event: bool(event["type"] == kind), timeout, self._chat(chat), kind
        )

    def _act(self, what: str, told: Json, chat: int | None) -> list[Json]:
        self.since = self.client.cursor()
        body = {name: value for name, value in told.items() if value is not None}
        path = f"chats/{self._chat(chat)}/{what}"
        answer = self.client.request("POST", path, json={"from": self.id, **body})
        found: list[Json] = answer["messages"]
        return found

    def _upload(
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
            f"chats/{self._chat(chat)}/{what}",
            data={"from": str(self.id), **form},
            files=[("file", file) for file in files],
        )
        found: list[Json] = answer["messages"]
        return found

    def _event(
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
                heard += [text_of(event["message"])] if _of_bot(event) else []
            if time.monotonic() >= until:
                said = "; ".join(map(repr, heard)) or "nothing"
                raise TimeoutError(f"{wanted} did not come in {timeout:g} s. The bot said: {said}")

    def _chat(self, chat: int | None) -> int:
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


def _of_bot(event: Json) -> bool:
    return event["type"] in ("message", "edit") and event["message"]["from"]["is_bot"] is True
