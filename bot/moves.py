"""Which group has become which supergroup, as far as a message can say so (pure)."""

from __future__ import annotations

from telegram import Message

from bot.posts import CHANNEL_IDS


def move_in(message: Message) -> tuple[int, int] | None:
    """The old and the new number of a group that has become a supergroup, if a message says so.

    None also where that cannot be: no person, no channel and no supergroup becomes another chat.
    """
    chat = message.chat
    if message.migrate_to_chat_id and chat.type == chat.GROUP:
        old, new = chat.id, message.migrate_to_chat_id
    elif message.migrate_from_chat_id and chat.type == chat.SUPERGROUP:
        old, new = message.migrate_from_chat_id, chat.id
    else:
        return None
    return (old, new) if -CHANNEL_IDS < old < 0 and new < 0 else None
