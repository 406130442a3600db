"""An edited message: its article is read again, its question answered again."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext, suppress
from dataclasses import replace

from telegram import Message, Update

from bot import render
from bot.clippings import Clippings
from bot.contents import is_command, quotable_entities, text_of
from bot.handlers.adding import Adding
from bot.handlers.asking import Asking
from bot.handlers.links import LINK, Links, is_of_nothing
from bot.handlers.messages import Messages
from bot.handlers.saving import Saving
from bot.handlers.scope import articles_replied_to, speaker_of
from bot.house import House
from bot.locating import located
from bot.mentions import is_order, uncommanded
from bot.occasion import topic_in
from bot.routing import Incoming, Intent, Route, question_in, route
from bot.sending import Reply
from bot.store.records import Exchange, Kind, Piece
from index import (
    Article,
    FailedSource,
    Receipt,
    ReceiptStatus,
    SourceError,
    StoredArticle,
    UnknownArticleError,
    read_text,
)


class Editing:
    """Follows what people change afterwards."""

    def __init__(
        self,
        house: House,
        messages: Messages,
        saving: Saving,
        asking: Asking,
        clippings: Clippings,
        links: Links,
        adding: Adding,
    ) -> None:
        self._house = house
        self._messages = messages
        self._saving = saving
        self._asking = asking
        self._clippings = clippings
        self._links = links
        self._adding = adding

    async def edited(self, update: Update, context: object) -> None:
        """A message was edited."""
        message = update.edited_message
        if message is None:
            return
        if is_order(message):
            await self.follow(uncommanded(message), ordered=True)
        elif not is_command(message):
            await self.follow(message)

    async def follow(self, message: Message, *, ordered: bool = False, quiet: bool = False) -> None:
        """Do with an edited message what it asks for now.

        What is meant by one that was `ordered` is not guessed. Nothing is said of one that is
        followed `quiet`.
        """
        house, chat = self._house, message.chat.id
        exchanges = house.store.exchanges
        saved = await house.workers.records(
            exchanges.parts_of_message, chat, message.message_id, Kind.SAVE
        )
        pieces = await house.workers.records(exchanges.pieces_of_message, chat, message.message_id)
        pieces = [piece for piece in pieces if _is_of_words(message, piece, saved)]
        if pieces:
            for piece in pieces:
                await self._read_again(message, piece, quiet=quiet)
            return
        asked = await house.workers.records(
            exchanges.of_message, chat, message.message_id, Kind.ASK
        )
        found = list(dict.fromkeys(each for part in saved for each in part.articles))
        there = list(await house.libraries.some(chat, found))
        links = self._messages.links_of(message) if any(LINK in e.details for e in saved) else []
        if links:
            # Those that could not be read get another chance.
            await self._forget([each for each in saved if is_of_nothing(each)])
            there += await self._links.save(message, links, asked=asked is not None, quiet=quiet)
        if quiet:
            return
        if there:
            await self._ask_beside(message, asked, list(dict.fromkeys(there)))
        elif links or message.document is not None:
            return  # nothing is kept that could be asked
        elif asked:
            await self._ask_again(message, asked, saved, ordered=ordered)
        elif not ordered:
            await self._forget(saved)
            await self._messages.single(message)

    async def _forget(self, exchanges: Sequence[Exchange]) -> None:
        """Forget what a message had led to, as it led to nothing that is still there."""
        for each in exchanges:
            await self._house.workers.records(self._house.store.exchanges.remove, each.id)

    async def _ask_beside(
        self, message: Message, asked: Exchange | None, articles: list[int]
    ) -> None:
        """Answer what stands beside articles now: a caption, or a comment on forwards."""
        question = question_in(text_of(message))
        if question is None:
            return
        if asked is None:
            by = speaker_of(message)
            await self._asking.ask(message.chat.id, message.message_id, question, articles, by=by)
        elif question != asked.question:
            await self._asking.ask_again(asked, question, articles, doubtful=False)

    async def _ask_again(
        self, message: Message, asked: Exchange, saved: Sequence[Exchange], *, ordered: bool
    ) -> None:
        text = text_of(message)
        if not text.strip():
            return  # only the bot's name is left
        incoming = Incoming(text, replies_to_article=bool(asked.articles))
        chosen = Route(Intent.ASK, question=text.strip()) if ordered else route(incoming)
        if chosen.intent is Intent.SAVE:
            links = self._messages.links_of(message)
            if links:
                await self._links.save(message, links)
                return
            await self._forget(saved)  # of what was not read
            await self._saving.save_instead(asked, await self._clippings.read([message]))
        elif chosen.question and chosen.question != asked.question:
            # An article that was read again since has another number.
            scope = await articles_replied_to(self._house, message) or asked.articles
            await self._asking.ask_again(asked, chosen.question, scope, doubtful=chosen.doubtful)

    async def _read_again(self, message: Message, piece: Piece, *, quiet: bool) -> None:
        """Put the edited words where the message's were, and read the whole anew."""
        house, chat, old_id = self._house, message.chat.id, piece.article_id
        exchanges = house.store.exchanges
        try:
            stored = await house.libraries.article(chat, old_id)
            old_text = await house.libraries.text(chat, old_id)
        except UnknownArticleError:
            await house.workers.records(exchanges.forget_articles, chat, [old_id])
            return
        if stored.address and piece.end == 0:
            return  # it was read from behind a link in this message
        pieces = await house.workers.records(exchanges.pieces_of_article, chat, old_id)
        async with nullcontext() if quiet else house.sender.typing(chat):
            source, new_pieces = await house.workers.change(
                self._rewritten, message, stored, old_text, pieces
            )
            if isinstance(source, FailedSource):
                if quiet:
                    return
                receipt = Receipt(
                    source.source,
                    ReceiptStatus.FAILED,
                    None,
                    source.error,
                    source.hint,
                    source.obstacle,
                )
                await house.sender.send(
                    chat,
                    render.receipt([receipt], house.texts),
                    reply=Reply(message.message_id),
                )
                return
            if source.text == old_text:
                return
            receipt = await house.libraries.add(chat, source)
            if receipt.article is None:
                return
            new_id = receipt.article.id
            # One that an earlier attempt has added is as old as the one in whose place it is.
            elses = receipt.status is ReceiptStatus.KNOWN and receipt.article.added != stored.added
            if not (elses and chat < 0):
                held = [
                    replace(each, article_id=new_id, thread_id=topic_in(chat))
                    for each in new_pieces
                ]
                await house.workers.records(exchanges.set_pieces, chat, new_id, held)
            if new_id != old_id:
                await house.workers.records(exchanges.renumber, chat, old_id, new_id, stale=True)
                await house.workers.records(exchanges.forget_words, chat, [new_id])
                if elses and chat < 0:
                    await self._let_go(chat, pieces)
                with suppress(UnknownArticleError):  # an earlier attempt has removed it
                    await house.libraries.remove(chat, [old_id])
                await house.workers.records(exchanges.forget_articles, chat, [old_id])
            await self._tell(message, pieces, receipt)

    async def _let_go(self, chat: int, pieces: Sequence[Piece]) -> None:
        """Nothing was added by these messages: they say what somebody else has sent before."""
        exchanges = self._house.store.exchanges
        for number in {piece.message_id for piece in pieces}:
            parts = await self._house.workers.records(
                exchanges.parts_of_message, chat, number, Kind.SAVE
            )
            for each in parts:
                details = {**each.details, "added": []}
                await self._house.workers.records(exchanges.change, each.id, details=details)

    def _rewritten(
        self, message: Message, stored: StoredArticle, old_text: str, pieces: list[Piece]
    ) -> tuple[Article | FailedSource, tuple[Piece, ...]]:
        """The article with the edited words, and where its messages are in it now."""
        if len(pieces) > 1 and not all(piece.end for piece in pieces):
            return FailedSource("", self._house.texts.edit_not_followed, ""), ()
        words = text_of(message)
        joined, ranges, formats, ids = "", [], [], []
        for number, each in enumerate(pieces):
            before = pieces[number - 1].end if number else 0
            joined += old_text[before : each.start]
            own = each.message_id == message.message_id
            part = words if own else old_text[each.start : each.end]
            ranges.append((len(joined), len(joined) + len(part)))
            formats.append(
                quotable_entities(message)
                if own
                else [
                    (kind, first - each.start, last - each.start)
                    for kind, first, last in each.entities
                ]
            )
            ids.append((each.chat_id, each.message_id))
            joined += part
        try:
            article = read_text(joined, self._house.libraries.settings)
        except SourceError as error:
            return FailedSource("", str(error), error.hint, error.obstacle), ()
        article = replace(
            article,
            site=stored.site,
            author=stored.author,
            published=stored.published,
            source=stored.source,
            added=stored.added,
        )
        return article, located(ids, joined, ranges, article.text, formats)

    async def _tell(self, message: Message, pieces: list[Piece], receipt: Receipt) -> None:
        """Bring the receipt up to date."""
        house, chat = self._house, message.chat.id
        assert receipt.article is not None
        exchanges = house.store.exchanges
        shown = replace(receipt, status=ReceiptStatus.ADDED)
        html = render.receipt([shown], house.texts, again=True)
        for number in {piece.message_id for piece in pieces}:
            saved = await house.workers.records(exchanges.of_message, chat, number, Kind.SAVE)
            if saved is None or tuple(saved.articles) != (receipt.article.id,):
                continue
            short = await self._adding.is_short(chat, saved.articles)
            details = {**saved.details, "maybe_question": short}
            saved = await house.workers.records(exchanges.change, saved.id, details=details)
            buttons = self._adding.buttons(saved, [shown])
            if saved.reply_id:
                await house.sender.edit(chat, saved.reply_id, html, buttons=buttons)


def _is_of_words(message: Message, piece: Piece, saved: Sequence[Exchange]) -> bool:
    """Whether a piece is of the message's words, not of what is attached or behind a link."""
    beside = message.effective_attachment is not None or any(LINK in e.details for e in saved)
    return not (beside and piece.end == 0)
