"""What a message without a command leads to: an article saved, a question answered, or both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from telegram import Document, Message, Update

from bot.addresses import beside, links_to_open
from bot.clippings import Clippings, Reading, caption_is_article
from bot.contents import file_name, is_formatted, links_of, piece_of, text_of
from bot.handlers.asking import Asking
from bot.handlers.channels import Channels
from bot.handlers.followups import follows_on
from bot.handlers.links import Links
from bot.handlers.saving import Saving
from bot.handlers.scope import articles_replied_to, speaker_of
from bot.handlers.transfer import SUFFIXES, Transfer
from bot.handlers.voice import Voice
from bot.house import House
from bot.mentions import is_from
from bot.parts import Item, Piece, item_of
from bot.routing import (
    ARTICLE_CHARACTERS,
    SHORTEST_ARTICLE,
    Incoming,
    Intent,
    question_in,
    route,
)
from bot.sending import Reply


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
        channels: Channels,
    ) -> None:
        self._house = house
        self._saving = saving
        self._asking = asking
        self._clippings = clippings
        self._links = links
        self._voice = voice
        self._transfer = transfer
        self._channels = channels

    async def received(self, update: Update, context: object) -> None:
        """A message, with those that belong to it."""
        if update.message is None or is_from(update.message.via_bot, update.message):
            return
        async with self._house.sender.typing(update.message.chat.id):
            messages = await self._house.turns.gather(update)
            messages = await self._channels.take_posts(messages)
            if messages:
                await self.deal(messages, [piece_of(message) for message in messages])

    async def deal(self, messages: Sequence[Message], pieces: Sequence[Piece]) -> None:
        """Messages that are one item; `pieces` are theirs as they were sent."""
        alone = messages[0] if len(messages) == 1 else None
        if alone and (alone.forward_origin is None or alone.document):
            await self.single(alone)
        else:
            await self._several(messages, item_of(pieces))

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
        house, name = self._house, file_name(document).lower()
        if name.endswith((*SUFFIXES, ".json")):
            chat, user, sender = message.chat, message.from_user, message.sender_chat
            manages = await house.rights.may_manage(chat, user, sender)
            if name.endswith(SUFFIXES):
                if manages:
                    await self._transfer.take_in(message, document)
                else:
                    await self._tell(message, house.texts.alert_administrators_only)
                return
            if manages and await self._transfer.take_in_export(message, document):
                return
        forwarded = message.forward_origin is not None
        question = None if forwarded else question_in(text_of(message))
        await self._save(message, [partial(self._clippings.read, [message])], question)

    async def _words(self, message: Message) -> None:
        """A text, or a picture with words beside it."""
        text, addresses = text_of(message), links_of(message)
        scope = await articles_replied_to(self._house, message)
        incoming = Incoming(
            text=text,
            links=addresses,
            formatted=is_formatted(message),
            replies_to_article=bool(scope),
        )
        chosen = route(incoming)
        if chosen.intent is Intent.UNCLEAR and await follows_on(self._house, message, scope):
            chosen = route(replace(incoming, replies_to_article=True))  # "And when?"
        keeps = chosen.intent in (Intent.SAVE, Intent.BOTH)
        links = self.links_of(message) if keeps else []
        if links:
            await self._save_links(message, links, chosen.question)
        elif message.photo and not caption_is_article([text]):
            reading = partial(self._clippings.read, [message])
            await self._save(message, [reading], question_in(text))
        elif _has_media(message) and not keeps:
            # Words beside a picture are an article or about what cannot be read.
            await self._tell(message, self._house.texts.nothing_to_read)
        elif chosen.intent is Intent.ASK:
            question = chosen.question or text
            await self._ask(message, question, scope, doubtful=chosen.doubtful)
        elif chosen.intent is Intent.BOTH and chosen.body and not addresses:
            body = partial(self._clippings.words, message.chat.id, message.message_id, chosen.body)
            await self._save(message, [body], chosen.question)
        elif keeps:
            await self._save(message, [partial(self._clippings.read, [message])], chosen.question)
        else:
            await self._say(message, chosen.intent)

    async def _several(self, messages: Sequence[Message], item: Item) -> None:
        """Pieces of a paste, an album, forwards, with a comment or without."""
        by_id = {message.message_id: message for message in messages}
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
                by_id[first], readings, asked=asked, receipt_to=whole[0][0]
            )
            found += exchange.articles
        if question and found:
            await self._ask(comment or messages[0], question, found)

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
            await self._ask(message, question, articles)

    async def _save(
        self, message: Message, readings: Sequence[Reading], question: str | None = None
    ) -> None:
        """Save what came with a message, then answer the question that was asked of it."""
        exchange = await self._saving.save(message, readings, asked=question is not None)
        if question and exchange.articles:
            await self._ask(message, question, exchange.articles)

    async def _ask(
        self,
        message: Message,
        question: str,
        articles: Sequence[int],
        *,
        doubtful: bool = False,
    ) -> None:
        await self._asking.ask(
            message.chat.id,
            message.message_id,
            question,
            articles,
            doubtful=doubtful,
            by=speaker_of(message),
        )

    async def _say(self, message: Message, intent: Intent) -> None:
        texts = self._house.texts
        said = {Intent.GREETING: texts.greeting, Intent.THANKS: texts.thanks}
        await self._tell(message, said.get(intent, texts.unclear))

    async def _tell(self, message: Message, text: str) -> None:
        """Say something to somebody; in a group it is shown to whom."""
        alone = message.chat.type == message.chat.PRIVATE
        reply = None if alone else Reply(message.message_id)
        await self._house.sender.send(message.chat.id, text, reply=reply)


def _has_media(message: Message) -> bool:
    """Whether there is something in it that is not text: a picture, a film, a place."""
    return message.effective_attachment is not None


def _caption(messages: Sequence[Message]) -> str:
    return next((message.caption for message in messages if message.caption), "")
