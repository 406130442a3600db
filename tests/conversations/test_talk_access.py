"""Who may talk to the bot: its owner, and those the owner lets in."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from stage import RunningBot, assert_discreet, newcomer, running
from talk_articles import (  # noqa: F401
    LIGHTHOUSE,
    Message,
    asks,
    forged,
    from_bot,
    labels,
    presses,
    saves,
    unhurried,
)

from bot.playground import Playground, PlaygroundClient
from bot.playground.handles import PersonHandle, text_of

ASKED = "Who is the keeper of the lighthouse?"
PRIVATE = "This bot is private"


@dataclass(frozen=True, slots=True)
class House:
    """A private bot with an owner, and people whom it does not know."""

    bot: RunningBot
    playground: Playground
    owner: PersonHandle
    stranger: PersonHandle
    another: PersonHandle


@pytest.fixture(scope="module")
def private(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBot]:
    """A private bot; its owner has written to it."""
    with Playground() as playground, PlaygroundClient(playground.url) as client:
        owner = client.person("Ann")
        with running(playground, tmp_path_factory.mktemp("private"), owner=owner.id) as bot:
            asks(owner, "/start")
            yield bot
        assert_discreet(bot, playground)


@pytest.fixture
def house(private: RunningBot) -> Iterator[House]:
    with PlaygroundClient(private.playground.url) as client:
        people = client.person("Ann"), newcomer(client), newcomer(client)
        yield House(private, private.playground, *people)


def test_a_stranger_is_told_politely_that_the_bot_is_private(house: House) -> None:
    said = text_of(asks(house.stranger, LIGHTHOUSE))
    assert said.startswith("This bot is private. I have asked its owner whether you may come in")
    assert len(from_bot(house.stranger)) == 1


def test_nothing_that_a_stranger_sends_is_stored_or_logged(house: House) -> None:
    stranger = house.stranger
    asks(stranger, "The zebra clause is void, is it not?")
    stranger.sends("A second zebra clause")
    stranger.uploads({"zebra.txt": b"The zebra clause, whole. " * 9})
    _let_all_be_looked_at(house.owner)
    data = house.bot.data
    kept = b"".join(path.read_bytes() for path in data.rglob("*") if path.is_file())
    assert b"zebra" not in kept
    assert "zebra" not in house.bot.log.getvalue()
    with closing(sqlite3.connect(data / "bot.db")) as database:
        for table, column in (
            ("updates", "chat_id"),
            ("exchanges", "chat_id"),
            ("pieces", "chat_id"),
            ("chats", "chat_id"),
            ("people", "user_id"),
        ):
            query = f"SELECT count(*) FROM {table} WHERE {column} = ?"
            assert database.execute(query, [stranger.id]).fetchone() == (0,), table
        known = "SELECT count(*) FROM updates WHERE chat_id = ?"
        assert database.execute(known, [house.owner.id]).fetchone() > (0,)


def test_the_owner_is_asked_once_about_a_stranger_who_keeps_on_writing(house: House) -> None:
    owner, stranger = house.owner, house.stranger
    asks(stranger, "Hello?")
    for said in ("Hello??", "/start", "Anybody there?"):
        stranger.sends(said)
    request = _request(owner, stranger)
    assert labels(request) == ["Allow", "Not now"]
    _let_all_be_looked_at(owner)
    asked = f"{stranger.first_name} would like"
    assert [asked in text_of(said) for said in from_bot(owner)].count(True) == 1
    assert len(from_bot(stranger)) == 1


def test_a_person_whom_the_owner_allows_is_told_and_served(house: House) -> None:
    owner, stranger = house.owner, house.stranger
    asks(stranger, "Hello?")
    allowed = presses(owner, _request(owner, stranger), "Allow")
    assert text_of(allowed).startswith(f"{stranger.first_name} may talk to me now")
    assert labels(allowed) == []
    stranger.waits_for("My owner has let you in.")
    stranger.waits_for("Hello, I'm Cuttings.")
    saves(stranger, LIGHTHOUSE)
    assert text_of(asks(stranger, ASKED)).startswith("Marta Lindqvist")


def test_a_person_whom_the_owner_refuses_stays_outside(house: House) -> None:
    owner, stranger = house.owner, house.stranger
    asks(stranger, "Hello?")
    refused = presses(owner, _request(owner, stranger), "Not now")
    assert text_of(refused) == f"All right, {stranger.first_name} stays outside."
    stranger.sends(LIGHTHOUSE)
    _let_all_be_looked_at(owner)
    assert len(from_bot(stranger)) == 1


def test_nobody_but_the_owner_can_press_allow(house: House) -> None:
    owner, stranger, guest = house.owner, house.stranger, house.another
    asks(guest, "Hello?")
    presses(owner, _request(owner, guest), "Allow")
    asks(stranger, "Hello?")
    for person in (stranger, guest):
        for data in (f"allow:{stranger.id}", f"refuse:{stranger.id}"):
            answer = person.presses(forged(house.playground, person, data), data)
            assert answer["text"] == "This button is for somebody else."
    stranger.sends(LIGHTHOUSE)
    _let_all_be_looked_at(owner)
    assert not [said for said in from_bot(stranger) if "Saved" in text_of(said)]


def test_only_the_owner_lets_people_in_by_command(house: House) -> None:
    owner, stranger, friend = house.owner, house.stranger, house.another
    assert "send /allow and their Telegram number" in text_of(asks(owner, "/allow"))
    asks(owner, f"/allow {friend.id}")
    friend.sends(f"/allow {stranger.id}")
    friend.waits_for("Only my owner can let people in.")
    assert text_of(asks(stranger, f"/allow {stranger.id}")).startswith(PRIVATE)


def test_a_stranger_reaches_nothing_by_editing_or_pressing(house: House) -> None:
    owner, stranger = house.owner, house.stranger
    asks(stranger, "Hello?")
    message = stranger.messages()[0]
    before = len(from_bot(stranger))
    stranger.edits(message["message_id"], LIGHTHOUSE)
    for data in ("newlist", "search", "forgetall", "list:1:0", "undo:1"):
        answer = stranger.presses(forged(house.playground, stranger, data), data)
        assert answer["text"] == "This button is for somebody else."
    _let_all_be_looked_at(owner)
    assert [text_of(said) for said in from_bot(stranger)[before:]] == ["A forged button"] * 5


def test_the_claim_code_makes_one_person_the_owner_once(tmp_path: Path) -> None:
    with (
        Playground() as playground,
        PlaygroundClient(playground.url) as client,
        running(playground, tmp_path) as bot,
    ):
        ann, ben = client.person("Ann"), client.person("Ben")
        assert bot.started
        code = bot.started.claim_code
        assert code
        assert text_of(asks(ben, "/start")) == (
            "This bot is private, so I can't help you here. Nothing you sent was kept."
        )
        assert text_of(asks(ben, "/start AAAAAAAAAAAA")).startswith("This link is not the right")
        assert text_of(asks(ann, f"/start {code}")).startswith("I'm yours now.")
        ann.waits_for("Hello, I'm Cuttings.")
        asks(client.person("Cleo"), f"/start {code}")
        assert from_bot(client.person("Cleo"))[0]["text"].startswith(PRIVATE)
        saves(ann, LIGHTHOUSE)
        assert code not in bot.log.getvalue()


def test_the_owner_and_those_let_in_are_known_after_a_restart(tmp_path: Path) -> None:
    with Playground() as playground, PlaygroundClient(playground.url) as client:
        ann, ben, cleo = (client.person(name) for name in ("Ann", "Ben", "Cleo"))
        with running(playground, tmp_path) as bot:
            assert bot.started
            asks(ann, f"/start {bot.started.claim_code}")
            asks(ben, "Hello?")
            presses(ann, _request(ann, ben), "Allow")
            ben.waits_for("My owner has let you in.")
        with running(playground, tmp_path) as bot:
            assert bot.started
            assert bot.started.claim_code is None
            assert "no articles yet" in text_of(asks(ben, "/stats"))
            assert text_of(asks(cleo, "Hello?")).startswith(PRIVATE)
            assert "send /allow" in text_of(asks(ann, "/allow"))


def _request(owner: PersonHandle, stranger: PersonHandle) -> Message:
    """The message that asks the owner about a stranger."""
    owner.since = 0
    return owner.waits_for(lambda message: f"{stranger.first_name} would like" in text_of(message))


def _let_all_be_looked_at(owner: PersonHandle) -> None:
    """Wait until what was sent before has arrived, and had time to lead to something."""
    asks(owner, "/stats")
    time.sleep(0.8)


def test_a_bot_that_is_open_to_everyone_is_claimed_by_its_code_too(tmp_path: Path) -> None:
    with Playground() as playground, PlaygroundClient(playground.url) as client:
        ann, ben = client.person("Ann"), client.person("Ben")
        with running(playground, tmp_path, access="everyone") as bot:
            assert bot.started
            asks(ben, "/start")
            assert text_of(asks(ben, "/allow 5")).startswith("Only my owner")
            said = asks(ann, f"/start {bot.started.claim_code}")
            assert text_of(said) == "I'm yours now. My settings let everyone talk to me."
            ann.waits_for("Hello, I'm Cuttings.")
            assert "send /allow" in text_of(asks(ann, "/allow"))
