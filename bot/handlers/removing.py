"""Articles are removed, and put back for a minute."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from telegram import Update
from telegram.error import TelegramError

from bot.handlers.pressed import data, keyboard, may_decide, pressed
from bot.house import House
from bot.markup import fill
from bot.store.records import Exchange
from bot.trash import Removed
from index import UnknownArticleError

TITLES_TOLD = 5


class Removing:
    """Removes articles of a chat."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def remove(
        self,
        library: int,
        articles: Sequence[int],
        *,
        by: int | None = None,
        asked: bool = False,
    ) -> list[Removed]:
        """Remove those of these articles of a chat's library that are there; what they were.

        `by` is who removes them, and may put them back. Their words stay with the exchanges they
        came from where they are to be `asked`.
        """
        house = self._house
        exchanges = house.store.exchanges
        removed = []
        for number in articles:
            try:
                article = await house.libraries.whole(library, number)
                if not asked:
                    await house.workers.records(exchanges.forget_words, library, [number])
                await house.libraries.remove(library, [number])
            except UnknownArticleError:
                continue
            pieces = await house.workers.records(exchanges.pieces_of_article, library, number)
            await house.workers.records(exchanges.forget_articles, library, [number])
            removed.append(Removed(article, number, tuple(pieces), library, by))
        return removed

    async def tell(
        self,
        chat_id: int,
        message_id: int,
        removed: Sequence[Removed],
        exchange: Exchange | None = None,
    ) -> None:
        """Say in a message of the bot's what was removed, with a button to put it back."""
        house = self._house
        titles = _titles(removed)
        said = fill(house.texts.removed, title=titles)
        later = fill(house.texts.removed_for_good, title=titles)

        async def expired() -> None:
            # By now the messages that held the articles are done with, too.
            await house.workers.records(house.store.erase_log)
            with suppress(TelegramError):
                await house.sender.edit(chat_id, message_id, later)

        number = house.trash.keep(chat_id, removed, expired)
        numbers = (number, exchange.id) if exchange else (number,)
        button = (house.texts.button_put_back, data("restore", *numbers))
        await house.sender.edit(chat_id, message_id, said, buttons=keyboard([button]))

    async def restore(self, update: Update, context: object) -> None:
        """The button "Put it back"."""
        press = pressed(update)
        if press is None:
            return
        house = self._house
        number, *exchange_id = press.numbers
        kept = house.trash.kept(press.chat_id, number)
        if kept and not await may_decide(house, press, library=kept[0].library, by=kept[0].by):
            return
        removed = house.trash.take_back(press.chat_id, number)
        if not removed:
            await house.sender.acknowledge(
                press.query, house.texts.alert_nothing_to_undo, alert=True
            )
            return
        await house.sender.acknowledge(press.query)
        async with house.sender.typing(press.chat_id):
            for each in removed:
                library = each.library
                receipt = await house.libraries.add(library, each.article)
                if receipt.article is None:
                    continue
                new = receipt.article.id
                pieces = [replace(piece, article_id=new) for piece in each.pieces]
                exchanges = house.store.exchanges
                await house.workers.records(exchanges.set_pieces, library, new, pieces)
                for chat in {library, press.chat_id}:
                    await house.workers.records(
                        exchanges.renumber, chat, each.article_id, new, library=library
                    )
        undo = (house.texts.button_undo, data("undo", exchange_id[0])) if exchange_id else None
        said = fill(house.texts.restored, title=_titles(removed))
        await house.sender.edit(press.chat_id, press.message_id, said, buttons=keyboard([undo]))


def _titles(removed: Sequence[Removed]) -> str:
    return ", ".join(f"“{each.article.title}”" for each in removed[:TITLES_TOLD])
