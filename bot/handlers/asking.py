"""Questions are answered, with the proof, and a quote of the message that holds it."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import replace

from telegram import InlineKeyboardMarkup, Update

from bot import render
from bot.clippings import Clippings
from bot.handlers.notice import Notice
from bot.handlers.pressed import Pressed, data, exchange_of, keyboard, pressed
from bot.handlers.saving import Saving
from bot.house import House
from bot.quoting import quote_of
from bot.remembered import articles_of, recall, remember
from bot.sending import Reply
from bot.store.records import Exchange, Kind
from index import Answer, Outcome, QuestionError, UnknownArticleError

log = logging.getLogger(__name__)


class Asking:
    """Answers questions from a chat's own articles."""

    def __init__(self, house: House, saving: Saving, clippings: Clippings) -> None:
        self._house = house
        self._saving = saving
        self._clippings = clippings

    async def ask(
        self,
        chat_id: int,
        message_id: int,
        question: str,
        articles: Sequence[int] = (),
        *,
        doubtful: bool = False,
        heard: bool = False,
    ) -> None:
        """Answer a message's question, from some articles only where they are given.

        A question that was `heard` is repeated above its answer. One that was answered before,
        as a replay's, is not answered again.
        """
        house = self._house
        exchange = await house.workers.records(
            house.store.exchanges.begin,
            chat_id,
            message_id,
            Kind.ASK,
            question=question,
            articles=articles,
            details={"heard": True} if heard else None,
        )
        if not exchange.told:
            await self._answer(exchange, question, doubtful=doubtful)

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
            house.store.exchanges.change, exchange.id, question=question, articles=articles
        )
        await self._answer(exchange, question, doubtful=doubtful)

    async def ask_instead(self, exchange: Exchange, question: str) -> None:
        """Answer what had been taken for an article; its receipt becomes the answer."""
        house = self._house
        other = await house.workers.records(
            house.store.exchanges.of_message, exchange.chat_id, exchange.message_id, Kind.ASK
        )
        if other:  # a question that came with it; a message has one
            await house.workers.records(house.store.exchanges.remove, other.id)
        changed = await house.workers.records(
            house.store.exchanges.change,
            exchange.id,
            kind=Kind.ASK,
            question=question,
            articles=(),
            details={},
        )
        await self._answer(changed, question, doubtful=True)

    async def save_instead(self, update: Update, context: object) -> None:
        """The button "Save it instead"."""
        press = pressed(update)
        exchange = await exchange_of(self._house, press) if press else None
        if press is None or exchange is None:
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
        article = await house.libraries.article(press.chat_id, hit.article)
        html = render.passage_page(hit, article, page + 1, len(answer.passages), texts)
        last = page + 1 == len(answer.passages)
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
        hit = answer.passages[page]
        article = await house.libraries.article(press.chat_id, hit.article)
        text = await house.libraries.text(press.chat_id, hit.article)
        html = render.in_context(text, hit, article, texts)
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
        html = await self._rendered(exchange, answer)
        buttons = self._buttons(exchange, answer)
        await self._house.sender.edit(press.chat_id, press.message_id, html, buttons=buttons)

    async def _opened(self, update: Update, absent: str) -> tuple[Pressed, Exchange, Answer] | None:
        """The answer whose button was pressed; `absent` is told where its passage is not there.

        Where an article of the answer was edited since, it is answered anew instead.
        """
        press = pressed(update)
        exchange = await exchange_of(self._house, press) if press else None
        if press is None or exchange is None:
            return None
        if exchange.details.get("stale"):
            await self._house.sender.acknowledge(press.query)
            doubtful = bool(exchange.details.get("doubtful"))
            await self._answer(exchange, exchange.question or "", doubtful=doubtful)
            return None
        answered = "passages" in exchange.details
        answer = await self._recalled(exchange) if answered else None
        _, *page = press.numbers
        if answer is None or (page and not 0 <= page[0] < len(answer.passages)):
            await self._house.sender.acknowledge(press.query, absent)
            return None
        await self._house.sender.acknowledge(press.query)
        return press, exchange, answer

    async def _answer(self, exchange: Exchange, question: str, *, doubtful: bool) -> None:
        house, chat = self._house, exchange.chat_id
        async with house.sender.typing(chat):
            notice = Notice(house, exchange)
            if not house.libraries.loaded:
                await notice.show(house.texts.loading)
            details: dict[str, object]
            heard = exchange.details.get("heard")
            try:
                answer = await house.libraries.ask(chat, question, exchange.articles or None)
            except QuestionError:
                html, details = house.texts.question_too_long, {"doubtful": True}
                answer = Answer(question, Outcome.NOTHING, None, 0.0, ())
                reply = Reply(exchange.message_id)
            except UnknownArticleError:
                html, details = house.texts.article_gone, {}
                answer = Answer(question, Outcome.NOTHING, None, 0.0, ())
                reply = Reply(exchange.message_id)
            else:
                html = await self._rendered(exchange, answer)
                quoted = await quote_of(house, chat, answer)
                reply = quoted or Reply(exchange.message_id)
                details = {**remember(answer), "doubtful": doubtful, "quote": _digest(quoted)}
            if heard:
                details["heard"] = True
            if exchange.told and exchange.details.get("quote") != details.get("quote"):
                # What an answer quotes cannot be edited: it is sent anew.
                await notice.withdraw()
            buttons = self._buttons(replace(exchange, details=details), answer)
            await notice.finish(exchange, html, buttons=buttons, reply=reply, details=details)
        log.info(
            "answered",
            extra={"chat": chat, "outcome": answer.outcome.value, **_seconds(answer)},
        )

    async def _recalled(self, exchange: Exchange) -> Answer:
        house, details = self._house, exchange.details
        articles = await house.libraries.some(exchange.chat_id, articles_of(details))
        texts = {
            article: await house.libraries.text(exchange.chat_id, article) for article in articles
        }
        titles = {article: stored.title for article, stored in articles.items()}
        return recall(exchange.question or "", details, texts, titles)

    async def _rendered(self, exchange: Exchange, answer: Answer) -> str:
        house, chat_id, texts = self._house, exchange.chat_id, self._house.texts
        wanted = [hit.article for hit in answer.passages]
        articles = await house.libraries.some(chat_id, wanted)
        if not answer.passages and not (await house.libraries.totals(chat_id)).articles:
            texts = replace(texts, not_in_articles=texts.no_articles)
        elif len(exchange.articles) == 1:
            texts = replace(texts, not_in_articles=texts.not_in_article)
        heard = exchange.question if exchange.details.get("heard") else None
        return render.answer(answer, articles, texts, heard=heard or "")

    def _buttons(self, exchange: Exchange, answer: Answer) -> InlineKeyboardMarkup | None:
        texts, number = self._house.texts, exchange.id
        more = context = None
        if len(answer.passages) > 1:
            page = 1 if answer.outcome is Outcome.ANSWER else 0
            more = (texts.button_more, data("more", number, page))
        if answer.passages and answer.outcome is not Outcome.NOTHING:
            context = (texts.button_context, data("context", number, 0))
        save = (texts.button_save, data("save", number))
        return keyboard([more, context], [save if exchange.details.get("doubtful") else None])


def _digest(quoted: Reply | None) -> str | None:
    """Tells one quote from another without keeping its words."""
    if quoted is None:
        return None
    told = f"{quoted.message_id} {quoted.quote}"
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()


def _seconds(answer: Answer) -> dict[str, float]:
    return {f"{step}_s": seconds for step, seconds in answer.seconds.items()}
