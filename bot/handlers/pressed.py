"""Buttons: what they carry, and whose they are."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Update

from bot.house import House
from bot.store.records import Exchange

LARGEST = 2**53
"""No button of ours carries a larger number; the databases take none that is much larger."""


Row = list[tuple[str, str] | None]
"""Buttons beside one another, each a label and what it carries; None for one that is left out."""


def keyboard(
    *rows: Row | None,
) -> InlineKeyboardMarkup | None:
    """Buttons by rows of (label, data); what is None is left out."""
    kept = [
        [InlineKeyboardButton(label, callback_data=data) for label, data in filter(None, row)]
        for row in rows
        if row
    ]
    kept = [row for row in kept if row]
    return InlineKeyboardMarkup(kept) if kept else None


def data(verb: str, *numbers: int) -> str:
    """What a button carries: a verb and numbers, far below the 64 bytes that are allowed."""
    return ":".join((verb, *map(str, numbers)))


@dataclass(frozen=True, slots=True)
class Pressed:
    """A press of a button that belongs to the chat it was pressed in."""

    query: CallbackQuery
    chat_id: int
    message_id: int
    numbers: tuple[int, ...]

    @property
    def user_id(self) -> int:
        """Who pressed it."""
        return self.query.from_user.id

    @property
    def in_private(self) -> bool:
        """Whether the chat is a person's own with the bot."""
        return self.chat_id == self.user_id


def pressed(update: Update) -> Pressed | None:
    """The press in an update; None for a button of another chat's message.

    What a button carries can be forged: its numbers must be looked up with the chat's id.
    """
    query = update.callback_query
    if query is None or query.message is None or query.data is None:
        return None
    _, *given = query.data.split(":")
    numbers = tuple(max(-LARGEST, min(int(number), LARGEST)) for number in given)
    return Pressed(query, query.message.chat.id, query.message.message_id, numbers)


async def exchange_of(house: House, press: Pressed, place: int = 0) -> Exchange | None:
    """The exchange that a button belongs to, its number at a place among the numbers.

    Its presser is told when there is none.
    """
    number = press.numbers[place]
    found = await house.workers.records(house.store.exchanges.find, press.chat_id, number)
    if found is None:
        await house.sender.acknowledge(press.query, house.texts.alert_too_old, alert=True)
    return found


async def may_decide(
    house: House, press: Pressed, *, library: int | None = None, by: int | None = None
) -> bool:
    """Whether who pressed may change what a chat keeps; they are told where they may not.

    In a private chat they may, in a group those who sent what it is about (`by`), and the
    administrators. Of another chat's `library`, its administrators decide.
    """
    own = library in (None, press.chat_id)
    if own and (press.in_private or by == press.user_id):
        return True
    if await house.rights.runs(press.chat_id if library is None else library, press.user_id):
        return True
    said = house.texts.alert_not_yours if own else house.texts.alert_administrators
    await house.sender.acknowledge(press.query, said, alert=True)
    return False
