"""The articles of a chat, or of the one it uses: listed by pages, searched, opened, deleted."""

from __future__ import annotations

from telegram import InlineKeyboardMarkup, Update

from bot import borrowed, render
from bot.handlers.pressed import Pressed, data, exchange_of, keyboard, may_decide, pressed
from bot.handlers.reach import library_of, may_read, title_of
from bot.handlers.removing import Removing
from bot.handlers.scope import Scope, articles_replied_to
from bot.house import House
from bot.markup import fill, italic
from bot.store.records import Exchange, Kind
from index import UnknownArticleError

A_PAGE = 6
LONGEST_SEARCH = 60
OPENING = 1500
"""Characters of an article that its card is made from."""


class Articles:
    """Shows a chat its articles."""

    def __init__(self, house: House, removing: Removing) -> None:
        self._house = house
        self._removing = removing

    async def list(self, update: Update, context: object) -> None:
        """/articles, with the words to search for or without"""
        message = update.effective_message
        if message is None:
            return
        house, chat = self._house, message.chat.id
        words = " ".join((message.text or "").split()[1:])[:LONGEST_SEARCH]
        exchange = await self._begun(chat, message.message_id, words or None)
        if exchange is None or exchange.told:
            return
        html, buttons = await self._page(exchange, 0)
        sent = await house.sender.send(chat, html, buttons=buttons)
        await house.workers.records(
            house.store.exchanges.change, exchange.id, reply_id=sent, told=True
        )

    async def stats(self, update: Update, context: object) -> None:
        """/stats"""
        if update.effective_chat is None:
            return
        house, chat = self._house, update.effective_chat.id
        library = await library_of(house, chat)
        if library is not None:
            totals = await house.libraries.totals(library)
            html = borrowed.stats(totals, title_of(house, chat, library), house.texts)
            await house.sender.send(chat, html)

    async def turn(self, update: Update, context: object) -> None:
        """The buttons that page, and the way back from an article."""
        found = await self._found(update)
        if found:
            press, exchange = found
            await self._house.sender.acknowledge(press.query)
            html, buttons = await self._page(exchange, press.numbers[1])
            await self._show(press, html, buttons)

    async def search(self, update: Update, context: object) -> None:
        """The button "Search"."""
        press = pressed(update)
        if press:
            await self._house.sender.acknowledge(press.query)
            await self._house.sender.send(press.chat_id, self._house.texts.search_how)

    async def open(self, update: Update, context: object) -> None:
        """The button of an article in the list."""
        found = await self._found(update)
        if found is None:
            return
        press, exchange = found
        house, texts, library = self._house, self._house.texts, exchange.library
        _, page, number = press.numbers
        try:
            article = await house.libraries.article(library, number)
            text = await house.libraries.text(library, number)
        except UnknownArticleError:
            await house.sender.acknowledge(press.query, texts.alert_article_gone)
            return
        await house.sender.acknowledge(press.query)
        html = render.article_card(article, text[:OPENING], texts) + self._whose(exchange)
        buttons = keyboard(
            [
                (texts.button_delete, data("delete", exchange.id, page, number)),
                (texts.button_list, data("list", exchange.id, page)),
            ]
        )
        await self._show(press, html, buttons)

    async def delete(self, update: Update, context: object) -> None:
        """/delete, in reply to an article, its receipt or an answer"""
        message = update.effective_message
        if message is None:
            return
        house, chat, texts = self._house, message.chat.id, self._house.texts
        replied = await articles_replied_to(house, message)
        library = chat if replied.library is None else replied.library
        if library != chat and not await house.rights.runs(library, chat):
            title = title_of(house, chat, library)
            await house.sender.send(chat, fill(texts.delete_elsewhere, title=title))
            return
        article = None
        if len(replied) == 1:
            article = (await house.libraries.some(library, replied)).get(replied[0])
        if article is None:
            button = (texts.button_list, data("newlist"))
            await house.sender.send(chat, texts.delete_how, buttons=keyboard([button]))
            return
        said = fill(texts.delete_confirm, title=f"“{article.title}”")
        buttons = self._confirming(article.id, replied)
        await house.sender.send(chat, said, buttons=buttons)

    async def new_list(self, update: Update, context: object) -> None:
        """The button "All articles" where there is no list to go back to."""
        press = pressed(update)
        if press is None:
            return
        exchange = await self._begun(press.chat_id, press.message_id, None)
        await self._house.sender.acknowledge(press.query)
        if exchange:
            html, buttons = await self._page(exchange, 0)
            await self._show(press, html, buttons)

    async def confirm(self, update: Update, context: object) -> None:
        """The button "Delete" of an opened article: asks once."""
        found = await self._found(update)
        if found is None:
            return
        press, exchange = found
        house = self._house
        _, page, number = press.numbers
        if not await may_decide(house, press, library=exchange.library):
            return
        try:
            article = await house.libraries.article(exchange.library, number)
        except UnknownArticleError:
            await house.sender.acknowledge(press.query, house.texts.alert_article_gone)
            return
        await house.sender.acknowledge(press.query)
        said = fill(house.texts.delete_confirm, title=f"“{article.title}”") + self._whose(exchange)
        texts = house.texts
        buttons = keyboard(
            [
                (texts.button_yes_delete, data("remove", number, exchange.id)),
                (texts.button_keep, data("open", exchange.id, page, number)),
            ]
        )
        await self._show(press, said, buttons)

    async def remove(self, update: Update, context: object) -> None:
        """The button "Yes, delete"."""
        press = pressed(update)
        if press is None:
            return
        house, (number, *about) = self._house, press.numbers
        exchange = await exchange_of(house, press, 1) if about else None
        if about and exchange is None:
            return
        library = exchange.library if exchange else press.chat_id
        by = _sender_of(exchange, number) if exchange else None
        if not await may_decide(house, press, library=library, by=by):
            return
        removed = await self._removing.remove(library, [number], by=press.user_id)
        if not removed:
            await house.sender.acknowledge(press.query, house.texts.alert_article_gone)
            return
        await house.sender.acknowledge(press.query)
        await self._removing.tell(press.chat_id, press.message_id, removed)

    async def keep(self, update: Update, context: object) -> None:
        """The button "Keep it"."""
        press = pressed(update)
        if press:
            await self._house.sender.acknowledge(press.query)
            await self._show(press, self._house.texts.kept, None)

    async def _begun(self, chat_id: int, message_id: int, words: str | None) -> Exchange | None:
        """A list of the articles that a chat is answered from; None where these are not known."""
        house = self._house
        library = await library_of(house, chat_id)
        if library is None:
            return None
        exchanges = house.store.exchanges
        exchange = await house.workers.records(
            exchanges.begin, chat_id, message_id, Kind.LIST, question=words
        )
        if exchange.library != library:  # also of one that an earlier attempt has begun
            details = {} if library == chat_id else {"library": library}
            exchange = await house.workers.records(exchanges.change, exchange.id, details=details)
        return exchange

    async def _found(self, update: Update) -> tuple[Pressed, Exchange] | None:
        press = pressed(update)
        exchange = await exchange_of(self._house, press) if press else None
        if press is None or exchange is None or not await may_read(self._house, press, exchange):
            return None
        return press, exchange

    async def _show(self, press: Pressed, html: str, buttons: InlineKeyboardMarkup | None) -> None:
        await self._house.sender.edit(press.chat_id, press.message_id, html, buttons=buttons)

    async def _page(self, exchange: Exchange, page: int) -> tuple[str, InlineKeyboardMarkup | None]:
        house, number, library = self._house, exchange.id, exchange.library
        texts = borrowed.texts_of(house.texts, title_of(house, exchange.chat_id, library))
        offset = page * A_PAGE
        articles, total = await house.libraries.page(library, offset, A_PAGE, exchange.question)
        html = render.article_list(articles, offset, total, exchange.question, texts)
        if exchange.question:  # without, the heading tells
            html += self._whose(exchange)
        # The titles stand in the message; a button needs no more than the number.
        opening: list[tuple[str, str] | None] = [
            (str(place), data("open", number, page, article.id))
            for place, article in enumerate(articles, offset + 1)
        ]
        turning = [
            (texts.button_previous, data("list", number, page - 1)) if page else None,
            (texts.button_next, data("list", number, page + 1))
            if offset + A_PAGE < total
            else None,
        ]
        search = (texts.button_search, data("search")) if total > A_PAGE else None
        return html, keyboard(opening, turning, [search])

    def _whose(self, exchange: Exchange) -> str:
        """Whose articles are shown, where they are not the chat's own."""
        title = title_of(self._house, exchange.chat_id, exchange.library)
        return f"\n{italic(fill(self._house.texts.from_library, title=title))}" if title else ""

    def _confirming(self, article: int, replied: Scope) -> InlineKeyboardMarkup | None:
        texts = self._house.texts
        about = replied.answer if replied.receipt is None else replied.receipt
        numbers = (article,) if about is None else (article, about)
        return keyboard(
            [
                (texts.button_yes_delete, data("remove", *numbers)),
                (texts.button_keep, data("keep", article)),
            ]
        )


def _sender_of(exchange: Exchange, article: int) -> int | None:
    """Who sent the message that an article was read from, if the exchange is that message's.

    Who sends what somebody else has sent before does not have the say over it.
    """
    own = exchange.kind is Kind.SAVE and article in exchange.details.get("added", ())
    return exchange.details.get("by") if own else None
