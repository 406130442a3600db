"""A question typed in any chat (@the_bot and the question) is answered with cards to send."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.house import House
from bot.inline import Card, cards_of
from bot.markup import plain
from index import CuttingsError, QuestionError

log = logging.getLogger(__name__)

DEADLINE = 7.0
"""Seconds for a search; Telegram takes an answer for about ten."""
START = "inline"
"""What the button that opens the chat with the bot says it came from."""


class Inline:
    """Answers from the asker's own articles, to nobody but them.

    A newer question of the same person takes the place of the one before: they are still typing.
    """

    def __init__(self, house: House, deadline: float = DEADLINE) -> None:
        self._house = house
        self._deadline = deadline
        self._searches: dict[int, asyncio.Task[list[Card]]] = {}
        """What is being looked for, by who asked; a person has one."""

    async def asked(self, update: Update, context: object) -> None:
        """A question, as far as it is typed."""
        query = update.inline_query
        if query is None:
            return
        texts, person = self._house.texts, query.from_user.id
        if before := self._searches.pop(person, None):
            before.cancel()
        if not query.query.strip():
            await _answer(query, [], texts.button_ask_inline)
            return
        if not self._house.fairness.may_type(person):
            await _answer(query, [])
            return
        search = asyncio.create_task(self._search(person, query.query))
        self._searches[person] = search
        try:
            done, _ = await asyncio.wait([search], timeout=self._deadline)
        finally:
            search.cancel()
            if self._searches.get(person) is search:
                del self._searches[person]
        if not done:
            log.warning("inline question took too long")
            await _answer(query, [])
            return
        if search.cancelled():
            return  # a newer one is being answered
        error = search.exception()
        if isinstance(error, QuestionError):
            await _answer(query, [])
        elif isinstance(error, CuttingsError):
            log.error("inline question failed", exc_info=error)
            await _answer(query, [])
        else:
            cards = search.result()
            await _answer(query, cards, None if cards else texts.button_nothing_inline)

    async def _search(self, person: int, question: str) -> list[Card]:
        house = self._house
        await asyncio.sleep(house.settings.inline_seconds)
        answer = await house.libraries.ask(person, question)
        wanted = [*answer.passages, *(each.passage for each in answer.earlier)]
        articles = await house.libraries.some(person, [hit.article for hit in wanted])
        return cards_of(answer, articles, house.texts)


async def answer_nothing(query: InlineQuery) -> None:
    """Offer nothing to who may not talk to the bot."""
    await _answer(query, [])


async def _answer(query: InlineQuery, cards: list[Card], button: str | None = None) -> None:
    """Offer cards, to this person alone and until they type on; a late answer is no fault."""
    below = InlineQueryResultsButton(button, start_parameter=START) if button else None

    def attempt(mode: str | None) -> Awaitable[bool]:
        results = [_result(number, card, mode) for number, card in enumerate(cards, 1)]
        return query.answer(results, cache_time=0, is_personal=True, button=below)

    try:
        await _in_html_or_plain(attempt)
    except TelegramError as error:
        log.info("inline answer not taken", extra={"reason": type(error).__name__})


async def _in_html_or_plain(attempt: Callable[[str | None], Awaitable[bool]]) -> None:
    try:
        await attempt(ParseMode.HTML)
    except BadRequest as error:
        if "parse" not in str(error).lower():
            raise
        log.warning("HTML refused")
        await attempt(None)


def _result(number: int, card: Card, mode: str | None) -> InlineQueryResultArticle:
    content = InputTextMessageContent(
        card.html if mode else plain(card.html),
        parse_mode=mode,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    return InlineQueryResultArticle(str(number), card.title, content, description=card.description)
