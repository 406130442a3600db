"""Who may talk to the bot. Closed by default; asked before anything else is done or stored."""

from __future__ import annotations

import hmac
import logging
import secrets

from telegram import Message, Update, User

from bot.addressed import speaks_to
from bot.chats import Chats
from bot.moves import move_in
from bot.store.records import Person, Role
from bot.store.store import Store
from bot.telegram_settings import BotSettings
from bot.workers import Workers

log = logging.getLogger(__name__)


class Access:
    """The owner and those let in, known in memory; changes are stored.

    In a group or channel that somebody who may talk to the bot has brought it to, everybody may.
    """

    def __init__(self, settings: BotSettings, store: Store, workers: Workers, chats: Chats) -> None:
        self._settings = settings
        self._store = store
        self._workers = workers
        self._chats = chats
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

        In a private chat, and in what is asked inline, that is the person. A group or a channel
        is as it is known, and what has been a group as that was; in one that is not admitted only
        somebody who may talk to the bot counts, who brings it there or speaks to it.
        """
        chat, message, user = update.effective_chat, update.effective_message, update.effective_user
        if chat is None or chat.type == chat.PRIVATE:
            return user is not None and not user.is_bot and self.admits_person(user.id)
        if message and not update.callback_query and _is_of_a_bot(message):
            return False
        if self._admitted(chat.id):
            return True
        if update.my_chat_member:
            return self._open or (not update.my_chat_member.from_user.is_bot and self._knows(user))
        if message is None or update.message is None:
            return False
        move = move_in(message)
        if move and self._admitted(move[0]):
            return True
        return message.sender_chat is None and self._knows(user) and _is_spoken_to(message)

    def _admitted(self, chat_id: int) -> bool:
        known = self._chats.get(chat_id)
        return known is not None and known.admitted

    def _knows(self, user: User | None) -> bool:
        return user is not None and self.admits_person(user.id)

    @property
    def _open(self) -> bool:
        return self._settings.access == "everyone"

    def admits_person(self, user_id: int) -> bool:
        """Whether this person may talk to the bot."""
        return self._open or user_id == self.owner or user_id in self._people

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


def _is_of_a_bot(message: Message) -> bool:
    """Not so what is said in a chat's name, which Telegram sends under the name of a bot."""
    user = message.from_user
    return user is not None and user.is_bot and message.sender_chat is None


def _is_spoken_to(message: Message) -> bool:
    try:
        bot = message.get_bot()
        return speaks_to(message, bot.id, bot.username)
    except RuntimeError:  # nobody has asked yet who the bot is
        return False
