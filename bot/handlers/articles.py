"""The articles of a chat: listed by pages, searched, opened, deleted."""

from __future__ import annotations

from telegram import InlineKeyboardMarkup, Update

from bot import render
from bot.handlers.pressed import Pressed, data, exchange_of, keyboard, pressed
from bot.handlers.removing import Removing
from bot.handlers.scope import articles_replied_to
from bot.house import House
from bot.markup import fill
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
        house = self._house
        words = " ".join((message.text or "").split()[1:])[:LONGEST_SEARCH]
        exchange = await house.workers.records(
            house.store.exchanges.begin,
            message.chat.id,
            message.message_id,
            Kind.LIST,
            question=words or None,
        )
        if exchange.told:
            return
        html, buttons = await self._page(exchange, 0)
        sent = await house.sender.send(message.chat.id, html, buttons=buttons)
        await house.workers.records(
            house.store.exchanges.change, exchange.id, reply_id=sent, told=True
        )

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
        house, texts = self._house, self._house.texts
        _, page, number = press.numbers
        try:
            article = await house.libraries.article(press.chat_id, number)
            text = await house.libraries.text(press.chat_id, number)
        except UnknownArticleError:
            await house.sender.acknowledge(press.query, texts.alert_article_gone)
            return
        await house.sender.acknowledge(press.query)
        html = render.article_card(article, text[:OPENING], texts)
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
        house, chat = self._house, message.chat.id
        replied = await articles_replied_to(house, message)
        article = None
        if len(replied) == 1:
            article = (await house.libraries.some(chat, replied)).get(replied[0])
        if article is None:
            button = (house.texts.button_list, data("newlist"))
            await house.sender.send(chat, house.texts.delete_how, buttons=keyboard([button]))
            return
        said = fill(house.texts.delete_confirm, title=f"“{article.title}”")
        buttons = self._confirming("remove", "keep", article.id)
        await house.sender.send(chat, said, buttons=buttons)

    async def new_list(self, update: Update, context: object) -> None:
        """The button "All articles" where there is no list to go back to."""
        press = pressed(update)
        if press is None:
            return
        house = self._house
        await house.sender.acknowledge(press.query)
        exchange = await house.workers.records(
            house.store.exchanges.begin, press.chat_id, press.message_id, Kind.LIST
        )
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
        try:
            article = await house.libraries.article(press.chat_id, number)
        except UnknownArticleError:
            await house.sender.acknowledge(press.query, house.texts.alert_article_gone)
            return
        await house.sender.acknowledge(press.query)
        said = fill(house.texts.delete_confirm, title=f"“{article.title}”")
        texts = house.texts
        buttons = keyboard(
            [
                (texts.button_yes_delete, data("remove", number)),
                (texts.button_keep, data("open", exchange.id, page, number)),
            ]
        )
        await self._show(press, said, buttons)

    async def remove(self, update: Update, context: object) -> None:
        """The button "Yes, delete"."""
        press = pressed(update)
        if press is None:
            return
        removed = await self._removing.remove(press.chat_id, press.numbers)
        if not removed:
            text = self._house.texts.alert_article_gone
            await self._house.sender.acknowledge(press.query, text)
            return
        await self._house.sender.acknowledge(press.query)
        await self._removing.tell(press.chat_id, press.message_id, removed)

    async def keep(self, update: Update, context: object) -> None:
        """The button "Keep it"."""
        press = pressed(update)
        if press:
            await self._house.sender.acknowledge(press.query)
            await self._show(press, self._house.texts.kept, None)

    async def _found(self, update: Update) -> tuple[Pressed, Exchange] | None:
        press = pressed(update)
        exchange = await exchange_of(self._house, press) if press else None
        return (press, exchange) if press and exchange else None

    async def _show(self, press: Pressed, html: str, buttons: InlineKeyboardMarkup | None) -> None:
        await self._house.sender.edit(press.chat_id, press.message_id, html, buttons=buttons)

    async def _page(self, exchange: Exchange, page: int) -> tuple[str, InlineKeyboardMarkup | None]:
        house, texts, number = self._house, self._house.texts, exchange.id
        offset = page * A_PAGE
        articles, total = await house.libraries.page(
            exchange.chat_id, offset, A_PAGE, exchange.question
        )
        html = render.article_list(articles, offset, total, exchange.question, texts)
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

    def _confirming(self, yes: str, no: str, number: int) -> InlineKeyboardMarkup | None:
        texts = self._house.texts
        return keyboard(
            [(texts.button_yes_delete, data(yes, number)), (texts.button_keep, data(no, number))]
        )
