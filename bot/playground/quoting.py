"""Quotes of the message that is replied to: exact words, exact formatting (pure)."""

from __future__ import annotations

from bot.playground import utf16
from bot.playground.entities import Entity, within
from bot.playground.formatting import Formatted, quotable
from bot.playground.given_entities import given
from bot.playground.limits import QUOTE_CHARACTERS
from bot.playground.messages import Message
from bot.playground.refusals import bad_request
from bot.playground.values import Json


def quote_of(message: Message, wanted: Formatted, near: int = 0) -> Json:
    """The quote as a TextQuote, of the occurrence nearest to `near` (UTF-16 units).

    ApiError if the message does not hold these very words, formatted in this very way.
    """
    text = wanted.text
    if not text or len(text) > QUOTE_CHARACTERS:
        raise bad_request("QUOTE_TEXT_INVALID")
    units = utf16.length(text)
    entities = entities_of(message)
    fitting = [
        place
        for place in utf16.occurrences(message.text, text)
        if quotable(text, within(entities, place, place + units)) == list(wanted.entities)
    ]
    if not fitting:
        raise bad_request("QUOTE_TEXT_INVALID")
    position = min(fitting, key=lambda place: abs(place - near))
    return {**wanted.fields(), "position": position, "is_manual": True}


def plain_quote_of(message: Message, text: str) -> Json:
    """What a person marks: the words with whatever formatting they have there."""
    places = utf16.occurrences(message.text, text) if text else []
    if not places or len(text) > QUOTE_CHARACTERS:
        raise bad_request("QUOTE_TEXT_INVALID")
    part = within(entities_of(message), places[0], places[0] + utf16.length(text))
    quote = Formatted(text, tuple(quotable(text, part)))
    return {**quote.fields(), "position": places[0], "is_manual": True}


def entities_of(message: Message) -> list[Entity]:
    """What is formatted in a message by its sender."""
    return given(message.entity_views)
