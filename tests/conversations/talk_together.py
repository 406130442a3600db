"""Groups in which several people talk, with the bot among them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.playground import PersonHandle, PlaygroundClient
from bot.playground.handles import text_of
from bot.texts import Texts

Message = dict[str, Any]
PATIENCE = (Texts().loading, Texts().reading, Texts().opening_one)
"""What is said first where something takes its time."""


def name_of(client: PlaygroundClient) -> str:
    """How the bot is mentioned."""
    return f"@{client.world()['bot']['username']}"


def group_of(
    client: PlaygroundClient, people: Sequence[PersonHandle], *, forum: bool = False
) -> int:
    """A group whose first person, its owner, has brought the bot; it sees every message there."""
    chat = client.add_group("Harbour readers", people, forum=forum)
    people[0].adds_bot(chat, admin=True)
    people[0].waits_for("Cuttings", chat=chat)
    return chat


def keeps_quietly(owner: PersonHandle, chat: int) -> None:
    """Have the owner of a group switch quiet saving on."""
    owner.sends("/settings", chat=chat)
    owner.presses(owner.waits_for("How I am set", chat=chat), "Save quietly")
    owner.waits_for("Quiet saving is on", chat=chat)


def asks_in(person: PersonHandle, chat: int, text: str, **more: Any) -> Message:
    """Say something in a group; returns what the bot says to it in the end."""
    person.sends(text, chat=chat, **more)
    return person.waits_for(lambda message: text_of(message) not in PATIENCE, chat=chat)


def did(client: PlaygroundClient, chat: int, after: int) -> list[str]:
    """The kinds of what happened in a chat since an event."""
    return [str(event["type"]) for event in client.events(after, chat=chat)]
