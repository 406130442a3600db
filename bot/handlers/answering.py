"""A question is answered, and its answer shown: at once, and when a button asks for it again."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from telegram import InlineKeyboardMarkup

from bot import render
from bot.borrowed import texts_of
from bot.handlers.allowance import person_of
from bot.handlers.followups import completed
from bot.handlers.notice import Notice
from bot.handlers.pressed import Row, data, keyboard
from bot.handlers.reach import Reach, reach, title_of
from bot.house import House
from bot.markup import fill
from bot.quoting import quote_of
from bot.remembered import articles_of, recall, remember
from bot.sending import Reply
from bot.store.records import Exchange
from index import Answer, Outcome, QuestionError, UnknownArticleError, is_incomplete

log = logging.getLogger(__name__)

KEPT = ("by", "topic", "library", "after", "heard", "standing")
"""What of an exchange's details its answer does not replace."""


class Answering:
    """Answers the question of an exchange from the library that it is about."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def answer(self, exchange: Exchange, question: str, *, doubtful: bool) -> None:
        """Answer a question, in place of what was said of its exchange before."""
        house, chat = self._house, exchange.chat_id
        kept = {key: exchange.details[key] for key in KEPT if key in exchange.details}
        async with house.sender.typing(chat):
            notice = Notice(house, exchange)
            if not house.libraries.loaded:
                await notice.show(house.texts.loading)
            details: dict[str, object] = {}
            reply = Reply(exchange.message_id)
            refused = await self._refused(exchange)
            answer = Answer(question, Outcome.NOTHING, None, 0.0, ())
            if not refused:
                try:
                    exchange, answer = await self._asked(exchange, question)
                except QuestionError:
                    refused, details = house.texts.question_too_long, {"doubtful": True}
                except UnknownArticleError:
                    refused = house.texts.article_gone
            if refused:
                html, details = refused, {**kept, **details}
            else:
                html = await self.rendered(exchange, answer)
                quoted = await quote_of(house, chat, answer, library=exchange.library)
                reply = quoted or reply
                understood = exchange.details.get("understood")
                details = {
                    **kept,
                    **({"understood": understood} if understood else {}),
                    **remember(answer),
                    "doubtful": doubtful,
                    "quote": _digest(quoted),
                }
            if exchange.told and exchange.details.get("quote") != details.get("quote"):
                # What an answer quotes cannot be edited: it is sent anew.
                await notice.withdraw()
            buttons = self.buttons(replace(exchange, details=details), answer)
            await notice.finish(exchange, html, buttons=buttons, reply=reply, details=details)
        log.info(
            "answered",
            extra={"chat": chat, "outcome": answer.outcome.value, **_seconds(answer)},
        )

    async def recalled(self, exchange: Exchange) -> Answer:
        """The answer of an exchange, in the words of the articles that are still there."""
        house, details, library = self._house, exchange.details, exchange.library
        articles = await house.libraries.some(library, articles_of(details))
        texts = {article: await house.libraries.text(library, article) for article in articles}
        titles = {article: stored.title for article, stored in articles.items()}
        return recall(exchange.question or "", details, texts, titles)

    async def rendered(self, exchange: Exchange, answer: Answer) -> str:
        """An answer as it is shown."""
        house, library = self._house, exchange.library
        title = title_of(house, exchange.chat_id, library)
        texts = texts_of(house.texts, title)
        shown = [*answer.passages, *(each.passage for each in answer.earlier)]
        articles = await house.libraries.some(library, [hit.article for hit in shown])
        if not answer.passages and not (await house.libraries.totals(library)).articles:
            texts = replace(texts, not_in_articles=texts.no_articles)
        elif len(exchange.articles) == 1:
            texts = replace(texts, not_in_articles=texts.not_in_article)
        return render.answer(
            answer,
            articles,
            texts,
            heard=(exchange.question or "") if exchange.details.get("heard") else "",
            standing=(exchange.question or "") if exchange.details.get("standing") else "",
            understood=exchange.details.get("understood") or "",
            library=title if answer.passages else "",
        )

    def buttons(self, exchange: Exchange, answer: Answer) -> InlineKeyboardMarkup | None:
        """The buttons below an answer."""
        return keyboard(*self.rows(exchange, answer))

    def rows(self, exchange: Exchange, answer: Answer) -> list[Row]:
        """The rows of these buttons."""
        texts, number = self._house.texts, exchange.id
        more = context = None
        if len(answer.passages) > 1:
            page = 1 if answer.outcome is Outcome.ANSWER else 0
            more = (texts.button_more, data("more", number, page))
        if answer.passages and answer.outcome is not Outcome.NOTHING:
            context = (texts.button_context, data("context", number, 0))
        save = (texts.button_save, data("save", number))
        return [[more, context], [save if exchange.details.get("doubtful") else None]]

    async def _refused(self, exchange: Exchange) -> str:
        """What is said where a question may not be answered now; "" where it may."""
        house, chat, library = self._house, exchange.chat_id, exchange.library
        if not house.fairness.may_ask(chat, person_of(exchange)):
            return house.texts.limit_questions
        if library == chat:
            return ""
        found = await reach(house, library, chat)
        if found is Reach.OPEN:
            return ""
        texts = house.texts
        said = texts.library_closed if found is Reach.CLOSED else texts.library_unsure
        return fill(said, title=title_of(house, chat, library))

    async def _asked(self, exchange: Exchange, question: str) -> tuple[Exchange, Answer]:
        """The answer, and the exchange with the question as it was understood.

        What follows on from an answer is asked of its article first, then of all articles.
        """
        house, library = self._house, exchange.library
        whole = await completed(house, exchange, question, self.recalled)
        if whole and not is_incomplete(question):
            # Perhaps it is meant as it stands: then it has an answer of its own.
            alone = await house.libraries.ask(library, question, exchange.articles or None)
            if alone.outcome is Outcome.ANSWER:
                return replace(exchange, details=_with(exchange.details, "understood", None)), alone
        exchange = replace(exchange, details=_with(exchange.details, "understood", whole))
        asked, articles = whole or question, exchange.articles
        answer = await house.libraries.ask(library, asked, articles or None)
        if whole and articles and answer.outcome is Outcome.NOTHING:
            answer = await house.libraries.ask(library, asked)
            await house.workers.records(house.store.exchanges.change, exchange.id, articles=())
            exchange = replace(exchange, articles=())
        return exchange, answer


def _with(details: Mapping[str, Any], key: str, value: object) -> dict[str, Any]:
    others = {name: each for name, each in details.items() if name != key}
    return others if value is None else {**others, key: value}


def _digest(quoted: Reply | None) -> str | None:
    """Tells one quote from another without keeping its words."""
    if quoted is None:
        return None
    told = f"{quoted.message_id} {quoted.quote}"
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()


def _seconds(answer: Answer) -> dict[str, float]:
    return {f"{step}_s": seconds for step, seconds in answer.seconds.items()}
