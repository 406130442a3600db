"""Messages that come from outside this little world: of channels and of strangers."""

from __future__ import annotations

import base64
import time

from bot.playground.acting import cut
from bot.playground.formatting import formatted
from bot.playground.given_entities import given
from bot.playground.limits import CAPTION_CHARACTERS
from bot.playground.media import photo
from bot.playground.people import Person
from bot.playground.refusals import PageError
from bot.playground.rich import rich_message
from bot.playground.values import Json
from bot.playground.world import World

_DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
"""A picture of one point, for a caption stands below something."""


def forwarded_from(world: World, origin: object, message: object) -> list[Json]:
    """The contents of what is forwarded from there: long texts come in pieces."""
    if not isinstance(origin, dict) or not isinstance(message, dict):
        raise PageError("A forward has an origin and a message.")
    told = origin_view(world, origin)
    return [{"forward_origin": told, **content} for content in _contents(world, message)]


def origin_view(world: World, origin: Json) -> Json:
    """The origin as a MessageOrigin of the Bot API."""
    kind, date = origin.get("type"), int(time.time())
    if kind == "channel":
        title = _name(origin, "title")
        username = origin.get("username") or None
        chat = _channel(world, title, str(username or "").removeprefix("@"))
        message_id = origin.get("message_id")
        told: Json = {
            "type": "channel",
            "date": date,
            "chat": chat,
            "message_id": message_id if isinstance(message_id, int) else 1,
        }
        if origin.get("author_signature"):
            told["author_signature"] = str(origin["author_signature"])
        return told
    name = _name(origin, "name")
    if kind == "user":
        person = Person(world.outsider("user", name), name)
        return {"type": "user", "date": date, "sender_user": person.view()}
    if kind == "hidden_user":
        return {"type": "hidden_user", "date": date, "sender_user_name": name}
    raise PageError("The origin is a channel, a user or a hidden_user.")


def _channel(world: World, title: str, username: str) -> Json:
    """One of this world by its username, else one of which nothing else is known."""
    for known in world.chats.values():
        if username and known.is_channel and known.username == username:
            return known.view()
    chat: Json = {"id": world.outsider("channel", username or title), "title": title}
    return {**chat, **({"username": username} if username else {}), "type": "channel"}


def _name(origin: Json, field: str) -> str:
    name = origin.get(field)
    if not isinstance(name, str) or not name.strip():
        raise PageError(f"The origin has no {field}.")
    return name.strip()


def _contents(world: World, message: Json) -> list[Json]:
    if message.get("rich_message") is not None:
        return [{"rich_message": rich_message(message["rich_message"])}]
    entities = given(message.get("entities") or [])
    if message.get("caption"):
        caption = formatted(str(message["caption"]), entities=entities)
        if len(caption.text) > CAPTION_CHARACTERS:
            raise PageError(f"A caption has at most {CAPTION_CHARACTERS} characters.")
        fields = caption.fields("caption", "caption_entities")
        return [{"photo": photo(world.files, _DOT), **fields}]
    contents = [text.fields() for text in cut(str(message.get("text") or ""), entities)]
    if not contents:
        raise PageError("There is nothing to forward.")
    return contents
