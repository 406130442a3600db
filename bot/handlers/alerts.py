"""Chats are told when a new article answers a standing question of theirs."""

from __future__ import annotations

import asyncio
import logging

from telegram.error import Forbidden, TelegramError

from bot.handlers.answering import Answering
from bot.handlers.pressed import data, keyboard
from bot.handlers.reach import Reach, reach, title_of
from bot.house import House
from bot.markup import fill
from bot.occasion import speaking
from bot.quoting import quote_of
from bot.remembered import remember
from bot.standing import digest, is_confident, remembered
from bot.store.exchanges import ExchangeGone
from bot.store.records import Exchange, Kind, Watch
from index import Answer, CuttingsError, UnknownArticleError

log = logging.getLogger(__name__)

PAUSE = 1.0
"""Seconds in which articles that come together are waited for."""
TRIES = 3


class Alerts:
    """Asks standing questions of what is new, one library after another."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._answering = Answering(house)

    async def run(self) -> None:
        """Look at each library that grows, for good; first at what came while nobody looked."""
        house = self._house
        for library in await house.workers.records(house.store.watches.libraries):
            await self.look(library)
        while True:
            grown = {await house.libraries.grown.get()}
            await asyncio.sleep(PAUSE)
            while not house.libraries.grown.empty():
                grown.add(house.libraries.grown.get_nowait())
            for library in sorted(grown):
                await self.look(library)

    async def look(self, library: int) -> None:
        """Ask a library's standing questions of the articles they were not asked of yet."""
        house = self._house
        try:
            for watch in await house.workers.records(house.store.watches.of_library, library):
                await self._ask(watch)
        except (CuttingsError, ExchangeGone, TelegramError) as error:
            # What was not asked now is asked when the library grows again, or at the next start.
            log.warning("standing question not asked", extra={"chat": library}, exc_info=error)

    async def _ask(self, watch: Watch) -> None:
        house, chat = self._house, watch.chat_id
        known = house.chats.get(chat)
        if known is None or not known.active:
            return
        if chat > 0 and not house.access.admits_person(chat):
            return  # they were sent away
        with speaking(house.chats.occasion(chat, watch.thread_id)):
            if not await self._may_read(watch):
                return
            new, answer = await self._answer(watch)
            if answer is None:
                return
            told = watch.told
            if is_confident(answer) and digest(answer) not in told:
                try:
                    await self._tell(watch, max(new), answer)
                except Forbidden:
                    await house.chats.mark(chat, active=False)
                    return
                told = remembered(told, digest(answer))
            await house.workers.records(
                house.store.watches.note, watch.id, checked=max(new), told=told
            )

    async def _answer(self, watch: Watch) -> tuple[list[int], Answer | None]:
        """The answer of what is new, if anything is, and which articles those are."""
        libraries = self._house.libraries
        for _ in range(TRIES):
            new = await libraries.newer(watch.library, watch.checked)
            if not new:
                break
            try:
                return new, await libraries.ask(watch.library, watch.question, new)
            except UnknownArticleError:
                continue  # one of them was removed just now
        return [], None

    async def _may_read(self, watch: Watch) -> bool:
        """Whether who asked may still read the library; one that they may not is forgotten."""
        house = self._house
        if watch.library == watch.chat_id:
            return True
        found = await reach(house, watch.library, watch.user_id)
        if found is Reach.CLOSED:
            await house.workers.records(house.store.watches.remove, watch.chat_id, watch.id)
            title = title_of(house, watch.chat_id, watch.library)
            said = fill(house.texts.watch_ended, title=title, words=watch.question)
            await house.sender.send(watch.chat_id, said)
        return found is Reach.OPEN

    async def _tell(self, watch: Watch, newest: int, answer: Answer) -> None:
        """Say what a new article answers, as an answer whose buttons work."""
        house, texts, chat = self._house, self._house.texts, watch.chat_id
        details = {
            **remember(answer),
            "by": watch.user_id,
            "standing": True,
            **({"library": watch.library} if watch.library != chat else {}),
        }
        exchange: Exchange = await house.workers.records(
            house.store.exchanges.begin,
            chat,
            -watch.id,  # no message of anybody's
            Kind.ASK,
            question=watch.question,
            part=newest,
            details=details,
        )
        if exchange.told:
            return
        html = await self._answering.rendered(exchange, answer)
        reply = await quote_of(house, chat, answer) if watch.library == chat else None
        stop = (texts.button_stop, data("unwatch", watch.id))
        above = self._answering.rows(exchange, answer)
        sent = await house.sender.send(chat, html, reply=reply, buttons=keyboard(*above, [stop]))
        await house.workers.records(
            house.store.exchanges.change, exchange.id, reply_id=sent, told=True
        )
        log.info("standing question answered", extra={"chat": chat})
