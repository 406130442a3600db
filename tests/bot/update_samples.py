"""Updates as Telegram sends them."""

from __future__ import annotations

import time
from typing import Any

from telegram import Bot, Update

ANN, BEN = 1001, 1002


def message(
    update_id: int,
    text: str | None = "Who lit the lamp?",
    *,
    chat: int = ANN,
    message_id: int | None = None,
    sender: dict[str, Any] | None = None,
    bot: Bot | None = None,
    **fields: Any,
) -> Update:
    """A message in the private chat with a person, or from Ann in a group."""
    sent = {
        "message_id": message_id or update_id,
        "date": int(time.time()),
        "chat": _chat(chat),
        "from": sender or person(chat if chat > 0 else ANN),
        **({"text": text} if text is not None else {}),
        **fields,
    }
    return update(update_id, {"message": sent}, bot)


def button(
    update_id: int,
    data: str = "undo:1",
    *,
    chat: int = ANN,
    below: int = 400,
    bot: Bot | None = None,
) -> Update:
    """The press of a button below a message of the bot's."""
    said = {"message_id": below, "date": int(time.time()), "chat": _chat(chat), "text": "Saved."}
    query = {
        "id": str(update_id),
        "from": person(chat),
        "chat_instance": "1",
        "data": data,
        "message": said,
    }
    return update(update_id, {"callback_query": query}, bot)


def update(update_id: int, content: dict[str, Any], bot: Bot | None = None) -> Update:
    """An update with this content."""
    made = Update.de_json({"update_id": update_id, **content}, bot)
    assert made is not None
    return made


def person(user_id: int) -> dict[str, Any]:
    """Somebody as Telegram tells of them."""
    return {"id": user_id, "is_bot": False, "first_name": f"Person {user_id}"}


def _chat(chat: int) -> dict[str, Any]:
    kind = "private" if chat > 0 else "supergroup"
    return {"id": chat, "type": kind, "title": "Reading circle"}
