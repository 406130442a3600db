"""Methods that send again what was sent before."""

from __future__ import annotations

from bot.playground.calls import Call
from bot.playground.chats import Chat
from bot.playground.forwards import copied, forwarded
from bot.playground.messages import Message
from bot.playground.methods.composing import caption, markup, place, reply
from bot.playground.methods.editing import message_ids
from bot.playground.refusals import bad_request
from bot.playground.values import Json


async def forward_message(call: Call) -> object:
    """One message, with where it is from."""
    chat, source = place(call), call.open_chat("from_chat_id")
    message = call.message(source, "message to forward not found")
    return chat.message_view(_forward(call, chat, [message], "message can't be forwarded")[0])


async def forward_messages(call: Call) -> object:
    """Several messages; those that are not there are passed over."""
    chat = place(call)
    found = _found(call, "there are no messages to forward")
    return _ids(_forward(call, chat, found, "message can't be forwarded"))


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
        chat, call.world.bot, content, reply_to=reply_to, quote=quote, markup=markup(call)
    )
    return {"message_id": posted.id}


async def copy_messages(call: Call) -> object:
    """Several messages as if the bot had written them."""
    chat = place(call)
    contents = [_copy(message) for message in _found(call, "there are no messages to copy")]
    return _ids([call.world.post(chat, call.world.bot, content) for content in contents])


def _found(call: Call, none: str) -> list[Message]:
    source = call.open_chat("from_chat_id")
    identifiers = message_ids(call)
    found = [source.messages[i] for i in sorted(identifiers) if i in source.messages]
    if not found:
        raise bad_request(none)
    return found


def _forward(call: Call, chat: Chat, messages: list[Message], refused: str) -> list[Message]:
    if any(message.content.get("has_protected_content") for message in messages):
        raise bad_request(refused)
    world = call.world
    return [world.post(chat, world.bot, content) for content in forwarded(messages)]


def _copy(message: Message) -> Json:
    if message.content.get("has_protected_content") or "left_chat_member" in message.content:
        raise bad_request("message can't be copied")
    return copied(message)


def _ids(messages: list[Message]) -> list[Json]:
    return [{"message_id": message.id} for message in messages]
