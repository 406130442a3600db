"""Methods that send again what was sent before."""

from __future__ import annotations

from collections.abc import Sequence

from bot.playground.calls import Call
from bot.playground.chats import Chat
from bot.playground.forwards import copied, forwarded
from bot.playground.messages import Message
from bot.playground.methods.composing import caption, markup, place, reply, topic_of
from bot.playground.methods.editing import message_ids
from bot.playground.refusals import bad_request
from bot.playground.values import Json


async def forward_message(call: Call) -> object:
    """One message, with where it is from."""
    chat, source = place(call), call.open_chat("from_chat_id")
    message = call.message(source, "message to forward not found")
    forwards = _forward(call, chat, source, [message], "message can't be forwarded")
    return chat.message_view(forwards[0])


async def forward_messages(call: Call) -> object:
    """Several messages; those that are not there are passed over."""
    chat, source = place(call), call.open_chat("from_chat_id")
    found = _found(call, source, "there are no messages to forward")
    return _ids(_forward(call, chat, source, found, "message can't be forwarded"))


async def copy_message(call: Call) -> object:
    """One message as if the bot had written it."""
    words = caption(call) if call.has("caption") else None
    chat, source = place(call), call.open_chat("from_chat_id")
    message = call.message(source, "message to copy not found")
    reply_to, quote = reply(call, chat)
    content = _copy(message)
    if words is not None and message.shown:
        content = {**message.shown, **words}
    posted = call.world.post(
        chat,
        call.world.bot,
        content,
        reply_to=reply_to,
        quote=quote,
        markup=markup(call),
        topic=topic_of(call),
    )
    return {"message_id": posted.id}


async def copy_messages(call: Call) -> object:
    """Several messages as if the bot had written them."""
    chat, source = place(call), call.open_chat("from_chat_id")
    contents = [_copy(message) for message in _found(call, source, "there are no messages to copy")]
    return _ids(_posted(call, chat, contents))


def _found(call: Call, source: Chat, none: str) -> list[Message]:
    identifiers = message_ids(call)
    found = [source.messages[i] for i in sorted(identifiers) if i in source.messages]
    if not found:
        raise bad_request(none)
    return found


def _forward(
    call: Call, chat: Chat, source: Chat, messages: list[Message], refused: str
) -> list[Message]:
    if any(m.is_service or m.content.get("has_protected_content") for m in messages):
        raise bad_request(refused)
    return _posted(call, chat, forwarded(source, messages))


def _posted(call: Call, chat: Chat, contents: Sequence[Json]) -> list[Message]:
    world, topic = call.world, topic_of(call)
    return [world.post(chat, world.bot, content, topic=topic) for content in contents]


def _copy(message: Message) -> Json:
    if message.content.get("has_protected_content") or message.is_service:
        raise bad_request("message can't be copied")
    return copied(message)


def _ids(messages: list[Message]) -> list[Json]:
    return [{"message_id": message.id} for message in messages]
