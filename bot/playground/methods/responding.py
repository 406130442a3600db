"""Methods that answer what a person did: a pressed button, a file, a message to react to."""

from __future__ import annotations

from bot.playground.calls import Call
from bot.playground.limits import CALLBACK_TEXT_CHARACTERS
from bot.playground.refusals import bad_request
from bot.playground.values import Json

_REACTIONS = """
👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥
🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨
🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡
"""
"""The emoji with which one may react."""


async def answer_callback_query(call: Call) -> object:
    """What a pressed button shows to who pressed it."""
    text = call.text("text")
    if len(text) > CALLBACK_TEXT_CHARACTERS:
        raise bad_request("MESSAGE_TOO_LONG")
    query_id = call.text("callback_query_id")
    if not query_id:
        raise bad_request('parameter "callback_query_id" is required')
    press = call.world.presses.answer(query_id)
    answer: Json = {"query_id": query_id, "person": press.person_id}
    if text:
        answer["text"] = text
    answer["show_alert"] = call.flag("show_alert")
    if call.has("url"):
        answer["url"] = call.text("url")
    call.world.events.publish("callback_answer", press.chat_id, **answer)
    return True


async def get_file(call: Call) -> object:
    """Where a file can be downloaded."""
    if not call.has("file_id"):
        raise bad_request("file_id is not specified")
    return call.world.files.offer(call.text("file_id"))


async def set_message_reaction(call: Call) -> object:
    """The bot's reaction to a message; none: it takes it back."""
    chat = call.open_chat()
    message = call.message(chat, "message to react not found")
    wanted = [_reaction(item) for item in call.values("reaction", "reaction types")]
    if len(wanted) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    message.reactions = wanted
    call.world.events.publish("reaction", chat.id, message_id=message.id, reaction=wanted)
    return True


def _reaction(item: object) -> Json:
    if not isinstance(item, dict) or item.get("type") not in ("emoji", "custom_emoji", "paid"):
        raise bad_request("can't parse ReactionType: Unsupported type specified")
    emoji = str(item.get("emoji", "")).rstrip("\ufe0f")
    if item["type"] != "emoji" or emoji not in _REACTIONS.split():
        raise bad_request("REACTION_INVALID")
    return {"type": "emoji", "emoji": emoji}
