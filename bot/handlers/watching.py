"""Standing questions: asked again of every new article, for as long as a chat likes."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Message, Update

from bot.handlers.pressed import Pressed, data, keyboard, pressed
from bot.handlers.reach import library_of, title_of
from bot.house import House
from bot.markup import bold, fill, italic, line
from bot.sending import Reply
from bot.standing import digest, is_confident
from bot.store.records import Watch
from index import QuestionError

QUESTION_ROOM = 300
BUTTONS_IN_A_ROW = 4


@dataclass(frozen=True, slots=True)
class Wanted:
    """A standing question that somebody would like to have."""

    message: Message
    user_id: int
    library: int
    question: str


class Watching:
    """/watch: takes standing questions, lists them, and stops them."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def watch(self, update: Update, context: object) -> None:
        """/watch QUESTION, or /watch by itself for a list"""
        message, user = update.message, update.effective_user
        if message is None or user is None:
            return
        question = " ".join((message.text or "").split()[1:])
        if not question:
            await self._list(message.chat.id, message.message_id)
            return
        library = await library_of(self._house, message.chat.id)
        if library is not None:
            await self._begin(Wanted(message, user.id, library, question))

    async def stop(self, update: Update, context: object) -> None:
        """The button "Stop": of who asked the question, and of administrators."""
        press = pressed(update)
        if press is None:
            return
        house, texts = self._house, self._house.texts
        watches = house.store.watches
        watch = await house.workers.records(watches.find, press.chat_id, press.numbers[0])
        if watch is None:
            await house.sender.acknowledge(press.query, texts.alert_watch_gone)
            return
        if not await self._may_stop(press, watch):
            await house.sender.acknowledge(press.query, texts.alert_not_yours, alert=True)
            return
        await house.workers.records(watches.remove, press.chat_id, watch.id)
        await house.sender.acknowledge(press.query)
        said = fill(texts.watch_stopped, words=watch.question)
        await house.sender.send(press.chat_id, said)

    async def _may_stop(self, press: Pressed, watch: Watch) -> bool:
        if press.in_private or press.user_id == watch.user_id:
            return True
        return await self._house.rights.runs(press.chat_id, press.user_id)

    async def _begin(self, wanted: Wanted) -> None:
        house, texts, chat = self._house, self._house.texts, wanted.message.chat.id
        reply = Reply(wanted.message.message_id)
        watches = await house.workers.records(house.store.watches.of_chat, chat)
        known = next((each for each in watches if _same(each, wanted)), None)
        most = house.settings.watches_per_chat
        if known is None and most and len(watches) >= most:
            said = fill(texts.watch_limit, count=most)
            await house.sender.send(chat, said, reply=reply)
            return
        if not house.fairness.may_ask(chat, wanted.user_id):
            await house.sender.send(chat, texts.limit_questions, reply=reply)
            return
        async with house.sender.typing(chat):
            newest = await house.libraries.newest(wanted.library)
            try:
                answer = await house.libraries.ask(wanted.library, wanted.question)
            except QuestionError:
                await house.sender.send(chat, texts.watch_too_long, reply=reply)
                return
            told = [digest(answer)] if is_confident(answer) else []
            watch = known
            if watch is None:
                watch = await house.workers.records(
                    house.store.watches.add,
                    chat,
                    wanted.user_id,
                    wanted.library,
                    wanted.question,
                    thread_id=_topic(wanted.message),
                    checked=newest,
                    told=told,
                )
            said = fill(texts.watch_begun, words=watch.question)
            if told:
                said += "\n\n" + fill(texts.watch_so_far, words=answer.answer or "")
            if title := title_of(house, chat, wanted.library):
                said += "\n" + italic(fill(texts.from_library, title=title))
            stop = (texts.button_stop, data("unwatch", watch.id))
            await house.sender.send(chat, said, reply=reply, buttons=keyboard([stop]))

    async def _list(self, chat_id: int, message_id: int) -> None:
        house, texts = self._house, self._house.texts
        watches = await house.workers.records(house.store.watches.of_chat, chat_id)
        reply = Reply(message_id)
        if not watches:
            await house.sender.send(chat_id, texts.watch_how, reply=reply)
            return
        room = min(QUESTION_ROOM, 3000 // len(watches))
        lines = [bold(texts.watch_heading)]
        lines += [
            f"{number}. {line(watch.question, room)}" for number, watch in enumerate(watches, 1)
        ]
        stops: list[tuple[str, str] | None] = [
            (f"{texts.button_stop} {number}", data("unwatch", watch.id))
            for number, watch in enumerate(watches, 1)
        ]
        rows = [stops[at : at + BUTTONS_IN_A_ROW] for at in range(0, len(stops), BUTTONS_IN_A_ROW)]
        await house.sender.send(chat_id, "\n".join(lines), reply=reply, buttons=keyboard(*rows))


def _same(watch: Watch, wanted: Wanted) -> bool:
    words = watch.question.casefold().rstrip("? ") == wanted.question.casefold().rstrip("? ")
    return words and watch.library == wanted.library


def _topic(message: Message) -> int | None:
    return message.message_thread_id if message.is_topic_message else None
