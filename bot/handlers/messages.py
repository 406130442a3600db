"""What a message without a command leads to: an article saved, a question answered, or both."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from telegram import Message, Update

from bot.clippings import Clippings, Reading
from bot.contents import file_name, is_formatted, links_of, piece_of, text_of
from bot.handlers.asking import Asking
from bot.handlers.saving import Saving
from bot.handlers.scope import articles_replied_to
from bot.handlers.transfer import SUFFIXES, Transfer
from bot.house import House
from bot.parts import item_of
from bot.routing import ARTICLE_CHARACTERS, Incoming, Intent, question_in, route


class Messages:
    """Decides by the pure rules of `parts` and `routing`, and has it done."""

    def __init__(
        self,
        house: House,
        saving: Saving,
        asking: Asking,
        clippings: Clippings,
        transfer: Transfer,
    ) -> None:
        self._house = house
        self._saving = saving
        self._asking = asking
        self._clippings = clippings
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
        document = message.document
        if document is not None:
            if file_name(document).lower().endswith(SUFFIXES):
                await self._transfer.take_in(message, document)
            else:
                forwarded = message.forward_origin is not None
                question = None if forwarded else question_in(text_of(message))
                await self._save(message, [partial(self._clippings.read, [message])], question)
            return
        text = text_of(message)
        addresses = links_of(message)
        scope = await articles_replied_to(self._house, message)
        chosen = route(
            Incoming(
                text=text,
                links=addresses,
                formatted=is_formatted(message),
                replies_to_article=bool(scope),
            )
        )
        if _has_media(message) and (chosen.intent is not Intent.SAVE or addresses):
            # Words beside a picture are an article or about what cannot be read.
            await self._house.sender.send(message.chat.id, self._house.texts.nothing_to_read)
            return
        asked = chosen.intent is Intent.BOTH
        links = [partial(self._clippings.link, address, asked=asked) for address in addresses]
        if chosen.intent is Intent.ASK:
            await self._asking.ask(
                message.chat.id,
                message.message_id,
                chosen.question or text,
                scope,
                doubtful=chosen.doubtful,
            )
        elif chosen.intent is Intent.BOTH and chosen.body and not links:
            body = partial(self._clippings.words, message.chat.id, message.message_id, chosen.body)
            await self._save(message, [body], chosen.question)
        elif chosen.intent in (Intent.BOTH, Intent.SAVE):
            few_words = len(_without(text, addresses)) <= ARTICLE_CHARACTERS
            sources = links if links and few_words else [partial(self._clippings.read, [message])]
            await self._save(message, sources, chosen.question, anyway=bool(links))
        else:
            await self._say(message, chosen.intent)

    async def _several(self, messages: Sequence[Message]) -> None:
        """Pieces of a paste, an album, forwards, with a comment or without."""
        by_id = {message.message_id: message for message in messages}
        item = item_of([piece_of(message) for message in messages])
        readings = [
            partial(self._clippings.read, [by_id[number] for number in article])
            for article in item.articles
        ]
        comment = by_id[item.comment] if item.comment is not None else None
        # The caption of a forward is not the words of who forwards it.
        own = [message for message in messages if message.forward_origin is None]
        words = text_of(comment) if comment else _caption(own)
        await self._save(
            messages[0],
            readings,
            question_in(words),
            asking=comment,
            receipt_to=item.articles[0][0],
        )

    async def _save(
        self,
        message: Message,
        readings: Sequence[Reading],
        question: str | None = None,
        *,
        asking: Message | None = None,
        receipt_to: int | None = None,
        anyway: bool = False,
    ) -> None:
        """Save, then answer the question that the message `asking` asks of what was saved.

        What could not be saved is not asked, unless the question is asked of the others `anyway`.
        """
        chat, number = message.chat.id, message.message_id
        exchange = await self._saving.save(
            chat, number, readings, asked=question is not None, receipt_to=receipt_to
        )
        if question and (exchange.articles or anyway):
            asker = asking.message_id if asking else number
            await self._asking.ask(chat, asker, question, exchange.articles)

    async def _say(self, message: Message, intent: Intent) -> None:
        texts = self._house.texts
        said = {Intent.GREETING: texts.greeting, Intent.THANKS: texts.thanks}
        await self._house.sender.send(message.chat.id, said.get(intent, texts.unclear))


def _has_media(message: Message) -> bool:
    """Whether there is something in it that is not text: a picture, a voice, a place."""
    return message.effective_attachment is not None


def _without(text: str, links: Sequence[str]) -> str:
    for link in links:
        text = text.replace(link, "")
    return text.strip()


def _caption(messages: Sequence[Message]) -> str:
    return next((message.caption for message in messages if message.caption), "")
