"""What one chat and one person may take of a shared bot, so that there is enough for all."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable

from bot.access import Access
from bot.telegram_settings import BotSettings

MINUTE = 60.0
DAY = 24 * 3600.0
WHILE_TYPING = 3
"""A question that is asked while it is typed is looked for as often."""
MOST_KEPT = 10_000
"""People or chats that are counted at once; who was longest silent is forgotten first."""


class Window:
    """How often something happened for each of many within the last so many seconds."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float]) -> None:
        """Allow `most` in `seconds`; any number where `most` is 0."""
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._times: OrderedDict[int, deque[float]] = OrderedDict()

    def room(self, key: int) -> int | None:
        """How many more are allowed now; None for any number."""
        if not self._most:
            return None
        times = self._times.get(key)
        if times is None:
            return self._most
        while times and times[0] <= self._clock() - self._seconds:
            times.popleft()
        return self._most - len(times)

    def count(self, key: int, times: int = 1) -> None:
        """Count what happened now."""
        if self._most:
            self._times.setdefault(key, deque()).extend([self._clock()] * times)
            self._times.move_to_end(key)
            while len(self._times) > MOST_KEPT:
                self._times.popitem(last=False)


class Fairness:
    """Counts in memory; the owner, who sets the limits, has none of a person's."""

    def __init__(
        self, settings: BotSettings, access: Access, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._settings = settings
        self._access = access
        self._of_person = Window(settings.questions_per_minute, MINUTE, clock)
        self._of_chat = Window(settings.questions_per_minute_in_chat, MINUTE, clock)
        self._typed = Window(WHILE_TYPING * settings.questions_per_minute, MINUTE, clock)
        self._articles = Window(settings.articles_per_day, DAY, clock)

    def may_ask(self, chat_id: int, user_id: int | None) -> bool:
        """Whether a question may be answered now; it is counted if so."""
        person = None if user_id is None or user_id == self._access.owner else user_id
        if person is not None and self._of_person.room(person) == 0:
            return False
        if self._of_chat.room(chat_id) == 0:
            return False
        if person is not None:
            self._of_person.count(person)
        self._of_chat.count(chat_id)
        return True

    def may_type(self, user_id: int) -> bool:
        """Whether a question may be looked for while it is typed; it is counted if so."""
        if user_id == self._access.owner:
            return True
        if self._typed.room(user_id) == 0:
            return False
        self._typed.count(user_id)
        return True

    def room_today(self, user_id: int | None) -> int | None:
        """How many more articles a person may add today; None for any number."""
        if user_id is None or user_id == self._access.owner:
            return None
        return self._articles.room(user_id)

    def added(self, user_id: int | None, articles: int) -> None:
        """Count articles that a person has added."""
        if user_id is not None and user_id != self._access.owner:
            self._articles.count(user_id, articles)

    def room_in_library(self, articles: int) -> int | None:
        """How many more a library that holds so many may take; None for any number."""
        most = self._settings.articles_per_chat
        return max(0, most - articles) if most else None
