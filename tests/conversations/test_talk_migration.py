"""A group becomes a supergroup: another chat to Telegram, the same to its people."""

from __future__ import annotations

import pytest
from talk_articles import BAKERY, LIGHTHOUSE
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

KEEPER = "Who is the keeper of the lighthouse?"
BAKER = "Who is the baker of Tarn Street?"


@pytest.fixture
def group(circle: Circle) -> int:
    """A basic group: Ben runs it, Cleo is in it, and Ann has brought the bot."""
    made = circle.client.add_group(
        "Reading circle", [circle.ben, circle.cleo, circle.ann], basic=True
    )
    circle.ann.adds_bot(made)
    circle.ann.waits_for("Hello", chat=made)
    return made


def test_a_group_that_becomes_a_supergroup_keeps_its_articles_and_settings(
    circle: Circle,
    group: int,
) -> None:
    circle.ben.sends("/settings@cuttings_bot Kyiv", chat=group)
    circle.ben.waits_for("Time zone: Kyiv", chat=group)
    receipt = kept_in(circle.cleo, group, LIGHTHOUSE)
    supergroup = circle.client.migrate(group)
    assert asked_in(circle.cleo, supergroup, KEEPER).startswith("Marta Lindqvist")
    kept_in(circle.ben, supergroup, BAKERY)
    assert asked_in(circle.cleo, supergroup, BAKER).startswith("Ilse Kowalczyk")
    circle.ben.sends("/settings@cuttings_bot", chat=supergroup)
    circle.ben.waits_for("Time zone: Kyiv", chat=supergroup)
    # It knows these people: it says neither hello again, nor asks its owner about them.
    said = said_by_bot(circle.client, supergroup)
    assert Texts().group_joined not in said
    all_is_looked_at(circle.ann)
    assert not [each for each in circle.ann.messages() if "has added me" in text_of(each)]
    assert receipt["chat"]["id"] == group


def test_who_asks_the_group_s_articles_at_home_goes_on_doing_so(
    circle: Circle,
    group: int,
) -> None:
    kept_in(circle.cleo, group, LIGHTHOUSE)
    circle.ann.sends("/use")
    offered = circle.ann.waits_for(lambda message: True)
    rows = offered["reply_markup"]["inline_keyboard"]
    data = next(
        each["callback_data"] for row in rows for each in row if str(group) in each["callback_data"]
    )
    circle.ann.presses(offered, data)
    circle.ann.waits_for("from the articles of Reading circle")
    supergroup = circle.client.migrate(group)
    assert asked_in(circle.cleo, supergroup, KEEPER).startswith("Marta Lindqvist")
    circle.ann.sends(KEEPER)
    answer = text_of(circle.ann.waits_for(lambda message: True))
    assert answer.startswith("Marta Lindqvist")
    assert "From the articles of Reading circle" in answer
    circle.ann.sends("/use")
    circle.ann.presses(circle.ann.waits_for(lambda message: True), "My own articles")
    circle.ann.waits_for("I answer from your own articles.")


def test_a_message_of_the_supergroup_is_not_taken_for_one_of_the_group(
    circle: Circle,
    group: int,
) -> None:
    kept_in(circle.cleo, group, LIGHTHOUSE)
    before = {each["message_id"] for each in circle.client.messages(group)}
    supergroup = circle.client.migrate(group)
    assert asked_in(circle.cleo, supergroup, KEEPER).startswith("Marta Lindqvist")
    for _ in range(len(before)):
        circle.ben.sends("Anything at all", chat=supergroup)
    for message in circle.client.messages(supergroup):
        if message["from"]["id"] == circle.ben.id and message["message_id"] in before:
            circle.ben.edits(message["message_id"], "Something else", chat=supergroup)
    assert asked_in(circle.cleo, supergroup, KEEPER).startswith("Marta Lindqvist")
