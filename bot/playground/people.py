"""Who is there: the bot and the people who talk with it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.playground.values import Json


@dataclass(slots=True)
class Person:
    """Somebody with a Telegram account, or the bot."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    blocks: bool = False
    """Whether they have blocked the bot."""

    def view(self) -> Json:
        """As a User of the Bot API."""
        view: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.username:
            view["username"] = self.username
        if self.language_code:
            view["language_code"] = self.language_code
        return view
