"""One person at the playground, told in the words of a conversation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.playground.handle_asking import Asking
from bot.playground.handle_base import (
    Requests,
    Wanted,
    buttons_of,
    data_of,
    fits,
    of_bot,
    text_of,
)
from bot.playground.handle_gathering import Gathering
from bot.playground.values import Json

__all__ = ["PersonHandle", "Requests", "Wanted", "buttons_of", "data_of", "fits", "text_of"]


class PersonHandle(Gathering, Asking):
    """Acts for one person, in their private chat with the bot unless another is named.

    What the bot says is looked for from the person's last action on. `topic` is the thread of
    a forum; with `anonymous` an administrator writes in the name of the group.
    """

    def sends(
        self,
        text: str,
        *,
        chat: int | None = None,
        reply_to: int | None = None,
        quote: str | None = None,
        entities: list[Json] | None = None,
        topic: int | None = None,
        anonymous: bool = False,
    ) -> list[Json]:
        """A text; a long one arrives in several messages."""
        told = {
            "text": text,
            "reply_to": reply_to,
            "quote": quote,
            "entities": entities,
            **_where(topic, anonymous),
        }
        return self.act("messages", told, chat)

    def sends_rich(
        self,
        blocks: list[Json],
        *,
        chat: int | None = None,
        topic: int | None = None,
        anonymous: bool = False,
    ) -> list[Json]:
        """A rich message."""
        return self.act(
            "messages", {"rich_message": {"blocks": blocks}, **_where(topic, anonymous)}, chat
        )

    def forwards(
        self,
        message_ids: list[int],
        *,
        from_chat: int | None = None,
        comment: str | None = None,
        chat: int | None = None,
        topic: int | None = None,
        anonymous: bool = False,
    ) -> list[Json]:
        """Messages of a chat, with a comment if there is one."""
        source = self.id if from_chat is None else from_chat
        told = {
            "from_chat": source,
            "message_ids": message_ids,
            "comment": comment,
            **_where(topic, anonymous),
        }
        return self.act("forwards", told, chat)

    def forwards_from(
        self,
        origin: Json,
        message: Json,
        *,
        comment: str | None = None,
        chat: int | None = None,
        topic: int | None = None,
        anonymous: bool = False,
    ) -> list[Json]:
        """A message of a channel or of somebody who is not here."""
        told = {
            "origin": origin,
            "message": message,
            "comment": comment,
            **_where(topic, anonymous),
        }
        return self.act("forwards", told, chat)

    def uploads(
        self,
        files: Mapping[str, bytes],
        *,
        caption: str = "",
        chat: int | None = None,
        reply_to: int | None = None,
        topic: int | None = None,
        anonymous: bool = False,
    ) -> list[Json]:
        """Files by name; several are an album."""
        told = {"caption": caption, "reply_to": reply_to, **_where(topic, anonymous)}
        return self.upload("documents", list(files.items()), told, chat)

    def sends_photo(
        self,
        data: bytes,
        caption: str = "",
        *,
        chat: int | None = None,
        reply_to: int | None = None,
        topic: int | None = None,
        anonymous: bool = False,
    ) -> list[Json]:
        """A JPEG or PNG picture, as a photo."""
        return self.sends_photos(
            [data], caption, chat=chat, reply_to=reply_to, topic=topic, anonymous=anonymous
        )

    def sends_photos(
        self,
        pictures: Sequence[bytes],
        caption: str = "",
        *,
        chat: int | None = None,
        reply_to: int | None = None,
        topic: int | None = None,
        anonymous: bool = False,
    ) -> list[Json]:
        """JPEG or PNG pictures as photos; several are an album, with its caption at the first."""
        files = [(f"{number}.jpg", data) for number, data in enumerate(pictures)]
        told = {"caption": caption, "reply_to": reply_to, **_where(topic, anonymous)}
        return self.upload("photos", files, told, chat)

    def sends_voice(
        self,
        data: bytes,
        duration: int | None = None,
        *,
        caption: str = "",
        chat: int | None = None,
        reply_to: int | None = None,
        topic: int | None = None,
        anonymous: bool = False,
    ) -> list[Json]:
        """An Ogg file as a voice message, of as many seconds as it says if none are given."""
        told = {
            "caption": caption,
            "reply_to": reply_to,
            "duration": duration,
            **_where(topic, anonymous),
        }
        return self.upload("voice", [("voice.ogg", data)], told, chat)

    def edits(self, message_id: int, text: str, *, chat: int | None = None) -> Json:
        """Another text, or caption, of a message of theirs."""
        self.since = self.client.cursor()
        path = f"chats/{self.chat_or_own(chat)}/messages/{message_id}"
        told = {"from": self.id, "text": text}
        edited: Json = self.client.request("PATCH", path, json=told)["messages"][0]
        return edited

    def deletes(self, message_id: int, *, chat: int | None = None) -> None:
        """A message is gone."""
        self.since = self.client.cursor()
        path = f"chats/{self.chat_or_own(chat)}/messages/{message_id}"
        self.client.request("DELETE", path, params={"from": self.id})

    def presses(self, message: Json, button: str, timeout: float = 20.0) -> Json:
        """Press the button of that text or data; returns the bot's answer to it."""
        query = self.taps(message, button)
        return self.event(
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
        return self.client.messages(self.chat_or_own(chat))

    def heard(self, chat: int | None = None) -> list[Json]:
        """What the bot wrote or edited since the person's last action."""
        events = self.client.events(self.since, chat=self.chat_or_own(chat))
        return [event["message"] for event in events if of_bot(event)]

    def waits_for(self, wanted: Wanted, timeout: float = 20.0, *, chat: int | None = None) -> Json:
        """The first message of the bot, new or edited, that is the one; TimeoutError if none."""
        event = self.event(
            lambda event: of_bot(event) and fits(event["message"], wanted),
            timeout,
            self.chat_or_own(chat),
            repr(wanted) if isinstance(wanted, str) else "such a message",
        )
        message: Json = event["message"]
        return message

    def waits_for_event(self, kind: str, timeout: float = 20.0, *, chat: int | None = None) -> Json:
        """The first event of a kind: typing, reaction, delete ..."""
        return self.event(
            lambda event: bool(event["type"] == kind), timeout, self.chat_or_own(chat), kind
        )


def _where(topic: int | None, anonymous: bool) -> Json:
    return {"topic": topic, "anonymous": anonymous or None}
