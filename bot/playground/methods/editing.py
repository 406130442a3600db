"""Methods that change or remove a message of the bot."""

from __future__ import annotations

import time

from bot.playground.calls import Call
from bot.playground.chats import Chat
from bot.playground.keyboards import inline_keyboard
from bot.playground.limits import DELETE_WINDOW, MESSAGES_PER_CALL
from bot.playground.messages import REPLACED, Message
from bot.playground.methods.composing import caption, message_text
from bot.playground.refusals import bad_request
from bot.playground.values import Json


async def edit_message_text(call: Call) -> object:
    """Another text."""
    content = message_text(call)
    chat, message = _own(call)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    return _edited(call, chat, message, content)


async def edit_message_caption(call: Call) -> object:
    """Another caption."""
    content = caption(call)
    chat, message = _own(call)
    if not message.shown:
        raise bad_request("there is no caption in the message to edit")
    return _edited(call, chat, message, content)


async def edit_message_reply_markup(call: Call) -> object:
    """Another keyboard."""
    chat, message = _own(call)
    return _edited(call, chat, message, None)


def _own(call: Call) -> tuple[Chat, Message]:
    if call.has("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = call.open_chat()
    message = call.message(chat, "message to edit not found")
    if message.sender is not call.world.bot or "forward_origin" in message.content:
        raise bad_request("message can't be edited")
    return chat, message


def _edited(call: Call, chat: Chat, message: Message, content: Json | None) -> Json:
    raw = call.value("reply_markup", "reply keyboard markup")
    markup = None if raw is None else inline_keyboard(raw)
    before = {name: message.content[name] for name in REPLACED if name in message.content}
    if (content is None or content == before) and markup == message.markup:
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly"
            " the same as a current content and reply markup of the message"
        )
    call.world.edit(chat, message, content if content != before else None, markup)
    return chat.message_view(message)


async def delete_message(call: Call) -> object:
    """Remove one message."""
    chat = call.open_chat()
    message = call.message(chat, "message to delete not found")
    if not _deletable(call, chat, message):
        raise bad_request("message can't be deleted")
    call.world.delete(chat, message)
    return True


async def delete_messages(call: Call) -> object:
    """Remove several messages; those that are not there are passed over."""
    chat = call.open_chat()
    found = [
        chat.messages[identifier] for identifier in message_ids(call) if identifier in chat.messages
    ]
    if not all(_deletable(call, chat, message) for message in found):
        raise bad_request("message can't be deleted")
    for message in found:
        call.world.delete(chat, message)
    return True


def message_ids(call: Call) -> list[int]:
    """The ids of several messages, each once."""
    raw = call.values("message_ids", "message identifiers")
    if not raw:
        raise bad_request("message identifiers are not specified")
    if len(raw) > MESSAGES_PER_CALL:
        raise bad_request("too many message identifiers specified")
    identifiers = [int(str(item)) for item in raw if str(item).isdecimal() and int(str(item)) > 0]
    if len(identifiers) != len(raw):
        raise bad_request("invalid message identifier specified")
    return list(dict.fromkeys(identifiers))


def _deletable(call: Call, chat: Chat, message: Message) -> bool:
    """The bot's own, those of a private chat and of a chat that it runs, for two days."""
    bot = call.world.bot
    if not chat.is_private and chat.standing(bot.id).runs:
        return True
    return (message.sender is bot or chat.is_private) and time.time() - message.date < DELETE_WINDOW
