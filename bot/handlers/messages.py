"""What a message without a command leads to: an article saved, a question answered, or both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from telegram import Document, Message, Update

from bot.addresses import beside, links_to_open
from bot.clippings import Clippings, Reading, caption_is_article
from bot.contents import file_name, is_formatted, links_of, piece_of, text_of
from bot.handlers.asking import Asking
from bot.handlers.links import Links
from bot.handlers.saving import Saving
from bot.handlers.scope import articles_replied_to
from bot.handlers.transfer import SUFFIXES, Transfer
from bot.handlers.voice import Voice
from bot.house import House
from bot.parts import item_of
from bot.routing import (
    ARTICLE_CHARACTERS,
    SHORTEST_ARTICLE,
    Incoming,
    Intent,
    question_in,
    route,
)


class Messages:
    """Decides by the pure rules of `parts` and `routing`, and has it done."""

    def __init__(
        self,
        house: House,
        saving: Saving,
        asking: Asking,
        clippings: Clippings,
        links: Links,
        voice: Voice,
        transfer: Transfer,
    ) -> None:
        self._house = house
        self._saving = saving
        self._asking = asking
        self._clippings = clippings
        self._links = links
        self._voice = voice
        self._transfer = transfer

    async def received(self, update: Update, context: object) -> None:
        """A message, with those that belong to it."""
        if update.message is None:
            return
        async with self._house.sender.typing(update.message.chat.id):
            messages = await self._house.turns.gather(update)
            alone = messages[0] if len(messages) == 1 else None
            if alone and (alone.forward_origin is None or alone.document):
                await self.single(alone)
            else:
                await self._several(messages)

    async def single(self, message: Message) -> None:
        """A message by itself."""
        if message.voice is not None:
            await self._voice.received(message)
        elif message.document is not None:
            await self._document(message, message.document)
        else:
            await self._words(message)

    def links_of(self, message: Message) -> list[str]:
        """The links that a message is about, if it is about links."""
        text, known = text_of(message), links_of(message)
        most = SHORTEST_ARTICLE if message.forward_origin else ARTICLE_CHARACTERS
        return links_to_open(text, known) if len(beside(text, known)) <= most else []

    async def _document(self, message: Message, document: Document) -> None:
        if file_name(document).lower().endswith(SUFFIXES):
            await self._transfer.take_in(message, document)
            return
        forwarded = message.forward_origin is not None
        question = None if forwarded else question_in(text_of(message))
        await self._save(message, [partial(self._clippings.read, [message])], question)

    async def _words(self, message: Message) -> None:
        """A text, or a picture with words beside it."""
        text, addresses = text_of(message), links_of(message)
        scope = await articles_replied_to(self._house, message)
        chosen = route(
            Incoming(
                text=text,
                links=addresses,
                formatted=is_formatted(message),
                replies_to_article=bool(scope),
            )
        )
        keeps = chosen.intent in (Intent.SAVE, Intent.BOTH)
        links = self.links_of(message) if keeps else []
        if links:
            await self._save_links(message, links, chosen.question)
        elif message.photo and not caption_is_article([text]):
            reading = partial(self._clippings.read, [message])
            await self._save(message, [reading], question_in(text))
        elif _has_media(message) and not keeps:
            # Words beside a picture are an article or about what cannot be read.
            await self._house.sender.send(message.chat.id, self._house.texts.nothing_to_read)
        elif chosen.intent is Intent.ASK:
            await self._asking.ask(
                message.chat.id,
                message.message_id,
                chosen.question or text,
                scope,
                doubtful=chosen.doubtful,
            )
        elif chosen.intent is Intent.BOTH and chosen.body and not addresses:
            body = partial(self._clippings.words, message.chat.id, message.message_id, chosen.body)
            await self._save(message, [body], chosen.question)
        elif keeps:
            await self._save(message, [partial(self._clippings.read, [message])], chosen.question)
        else:
            await self._say(message, chosen.intent)

    async def _several(self, messages: Sequence[Message]) -> None:
        """Pieces of a paste, an album, forwards, with a comment or without."""
        by_id = {message.message_id: message for message in messages}
        item = item_of([piece_of(message) for message in messages])
        comment = by_id[item.comment] if item.comment is not None else None
        # The caption of a forward is not the words of who forwards it.
        own = [message for message in messages if message.forward_origin is None]
        words = text_of(comment) if comment else _caption(own)
        question = question_in(words)
        found: list[int] = []
        whole: list[tuple[int, ...]] = []
        asked = question is not None
        linked = [(comment.message_id, self.links_of(comment))] if comment else []
        for numbers in item.articles:
            if links := self._linked(numbers, by_id):
                linked.append((numbers[0], links))
            else:
                whole.append(numbers)
        linked = [(number, links) for number, links in linked if links]
        for number, links in linked:
            found += await self._links.save(by_id[number], links, asked=asked)
        if whole:
            readings = [
                partial(self._clippings.read, [by_id[number] for number in article])
                for article in whole
            ]
            first = messages[0].message_id
            if any(number == first for number, _ in linked):
                first = whole[0][0]  # the first has receipts of its own
            exchange = await self._saving.save(
                messages[0].chat.id,
                first,
                readings,
                asked=asked,
                receipt_to=whole[0][0],
            )
            found += exchange.articles
        if question and found:
            asker = comment or messages[0]
            await self._asking.ask(asker.chat.id, asker.message_id, question, found)

    def _linked(self, article: Sequence[int], by_id: Mapping[int, Message]) -> list[str]:
        """The links that a forward is about."""
        first = by_id[article[0]]
        alone = len(article) == 1 and first.document is None
        return self.links_of(first) if alone and first.forward_origin else []

    async def _save_links(
        self, message: Message, links: Sequence[str], question: str | None
    ) -> None:
        """Save what is behind links, then answer a question that was asked of it."""
        articles = await self._links.save(message, links, asked=question is not None)
        if question and articles:
            await self._asking.ask(message.chat.id, message.message_id, question, articles)

    async def _save(
        self, message: Message, readings: Sequence[Reading], question: str | None = None
    ) -> None:
        """Save what came with a message, then answer the question that was asked of it."""
        chat, number = message.chat.id, message.message_id
        exchange = await self._saving.save(chat, number, readings, asked=question is not None)
        if question and exchange.articles:
            await self._asking.ask(chat, number, question, exchange.articles)

    async def _say(self, message: Message, intent: Intent) -> None:
        texts = self._house.texts
        said = {Intent.GREETING: texts.greeting, Intent.THANKS: texts.thanks}
        await self._house.sender.send(message.chat.id, said.get(intent, texts.unclear))


def _has_media(message: Message) -> bool:
    """Whether there is something in it that is not text: a picture, a film, a place."""
    return message.effective_attachment is not None


def _caption(messages: Sequence[Message]) -> str:
    return next((message.caption for message in messages if message.caption), "")
