"""Standing questions are asked of each new article, and a chat is told what is new."""

from __future__ import annotations

import time

from stage import ann, ben, client, stage  # noqa: F401
from talk_articles import BAKERY, LIGHTHOUSE, labels

from bot.playground import PlaygroundClient
from bot.playground.handles import PersonHandle, text_of

KEEPER = "Who is the keeper of the lighthouse at Grey Point?"
SAME_KEEPER = """\
A new rope for Grey Point

The lighthouse at Grey Point has a new rope for its flag. The keeper of the lighthouse, Marta \
Lindqvist, spliced it herself on Tuesday.

The old one was forty years old. It hangs in the school of the village now, and every class may \
tie a knot in it.
"""
NEW_KEEPER = """\
Grey Point has a new keeper

The keeper of the lighthouse at Grey Point is Jonas Ekdal since Monday. He came over from the \
pilot station with two chairs and a parrot.

His contract runs for three years. The parrot has none.
"""
SILENCE = 3.0
"""Seconds in which a new article would have been told of."""


def test_a_chat_is_told_of_a_new_answer_and_only_of_new_ones(
    ann: PersonHandle,
    ben: PersonHandle,
) -> None:
    ann.sends(f"/watch {KEEPER}")
    ann.waits_for("I ask this of every new article")
    ben.sends(f"/watch {KEEPER}")
    ben.waits_for("I ask this of every new article")

    ann.sends(LIGHTHOUSE)
    told = ann.waits_for("New, to")
    assert "Marta Lindqvist" in text_of(told)
    assert told["reply_to_message"]["text"].startswith("The lighthouse at Grey Point")
    assert labels(told)[-1] == "Stop"
    ann.presses(told, "In context")
    ann.waits_for("After eleven dark winters")

    ann.sends(BAKERY)
    ann.waits_for("Saved")
    ann.sends(SAME_KEEPER)
    ann.waits_for("Saved")
    time.sleep(SILENCE)
    assert not [said for said in ann.heard() if "New, to" in text_of(said)]
    ann.sends(NEW_KEEPER)
    assert "Jonas Ekdal" in text_of(ann.waits_for("New, to"))
    assert not [said for said in ben.messages() if "New, to" in text_of(said)]


def test_a_group_is_told_in_the_topic_where_it_was_asked_and_who_asked_stops_it(
    client: PlaygroundClient,
    ann: PersonHandle,
    ben: PersonHandle,
) -> None:
    group = client.add_group("Lamps and boats", [ann, ben], forum=True)
    ann.adds_bot(group)
    boats, lamps = ann.opens_topic(group, "Boats"), ann.opens_topic(group, "Lamps")
    ben.sends(f"/watch {KEEPER}", chat=group, topic=lamps)
    begun = ben.waits_for("I ask this of every new article", chat=group)
    assert begun["message_thread_id"] == lamps

    cleo = client.add_person("Cleo")
    cleo.joins(group)
    cleo.presses(begun, "Stop")
    (article,) = ann.sends(LIGHTHOUSE, chat=group, topic=boats)
    ann.sends("/add", chat=group, topic=boats, reply_to=article["message_id"])
    told = ann.waits_for("New, to", chat=group)
    assert told["message_thread_id"] == lamps
    assert "Marta Lindqvist" in text_of(told)

    ben.presses(told, "Stop")
    ben.waits_for("I don't ask this any more", chat=group)
    ben.sends("/watch", chat=group, topic=lamps)
    ben.waits_for("Send /watch and a question", chat=group)


def test_a_watched_group_is_heard_of_for_as_long_as_one_belongs_to_it(
    client: PlaygroundClient,
    ann: PersonHandle,
    ben: PersonHandle,
) -> None:
    group = client.add_group("Lamp lighters", [ann, ben])
    ann.adds_bot(group)
    ann.waits_for("Mention me", chat=group)
    ben.sends("/use")
    ben.presses(ben.waits_for("Whose articles"), "Lamp lighters")
    ben.waits_for("I answer from the articles of Lamp lighters")
    ben.sends(f"/watch {KEEPER}")
    assert text_of(ben.waits_for("I ask this")).endswith("From the articles of Lamp lighters")

    (article,) = ann.sends(LIGHTHOUSE, chat=group)
    ann.sends("/add", chat=group, reply_to=article["message_id"])
    told = text_of(ben.waits_for("New, to"))
    assert "Marta Lindqvist" in told
    assert told.endswith("From the articles of Lamp lighters")

    ann.removes(ben, group)
    (article,) = ann.sends(NEW_KEEPER, chat=group)
    ann.sends("/add", chat=group, reply_to=article["message_id"])
    ben.waits_for("so I don't ask this any more")
    assert not [said for said in ben.messages() if "Jonas Ekdal" in text_of(said)]
