"""The chats that the bot is in, known in memory; changes are stored."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from telegram import Chat, ChatFullInfo, Update

from bot.occasion import Occasion
from bot.store.records import ChatKind, ChatSettings, KnownChat
from bot.store.store import Store
from bot.tongues import texts_in
from bot.workers import Workers


class Chats:
    """What is known of each chat."""

    def __init__(self, store: Store, workers: Workers) -> None:
        self._store = store
        self._workers = workers
        self._known: dict[int, KnownChat] = {}

    async def load(self) -> None:
        """Read what is stored."""
        known = await self._workers.records(self._store.chats.all)
        self._known = {chat.chat_id: chat for chat in known}

    def get(self, chat_id: int) -> KnownChat | None:
        """What is known of a chat."""
        return self._known.get(chat_id)

    def settings(self, chat_id: int) -> ChatSettings:
        """How a chat is set; the defaults for one that is not known."""
        known = self._known.get(chat_id)
        return known.settings if known else ChatSettings()

    def shared(self) -> list[KnownChat]:
        """The groups and channels that the bot works in, by their titles."""
        found = [
            chat
            for chat in self._known.values()
            if chat.is_shared and chat.active and chat.admitted
        ]
        return sorted(found, key=lambda chat: (chat.title.casefold(), chat.chat_id))

    def any_called(self, title: str | None, kind: ChatKind) -> bool:
        """Whether the bot works in a chat of this kind with this title."""
        return any(chat.kind is kind and chat.title == title for chat in self.shared())

    def left(self, before: float) -> list[KnownChat]:
        """The groups and channels that the bot is not in since some time `before` (Unix)."""
        return [
            chat
            for chat in self._known.values()
            if chat.is_shared and not chat.active and chat.since < before
        ]

    async def note(self, chat: Chat | ChatFullInfo, **values: Any) -> KnownChat:
        """Remember what a chat is and is called, with other values: active, admitted."""
        told = {
            "kind": ChatKind(chat.type),
            "title": chat.title or "",
            "username": chat.username if chat.type != chat.PRIVATE else None,
            **values,
        }
        known = self._known.get(chat.id)
        if known is None or any(getattr(known, name) != value for name, value in told.items()):
            known = await self._workers.records(self._store.chats.note, chat.id, **told)
            self._known[chat.id] = known
        return known

    async def mark(self, chat_id: int, **values: bool) -> None:
        """Note whether the bot can write to a chat, and may work there: active, admitted."""
        known = await self._workers.records(self._store.chats.note, chat_id, **values)
        self._known[chat_id] = known

    async def move(self, old: int, new: int) -> None:
        """Know a group by its new number, once it has become a supergroup."""
        await self._workers.records(self._store.move_chat, old, new)
        await self.load()

    async def set(self, chat_id: int, **settings: Any) -> ChatSettings:
        """Change how a chat is set: language, zone, quiet, using, spoken."""
        known = self._known.get(chat_id)
        if known is None:
            known = await self._workers.records(self._store.chats.note, chat_id)
        chosen = replace(known.settings, **settings)
        await self._workers.records(self._store.chats.set, chat_id, chosen)
        self._known[chat_id] = replace(known, settings=chosen)
        return chosen

    def forgotten(self, chat_id: int) -> None:
        """Know nothing of a chat any more; call it when the store has forgotten it."""
        self._known.pop(chat_id, None)

    def occasion(self, chat_id: int, thread_id: int | None = None, spoken: str = "") -> Occasion:
        """How to speak in a chat, in one of its topics; `spoken` is a person's own language."""
        settings = self.settings(chat_id)
        language = settings.language or spoken or settings.spoken
        texts = texts_in(language, settings.zone, in_group=chat_id < 0)
        return Occasion(texts, chat_id, thread_id)

    def occasion_of(self, update: Update) -> Occasion:
        """How to speak to whom an update is from, and where."""
        user, chat, message = update.effective_user, update.effective_chat, update.effective_message
        if chat is None:
            chosen = self.settings(user.id) if user else ChatSettings()
            spoken = (user and user.language_code) or ""
            return Occasion(texts_in(chosen.language or spoken or chosen.spoken, chosen.zone))
        alone = chat.type == chat.PRIVATE
        spoken = (user.language_code or "") if user and alone else ""
        topic = message.message_thread_id if message and message.is_topic_message else None
        return self.occasion(chat.id, topic, spoken)
