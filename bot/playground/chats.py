"""Chats and what was said in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.playground.messages import Message
from bot.playground.people import Person
from bot.playground.standing import LEFT, Standing
from bot.playground.values import Json


@dataclass(slots=True)
class Chat:
    """A private chat with the bot, a group (basic or super) or a channel."""

    id: int
    kind: str
    title: str | None = None
    person: Person | None = None
    """The other side of a private chat."""
    standings: dict[int, Standing] = field(default_factory=dict)
    """How everybody stands who ever was in it."""
    username: str | None = None
    topics: dict[int, str] | None = None
    """The names of a forum's topics by the id of their thread; None: it has no topics."""
    signs: bool = False
    """Whether the posts of a channel tell who wrote them."""
    messages: dict[int, Message] = field(default_factory=dict)
    last_id: int = 0
    """The last message id of a supergroup or channel; all other chats share one count."""
    started: bool = False
    """Whether the person has written to the bot."""
    became: int | None = None
    """The id of the supergroup that took the place of this basic group."""

    @property
    def is_private(self) -> bool:
        """Whether nobody but one person and the bot is in it."""
        return self.kind == "private"

    @property
    def is_channel(self) -> bool:
        """Whether its administrators post and all others read."""
        return self.kind == "channel"

    @property
    def counts_alone(self) -> bool:
        """Whether its messages have a count of their own."""
        return self.kind in ("supergroup", "channel")

    @property
    def members(self) -> list[int]:
        """Who is in it."""
        return [one for one, standing in self.standings.items() if standing.is_in]

    def standing(self, user_id: int) -> Standing:
        """How somebody stands in it."""
        return self.standings.get(user_id, LEFT)

    def view(self) -> Json:
        """As a Chat of the Bot API."""
        view: Json = {"id": self.id}
        if self.person is not None:
            person = self.person.view()
            view.update({n: person[n] for n in ("first_name", "username") if n in person})
        else:
            view["title"] = self.title
            view.update({"username": self.username} if self.username else {})
        view["type"] = self.kind
        if self.topics is not None:
            view["is_forum"] = True
        return view

    def page_view(self, bot_id: int) -> Json:
        """What the page knows of it: who is in it and how they stand, its topics."""
        return {
            **self.view(),
            "title": self.title or (self.person.first_name if self.person else ""),
            "username": self.username,
            "is_forum": self.topics is not None,
            "topics": [{"id": id_, "name": name} for id_, name in (self.topics or {}).items()],
            "members": self.members,
            "standings": {str(one): told.status for one, told in self.standings.items()},
            "bot": self.standing(bot_id).status,
            "became": self.became,
        }

    def message_view(self, message: Message, *, for_page: bool = False) -> Json:
        """A message with the one it replies to, if that is still there.

        To the bot, what is said in a topic replies to the message with which the topic began.
        """
        chat = self.view()
        view = message.view(chat, for_page=for_page)
        answered = message.reply_to
        if answered is None and message.is_in_topic and not for_page:
            answered = message.thread if message.thread != message.id else None
        target = self.messages.get(answered) if answered else None
        if target is not None:
            view["reply_to_message"] = target.view(chat)
        return view

    def history(self) -> Iterator[Json]:
        """Its messages for the page, oldest first."""
        return (self.message_view(message, for_page=True) for message in self.messages.values())
