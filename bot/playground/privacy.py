"""Which messages of a group a bot in privacy mode sees (pure)."""

from __future__ import annotations

from bot.playground import utf16
from bot.playground.messages import Message
from bot.playground.people import Person


def seen_by(bot: Person, message: Message, target: Message | None) -> bool:
    """Commands for it or for any bot, mentions of it, and replies to what it wrote.

    Also what was sent by way of it, and whatever happens in the chat.
    """
    if target is not None and target.sender is bot:
        return True
    if message.is_service or message.content.get("via_bot", {}).get("id") == bot.id:
        return True
    name = f"@{bot.username}".lower()
    for entity in message.entity_views:
        word = utf16.cut(message.text, entity["offset"], entity["length"]).lower()
        if entity["type"] == "bot_command" and ("@" not in word or word.endswith(name)):
            return True
        if entity["type"] == "mention" and word == name:
            return True
        if entity["type"] == "text_mention" and entity["user"]["id"] == bot.id:
            return True
    return False
