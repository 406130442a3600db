"""Who may talk to the bot. Closed by default; asked before anything else is done or stored."""

from __future__ import annotations

import hmac
import logging
import secrets

from telegram import Update, User

from bot.store.records import Person, Role
from bot.store.store import Store
from bot.telegram_settings import BotSettings
from bot.workers import Workers

log = logging.getLogger(__name__)


class Access:
    """The owner and those let in, known in memory; changes are stored."""

    def __init__(self, settings: BotSettings, store: Store, workers: Workers) -> None:
        self._settings = settings
        self._store = store
        self._workers = workers
        self._people: dict[int, Person] = {}
        self._claim: str | None = None

    async def load(self) -> None:
        """Read who is known; with no owner, think of a code for who becomes it."""
        if self._settings.owner:
            owner = Person(self._settings.owner, "", Role.OWNER)
            await self._workers.records(self._store.claim, owner)
        people = await self._workers.records(self._store.people)
        # Who claimed the bot is nobody to it when the settings name another as its owner.
        self._people = {
            person.user_id: person
            for person in people
            if person.role is not Role.OWNER or self._settings.owner in (0, person.user_id)
        }
        if self.owner is None:
            self._claim = secrets.token_urlsafe(9)

    @property
    def owner(self) -> int | None:
        """The id of the owner; the settings go before what was claimed."""
        if self._settings.owner:
            return self._settings.owner
        return next(
            (person.user_id for person in self._people.values() if person.role is Role.OWNER), None
        )

    @property
    def claim_code(self) -> str | None:
        """The one-time code that makes who sends it the owner; None once there is one."""
        return self._claim

    @property
    def people(self) -> list[Person]:
        """Everybody who was let in, without the owner."""
        return [person for person in self._people.values() if person.user_id != self.owner]

    def admits(self, update: Update) -> bool:
        """Whether this update comes from somebody who may talk to the bot.

        In a private chat, that is the person; what has no person behind it is not admitted.
        """
        user = update.effective_user
        if user is None or user.is_bot:
            return False
        return self.admits_person(user.id)

    def admits_person(self, user_id: int) -> bool:
        """Whether this person may talk to the bot."""
        return (
            self._settings.access == "everyone" or user_id == self.owner or user_id in self._people
        )

    async def claim(self, user: User, code: str) -> bool:
        """Make who knows the code the owner, once."""
        if self._claim is None or not hmac.compare_digest(code.encode(), self._claim.encode()):
            return False
        person = Person(user.id, user.full_name, Role.OWNER)
        if not await self._workers.records(self._store.claim, person):
            return False
        self._claim = None
        self._people[user.id] = person
        log.info("owner claimed", extra={"user": user.id})
        return True

    async def let_in(self, user_id: int, name: str) -> None:
        """Let a person in."""
        person = Person(user_id, name, Role.ALLOWED)
        await self._workers.records(self._store.admit, person)
        self._people.setdefault(user_id, person)
        log.info("person let in", extra={"user": user_id})

    async def send_away(self, user_id: int) -> bool:
        """Let a person in no longer; False when they were not let in."""
        if not await self._workers.records(self._store.dismiss, user_id):
            return False
        self._people.pop(user_id, None)
        return True
