"""Inline queries: what people type behind the bot's name in any chat, and what it offered."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.playground.limits import INLINE_LIFETIME
from bot.playground.refusals import bad_request
from bot.playground.values import Json

_Key = tuple[str, str, int | None]


@dataclass(slots=True)
class InlineQuery:
    """What somebody typed, when (seconds of the clock), and what they were offered."""

    id: str
    person_id: int
    text: str
    offset: str
    at: float
    answer: Json | None = None
    """Its results, and whether they are personal, with the contents of the messages aside."""
    contents: dict[str, Json] | None = None
    """What each result becomes when it is sent, by the id of the result."""


class InlineQueries:
    """The queries that were made, and the answers that Telegram keeps for others alike."""

    def __init__(
        self, lifetime: float = INLINE_LIFETIME, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.lifetime = lifetime
        self._clock = clock
        self._queries: dict[str, InlineQuery] = {}
        self._kept: dict[_Key, tuple[float, InlineQuery]] = {}

    def ask(self, person_id: int, text: str, offset: str) -> InlineQuery:
        """A query; it is answered already if the same was asked a short while ago."""
        query_id = str(10**17 + secrets.randbelow(9 * 10**17))
        query = InlineQuery(query_id, person_id, text, offset, self._clock())
        kept = self._known((text, offset, person_id)) or self._known((text, offset, None))
        if kept is not None:
            query.answer, query.contents = kept.answer, kept.contents
        self._queries[query_id] = query
        return query

    def _known(self, key: _Key) -> InlineQuery | None:
        until, kept = self._kept.get(key, (0.0, None))
        return kept if self._clock() < until else None

    def open(self, query_id: str) -> InlineQuery:
        """The query that may still be answered; ApiError if it is unknown, old or answered."""
        query = self._queries.get(query_id)
        if query is None or query.answer or self._clock() - query.at > self.lifetime:
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        return query

    def answer(
        self, query: InlineQuery, answer: Json, contents: dict[str, Json], seconds: int
    ) -> None:
        """Note what is offered, and keep it for so many seconds."""
        query.answer, query.contents = answer, contents
        owner = query.person_id if answer["is_personal"] else None
        self._kept[query.text, query.offset, owner] = (self._clock() + seconds, query)

    def get(self, query_id: str) -> InlineQuery | None:
        """The query of an id."""
        return self._queries.get(query_id)
