"""The bot's sentences by language."""

from __future__ import annotations

from bot.texts import Texts


def texts_in(language: str | None, zone: str | None = None) -> Texts:
    """The sentences in a language, with dates of a time zone; English where there is no such."""
    return Texts()
