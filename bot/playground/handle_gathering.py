"""What a person does with groups and channels: come and go, bring others, run them."""

from __future__ import annotations

from bot.playground.handle_base import Handle
from bot.playground.values import Json


class Gathering(Handle):
    """Somebody among others."""

    def joins(self, chat: int) -> None:
        """Come in by oneself."""
        self._changes(chat, "join")

    def leaves(self, chat: int) -> None:
        """Go by oneself."""
        self._changes(chat, "leave")

    def adds(self, other: Handle, chat: int) -> None:
        """Bring somebody in."""
        self._changes(chat, "add", other.id)

    def removes(self, other: Handle, chat: int) -> None:
        """Remove somebody, who cannot come back by themselves."""
        self._changes(chat, "remove", other.id)

    def promotes(self, other: Handle, chat: int, admin: bool = True) -> None:
        """Make somebody an administrator, or no longer."""
        self._changes(chat, "promote", other.id, admin=admin)

    def restricts(self, other: Handle, chat: int, *, is_member: bool = True) -> None:
        """Let somebody write no longer, who is still in the supergroup, or is not."""
        self._changes(chat, "restrict", other.id, is_member=is_member)

    def adds_bot(self, chat: int, *, admin: bool = False) -> None:
        """Bring the bot in; in a channel it is always an administrator."""
        self._changes(chat, "add", self._bot(), admin=admin)

    def removes_bot(self, chat: int) -> None:
        """Remove the bot."""
        self._changes(chat, "remove", self._bot())

    def promotes_bot(self, chat: int, admin: bool = True) -> None:
        """Make the bot an administrator, or no longer: in a channel it is then gone."""
        self._changes(chat, "promote", self._bot(), admin=admin)

    def opens_topic(self, chat: int, name: str) -> int:
        """A new topic in a forum; returns the id of its thread."""
        self.since = self.client.cursor()
        told = {"from": self.id, "name": name}
        return int(self.client.request("POST", f"chats/{chat}/topics", json=told)["topic"])

    def deletes_topic(self, chat: int, topic: int) -> None:
        """A topic is gone with all that was said in it."""
        self.since = self.client.cursor()
        self.client.request("DELETE", f"chats/{chat}/topics/{topic}", params={"from": self.id})

    def menu(self, chat: int | None = None) -> list[Json]:
        """The bot's commands that the person is shown in a chat."""
        path = f"chats/{self.chat_or_own(chat)}/commands"
        found: list[Json] = self.client.request("GET", path, params={"as": self.id})["commands"]
        return found

    def _bot(self) -> int:
        return int(self.client.request("GET", "world")["bot"]["id"])

    def _changes(self, chat: int, action: str, who: int | None = None, **more: object) -> None:
        self.since = self.client.cursor()
        told = {"from": self.id, "action": action, "who": who or self.id, **more}
        self.client.request("POST", f"chats/{chat}/members", json=told)
