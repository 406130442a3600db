"""A private bot that groups are told about, and short ways to talk in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import pytest
from stage import RunningBot, assert_discreet, newcomer, running

from bot.pace import Pace
from bot.playground import Playground, PlaygroundClient
from bot.playground.handles import PersonHandle, text_of
from bot.playground.values import Json

NAME = "@cuttings_bot"


@pytest.fixture(scope="module", autouse=True)
def unhurried_groups() -> Iterator[None]:
    """Nobody waits for limits that the playground does not have."""
    with pytest.MonkeyPatch.context() as patch:
        pace = partial(Pace, private=(30, 1.0), group=(30, 1.0))
        patch.setattr("bot.application.Pace", pace)
        yield


@dataclass(frozen=True, slots=True)
class Circle:
    """A bot of Ann's, and people who meet in groups."""

    bot: RunningBot
    client: PlaygroundClient
    ann: PersonHandle
    """Owns the bot."""
    ben: PersonHandle
    cleo: PersonHandle


@pytest.fixture(scope="module")
def owned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBot]:
    """A bot that only Ann may talk to; she has written to it."""
    with Playground() as playground, PlaygroundClient(playground.url) as client:
        ann = client.person("Ann")
        with running(playground, tmp_path_factory.mktemp("owned"), owner=ann.id) as bot:
            ann.sends("/start")
            ann.waits_for("Hello")
            yield bot
        assert_discreet(bot, playground)


@pytest.fixture
def circle(owned: RunningBot) -> Iterator[Circle]:
    """Ann, and two people whom the bot does not know."""
    with PlaygroundClient(owned.playground.url) as client:
        yield Circle(owned, client, client.person("Ann"), newcomer(client), newcomer(client))


def said_by_bot(client: PlaygroundClient, chat: int) -> list[str]:
    """What the bot has said in a chat, as it stands now."""
    return [text_of(each) for each in client.messages(chat) if _of_bot(each)]


def _of_bot(message: Json) -> bool:
    return bool(message.get("from", {}).get("is_bot")) and not message.get("sender_chat")


def kept_in(person: PersonHandle, chat: int, article: str) -> Json:
    """Have an article kept by mentioning the bot; the receipt."""
    person.sends(f"{NAME} {article}", chat=chat)
    return person.waits_for("✓", chat=chat)


def asked_in(person: PersonHandle, chat: int, question: str) -> str:
    """Ask by mentioning the bot; the first thing it says."""
    person.sends(f"{NAME} {question}", chat=chat)
    return text_of(person.waits_for(lambda message: True, chat=chat))


def all_is_looked_at(person: PersonHandle) -> None:
    """Wait until the bot has dealt with what it was sent before."""
    person.sends("/stats")
    person.waits_for("articles")
