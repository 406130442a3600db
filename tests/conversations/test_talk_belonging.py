"""Groups and channels: who may bring the bot, who may talk to it there, and what stays."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing

from talk_articles import LIGHTHOUSE, labels
from talk_circles import (  # noqa: F401
    NAME,
    Circle,
    all_is_looked_at,
    asked_in,
    circle,
    kept_in,
    owned,
    said_by_bot,
    unhurried_groups,
)

from bot.playground.handles import text_of
from bot.texts import Texts

QUESTION = "Who is the keeper of the lighthouse?"


def rows(circle: Circle, chat: int) -> int:
    """What the bot's own records have of a chat."""
    with closing(sqlite3.connect(circle.bot.data / "bot.db")) as database:
        count = "SELECT count(*) FROM {} WHERE chat_id = ?"
        tables = ("chats", "updates", "exchanges", "pieces")
        return sum(database.execute(count.format(table), [chat]).fetchone()[0] for table in tables)


def test_in_a_group_that_the_owner_brings_it_to_everybody_may_talk_to_it(
    circle: Circle,
) -> None:
    group = circle.client.add_group("Reading circle", [circle.ben, circle.cleo, circle.ann])
    circle.ann.adds_bot(group)
    hello = text_of(circle.ann.waits_for("Hello", chat=group))
    assert hello == Texts().group_joined
    kept_in(circle.ben, group, LIGHTHOUSE)
    assert asked_in(circle.cleo, group, QUESTION).startswith("Marta Lindqvist")
    # In a chat of their own they are strangers to it as before.
    circle.cleo.sends("Hello")
    circle.cleo.waits_for("This bot is private.")
    assert said_by_bot(circle.client, group).count(hello) == 1


def test_a_stranger_s_group_waits_for_the_owner_and_nothing_of_it_is_stored(
    circle: Circle,
) -> None:
    group = circle.client.add_group("Night shift", [circle.ben, circle.cleo])
    circle.ben.adds_bot(group)
    request = circle.ann.waits_for("has added me to Night shift")
    assert labels(request) == ["Allow", "Not now"]
    for person in (circle.ben, circle.cleo):
        person.sends(f"{NAME} the zebra clause is void. {LIGHTHOUSE}", chat=group)
        person.sends("/ask@cuttings_bot what about the zebra?", chat=group)
    all_is_looked_at(circle.ann)
    assert said_by_bot(circle.client, group) == []
    assert rows(circle, group) == 0
    kept = [path.read_bytes() for path in circle.bot.data.rglob("*") if path.is_file()]
    assert not any(b"zebra" in content for content in kept)

    circle.ann.presses(request, "Allow")
    circle.ann.waits_for("I work in Night shift now.")
    circle.ben.waits_for("Hello", chat=group)
    kept_in(circle.cleo, group, LIGHTHOUSE)
    assert asked_in(circle.ben, group, QUESTION).startswith("Marta Lindqvist")


def test_a_group_that_the_owner_does_not_want_is_left(circle: Circle) -> None:
    group = circle.client.add_group("Noise", [circle.ben, circle.cleo])
    circle.ben.adds_bot(group)
    circle.ann.presses(circle.ann.waits_for("has added me to Noise"), "Not now")
    circle.ann.waits_for("All right, I stay out of Noise.")
    assert circle.client.chat(group)["bot"] == "left"
    circle.cleo.adds_bot(group)
    circle.cleo.waits_for("This bot is private, so I can't stay here.", chat=group)
    until_gone(circle, group)
    assert rows(circle, group) == 0


def until_gone(circle: Circle, chat: int) -> None:
    deadline = time.monotonic() + 20
    while circle.client.chat(chat)["bot"] != "left":
        assert time.monotonic() < deadline, "It has not left."
        time.sleep(0.05)


def test_of_a_channel_only_who_brought_it_is_told(circle: Circle) -> None:
    channel = circle.client.add_channel("Harbour Post", circle.ann, subscribers=[circle.ben])
    circle.ann.adds_bot(channel)
    circle.ann.waits_for("From now on I keep every post of Harbour Post")
    circle.ann.sends(LIGHTHOUSE, chat=channel)
    strange = circle.client.add_channel("Other Post", circle.ben, subscribers=[circle.ann])
    circle.ben.adds_bot(strange)
    circle.ann.presses(circle.ann.waits_for("has added me to Other Post"), "Not now")
    until_gone(circle, strange)
    for chat in (channel, strange):
        assert said_by_bot(circle.client, chat) == []
    assert rows(circle, strange) == 0


def test_a_group_that_removes_it_and_takes_it_back_finds_everything_again(
    circle: Circle,
) -> None:
    group = circle.client.add_group("Lighthouse keepers", [circle.ben, circle.ann])
    circle.ann.adds_bot(group)
    circle.ann.waits_for("Hello", chat=group)
    kept_in(circle.ben, group, LIGHTHOUSE)
    circle.ben.removes_bot(group)
    all_is_looked_at(circle.ann)
    circle.ben.adds_bot(group)
    circle.ben.waits_for("Hello", chat=group)
    assert asked_in(circle.ben, group, QUESTION).startswith("Marta Lindqvist")


def test_only_administrators_can_have_a_group_s_articles_deleted(
    circle: Circle,
) -> None:
    group = circle.client.add_group("Archive", [circle.ben, circle.cleo, circle.ann])
    circle.ann.adds_bot(group)
    circle.ann.waits_for("Hello", chat=group)
    kept_in(circle.cleo, group, LIGHTHOUSE)
    circle.cleo.sends("/privacy@cuttings_bot", chat=group)
    shown = circle.cleo.waits_for("What I keep of this group", chat=group)
    for person in (circle.cleo, circle.ann):
        answer = person.presses(shown, "Delete everything")
        assert answer["text"] == Texts().alert_administrators_only
    circle.ben.presses(shown, "Delete everything")
    asked = circle.ben.waits_for("Delete everything of this chat: 1 article", chat=group)
    answer = circle.cleo.presses(asked, "Yes, delete everything")
    assert answer["text"] == Texts().alert_administrators_only
    assert asked_in(circle.cleo, group, QUESTION).startswith("Marta Lindqvist")
    circle.ben.presses(asked, "Yes, delete everything")
    circle.ben.waits_for("Everything is deleted.", chat=group)
    assert "Marta" not in asked_in(circle.cleo, group, QUESTION)
