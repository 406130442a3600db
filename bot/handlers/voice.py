"""A spoken question is answered as a typed one is."""

from __future__ import annotations

from telegram import Message

from bot.attachments import LONGEST_VOICE, Attachments, TooLargeToDownload
from bot.handlers.asking import Asking
from bot.handlers.scope import articles_replied_to, speaker_of
from bot.house import House
from bot.markup import fill
from bot.sending import Reply
from bot.store.records import Kind
from index import SourceError


class Voice:
    """Listens to voice messages."""

    def __init__(self, house: House, asking: Asking, attachments: Attachments) -> None:
        self._house = house
        self._asking = asking
        self._attachments = attachments

    async def received(self, message: Message) -> None:
        """A voice message of somebody's own."""
        house, texts, chat = self._house, self._house.texts, message.chat.id
        number = message.message_id
        voice = message.voice
        if voice is None:
            return
        before = await house.workers.records(
            house.store.exchanges.of_message, chat, number, Kind.ASK
        )
        if before and before.told:
            return
        # The attribute changes its type between versions of the library.
        seconds = voice.to_dict()["duration"]
        refused = ""
        if seconds > LONGEST_VOICE:
            refused = fill(texts.voice_too_long, count=LONGEST_VOICE)
        else:
            async with house.sender.typing(chat):
                try:
                    words = await self._attachments.voice(voice)
                except TooLargeToDownload:
                    refused = fill(texts.voice_too_long, count=LONGEST_VOICE)
                except SourceError as error:
                    refused = " ".join(texts.refused(error.obstacle))
        if refused:
            await house.sender.send(chat, refused, reply=Reply(number))
            return
        scope = await articles_replied_to(house, message)
        await self._asking.ask(chat, number, words, scope, heard=True, by=speaker_of(message))
