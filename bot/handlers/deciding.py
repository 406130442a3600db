"""Buttons that decide for a whole chat: in a group they are the administrators'."""

from __future__ import annotations

from telegram import Update

from bot.handlers.pressed import Pressed, pressed
from bot.house import House


async def deciding(house: House, update: Update) -> Pressed | None:
    """A press of who may decide for all of the chat; whoever may not is told."""
    press = pressed(update)
    if press is None or press.in_private or await house.rights.runs(press.chat_id, press.user_id):
        return press
    said = house.texts.alert_administrators_only
    await house.sender.acknowledge(press.query, said, alert=True)
    return None
