"""The bot's commands, name and descriptions, by scope and language."""

from __future__ import annotations

import json
from collections.abc import Sequence

from bot.playground.people import Person
from bot.playground.values import Json


class Menu:
    """What a bot tells about itself."""

    def __init__(self) -> None:
        self._commands: dict[tuple[str, str], list[Json]] = {}
        self._texts: dict[tuple[str, str], str] = {}

    def commands(self, scope: Json, language: str) -> list[Json]:
        """The commands of exactly this scope and language."""
        return self._commands.get((_key(scope), language), [])

    def set_commands(self, commands: Sequence[Json], scope: Json, language: str) -> None:
        """Replace the commands of a scope and language; none: they are deleted."""
        self._commands.pop((_key(scope), language), None)
        if commands:
            self._commands[_key(scope), language] = list(commands)

    def shown(self) -> list[Json]:
        """The commands in a private chat of somebody whose language has none of its own."""
        return self.commands({"type": "all_private_chats"}, "") or self.commands({}, "")

    def shown_to(self, chat_id: int, kind: str, person: Person, *, runs: bool) -> list[Json]:
        """The commands that a person is shown in a chat: of the narrowest scope that has any.

        Those in the person's own language come before those for everybody.
        """
        scopes: list[Json] = [{"type": "chat", "chat_id": chat_id}]
        if kind == "private":
            scopes.append({"type": "all_private_chats"})
        else:
            member = {"type": "chat_member", "chat_id": chat_id, "user_id": person.id}
            admins = {"type": "chat_administrators", "chat_id": chat_id}
            all_admins = {"type": "all_chat_administrators"}
            scopes = [member, *([admins] if runs else []), *scopes]
            scopes += [*([all_admins] if runs else []), {"type": "all_group_chats"}]
        for scope in (*scopes, {"type": "default"}):
            for language in ((person.language_code or "")[:2], ""):
                if found := self.commands(scope, language):
                    return found
        return []

    def text(self, name: str, language: str) -> str:
        """A description; the one for everybody if there is none in this language."""
        return self._texts.get((name, language), self._texts.get((name, ""), ""))

    def set_text(self, name: str, language: str, text: str) -> None:
        """Replace a description."""
        self._texts[name, language] = text


def _key(scope: Json) -> str:
    return json.dumps(scope or {"type": "default"}, sort_keys=True)
