"""Buttons that were pressed and wait for the bot's answer."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass

from bot.playground.limits import CALLBACK_LIFETIME
from bot.playground.refusals import bad_request


@dataclass(frozen=True, slots=True)
class Press:
    """Who pressed, where and when (seconds of the monotonic clock)."""

    person_id: int
    chat_id: int
    message_id: int
    at: float


class Presses:
    """The presses that can still be answered."""

    def __init__(self, lifetime: float = CALLBACK_LIFETIME) -> None:
        self.lifetime = lifetime
        self._open: dict[str, Press] = {}

    def add(self, person_id: int, chat_id: int, message_id: int) -> str:
        """Note a press; returns the id of its query."""
        query_id = str(10**17 + secrets.randbelow(9 * 10**17))
        self._open[query_id] = Press(person_id, chat_id, message_id, time.monotonic())
        return query_id

    def answer(self, query_id: str) -> Press:
        """Take the press that is answered; ApiError if it is unknown, old or answered before."""
        press = self._open.pop(query_id, None)
        if press is None or time.monotonic() - press.at > self.lifetime:
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        return press
