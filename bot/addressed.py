"""Whether a message names the bot, or replies to it (pure)."""

from __future__ import annotations

from telegram import Message, MessageEntity

NAMING = (MessageEntity.MENTION, MessageEntity.TEXT_MENTION, MessageEntity.BOT_COMMAND)


def speaks_to(message: Message, bot_id: int, username: str) -> bool:
    """Whether a message names the bot or replies to what it said.

    A command without a name may be for another bot of the group.
    """
    replied = message.reply_to_message
    if replied and replied.from_user and replied.from_user.id == bot_id:
        return True
    name = f"@{username}".casefold()
    named = {**message.parse_entities([*NAMING]), **message.parse_caption_entities([*NAMING])}
    for entity, words in named.items():
        if entity.type == MessageEntity.TEXT_MENTION:
            if entity.user and entity.user.id == bot_id:
                return True
        elif words.casefold().endswith(name):
            return True
    return False
