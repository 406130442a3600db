"""Questions are answered, with the proof, and a quote of the message that holds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from telegram import Update

from bot import render
from bot.clippings import Clippings
from bot.handlers.answering import Answering
from bot.handlers.pressed import Pressed, data, exchange_of, keyboard, may_decide, pressed
from bot.handlers.reach import library_of, may_read, title_of
from bot.handlers.saving import Saving, said_by
from bot.handlers.scope import Scope
from bot.house import House
from bot.occasion import topic_in
from bot.store.records import Exchange, Kind
from index import Answer


class Asking:
    """Answers questions from a chat's own articles, or from those it uses."""

    def __init__(self, house: House, saving: Saving, clippings: Clippings) -> None:
        self._house = house
        self._saving = saving
        self._clippings = clippings
        self._answering = Answering(house)

    async def ask(
        self,
        chat_id: int,
        message_id: int,
        question: str,
        articles: Sequence[int] = (),
        *,
        doubtful: bool = False,
        heard: bool = False,
        by: int | None = None,
    ) -> None:
        """Answer a message's question, from some articles only where they are given.

        A question that was `heard` is repeated above its answer. `by` is who asks, as
        `scope.speaker_of` tells; in a private chat it need not be given. One that was answered
        before, as a replay's, is not answered again.
        """
        house = self._house
        before = await house.workers.records(
            house.store.exchanges.of_message, chat_id, message_id, Kind.ASK
        )
        if before and before.told:
            return
        exchange = before
        if exchange is None:
            details = await self._details(chat_id, articles, by)
            if details is None:
                return
            exchange = await house.workers.records(
                house.store.exchanges.begin,
                chat_id,
                message_id,
                Kind.ASK,
                question=question,
                articles=articles,
                details={**details, "heard": True} if heard else details,
            )
        await self._answering.answer(exchange, question, doubtful=doubtful)

    async def ask_again(
        self,
        exchange: Exchange,
        question: str,
        articles: Sequence[int],
        *,
        doubtful: bool,
    ) -> None:
        """Answer an edited question in place of its first answer, from some articles if given."""
        house = self._house
        exchange = await house.workers.records(
            house.store.exchanges.change,
            exchange.id,
            question=question,
            articles=articles,
            details={**exchange.details, **_scoped(exchange.chat_id, articles)},
        )
        await self._answering.answer(exchange, question, doubtful=doubtful)

    async def ask_instead(self, exchange: Exchange, question: str) -> None:
        """Answer what had been taken for an article; its receipt becomes the answer."""
        house, chat = self._house, exchange.chat_id
        details = await self._details(chat, (), exchange.details.get("by"))
        if details is None:
            return
        other = await house.workers.records(
            house.store.exchanges.of_message, chat, exchange.message_id, Kind.ASK
        )
        if other and other.id != exchange.id:  # a question that came with it; a message has one
            await house.workers.records(house.store.exchanges.remove, other.id)
        changed = await house.workers.records(
            house.store.exchanges.change,
            exchange.id,
            kind=Kind.ASK,
            question=question,
            articles=(),
            details=said_by(exchange),  # until it is answered: so an interrupted one is known
        )
        await self._answering.answer(replace(changed, details=details), question, doubtful=True)

    async def save_instead(self, update: Update, context: object) -> None:
        """The button "Save it instead"."""
        press = pressed(update)
        exchange = await exchange_of(self._house, press) if press else None
        if press is None or exchange is None:
            return
        if not await may_decide(self._house, press, by=exchange.details.get("by")):
            return
        await self._house.sender.acknowledge(press.query)
        # One that has no article yet was interrupted on its way to become a receipt.
        unfinished = exchange.kind is Kind.ASK or not exchange.articles
        if unfinished and exchange.question:
            clipping = await self._clippings.words(
                exchange.chat_id, exchange.message_id, exchange.question
            )
            await self._saving.save_instead(exchange, clipping)

    async def more(self, update: Update, context: object) -> None:
        """The button "More passages", and those that page through them."""
        opened = await self._opened(update, self._house.texts.alert_no_more)
        if opened is None:
            return
        press, exchange, answer = opened
        house, texts, page, number = self._house, self._house.texts, press.numbers[1], exchange.id
        hit = answer.passages[page]
        article = await house.libraries.article(exchange.library, hit.article)
        title = title_of(house, exchange.chat_id, exchange.library)
        count = len(answer.passages)
        html = render.passage_page(hit, article, page + 1, count, texts, library=title)
        last = page + 1 == count
        previous = (texts.button_previous, data("more", number, page - 1)) if page else None
        following = None if last else (texts.button_next, data("more", number, page + 1))
        around = (texts.button_context, data("context", number, page))
        back = (texts.button_back, data("answer", number))
        buttons = keyboard([previous, following], [around, back])
        await house.sender.edit(press.chat_id, press.message_id, html, buttons=buttons)

    async def context(self, update: Update, context: object) -> None:
        """The button "In context": the paragraphs around a passage."""
        opened = await self._opened(update, self._house.texts.alert_article_gone)
        if opened is None:
            return
        press, exchange, answer = opened
        house, texts, page = self._house, self._house.texts, press.numbers[1]
        hit, library = answer.passages[page], exchange.library
        article = await house.libraries.article(library, hit.article)
        text = await house.libraries.text(library, hit.article)
        title = title_of(house, exchange.chat_id, library)
        html = render.in_context(text, hit, article, texts, library=title)
        back = (texts.button_back, data("answer", exchange.id))
        more = (texts.button_more, data("more", exchange.id, page))
        buttons = keyboard([more if len(answer.passages) > 1 else None, back])
        await house.sender.edit(press.chat_id, press.message_id, html, buttons=buttons)

    async def back(self, update: Update, context: object) -> None:
        """The button "Back to the answer"."""
        opened = await self._opened(update, self._house.texts.alert_too_old)
        if opened is None:
            return
        press, exchange, answer = opened
        html = await self._answering.rendered(exchange, answer)
        buttons = self._answering.buttons(exchange, answer)
        await self._house.sender.edit(press.chat_id, press.message_id, html, buttons=buttons)

    async def _opened(self, update: Update, absent: str) -> tuple[Pressed, Exchange, Answer] | None:
        """The answer whose button was pressed; `absent` is told where its passage is not there.

        Where an article of the answer was edited since, it is answered anew instead.
        """
        press = pressed(update)
        exchange = await exchange_of(self._house, press) if press else None
        if press is None or exchange is None or not await may_read(self._house, press, exchange):
            return None
        if exchange.details.get("stale"):
            await self._house.sender.acknowledge(press.query)
            doubtful = bool(exchange.details.get("doubtful"))
            await self._answering.answer(exchange, exchange.question or "", doubtful=doubtful)
            return None
        answered = "passages" in exchange.details
        answer = await self._answering.recalled(exchange) if answered else None
        _, *page = press.numbers
        if answer is None or (page and not 0 <= page[0] < len(answer.passages)):
            await self._house.sender.acknowledge(press.query, absent)
            return None
        await self._house.sender.acknowledge(press.query)
        return press, exchange, answer

    async def _details(
        self, chat_id: int, articles: Sequence[int], by: int | None
    ) -> dict[str, Any] | None:
        """Who asks, where and of whose articles; None where that cannot be told now."""
        details = _scoped(chat_id, articles)
        if not details and not articles:
            library = await library_of(self._house, chat_id)
            if library is None:
                return None
            if library != chat_id:
                details["library"] = library
        told = {"by": chat_id if chat_id > 0 else by, "topic": topic_in(chat_id), **details}
        return {name: value for name, value in told.items() if value is not None}


def _scoped(chat_id: int, articles: Sequence[int]) -> dict[str, Any]:
    """What is noted of an answer that was replied to, and of a receipt for another library."""
    if not isinstance(articles, Scope):
        return {}
    library = None if articles.library == chat_id else articles.library
    told = {"after": articles.answer, "library": library}
    return {name: value for name, value in told.items() if value is not None}
