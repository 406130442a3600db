"""A short question after an answer means the one before: for each person by themselves."""

from __future__ import annotations

from stage import RunningBot, ann, ben, client, stage  # noqa: F401
from talk_articles import (  # noqa: F401
    BAKERY,
    LIGHTHOUSE,
    OBSERVATORY,
    asks,
    labels,
    marked,
    presses,
    saves,
    unhurried,
)

from bot.playground import PersonHandle
from bot.playground.handles import text_of

KEEPER = "Who is the keeper of the lighthouse?"
WHEN = "And when did she climb the steps?"


def understood(message: dict[str, object]) -> str:
    """What was asked instead, which stands above the answer in italics."""
    above = marked(message, "italic")[:1]
    assert above
    assert above[0].startswith("I looked for: “")
    assert text_of(message).startswith(f"{above[0]}\n\n")
    return above[0]


def test_a_question_follows_on_from_the_same_persons_answer(
    ann: PersonHandle, ben: PersonHandle
) -> None:
    saves(ann, LIGHTHOUSE)
    saves(ben, BAKERY)
    assert text_of(asks(ann, KEEPER)).startswith("Marta Lindqvist\n")
    assert text_of(asks(ben, "Who is the baker?")).startswith("Ilse Kowalczyk\n")
    followed = asks(ann, WHEN)
    assert "Lindqvist" in understood(followed)
    assert "Friday evening" in text_of(followed)
    other = asks(ben, "And when did she buy the oven?")
    assert "Kowalczyk" in understood(other)
    assert "Lindqvist" not in text_of(other)
    assert "spring" in text_of(other)


def test_what_was_understood_stays_above_while_buttons_are_pressed(ann: PersonHandle) -> None:
    saves(ann, LIGHTHOUSE)
    asks(ann, KEEPER)
    answer = asks(ann, WHEN)
    shown = presses(ann, answer, "In context")
    back = presses(ann, shown, "Back to the answer")
    assert understood(back) == understood(answer)
    assert labels(back) == labels(answer)


def test_a_reply_looks_in_its_article_first_and_then_in_all_of_them(
    ann: PersonHandle, ben: PersonHandle
) -> None:
    saves(ann, LIGHTHOUSE)
    saves(ann, BAKERY)
    saves(ben, OBSERVATORY)
    answer = asks(ann, KEEPER)["message_id"]
    inside = asks(ann, "And how many steps?", reply_to=answer)
    assert text_of(inside).split("\n\n")[1].startswith("214")
    outside = asks(ann, "And the baker of Tarn Street?", reply_to=answer)
    assert "Who is the baker" in understood(outside)
    assert "Ilse Kowalczyk" in text_of(outside)
    elsewhere = asks(ann, "And the comet's discoverer?", reply_to=answer)
    assert "Not in your articles." in text_of(elsewhere)
    # A question of its own stays with the article that it is asked of.
    asked = asks(ann, "Who is the baker of the night bakery?", reply_to=answer)
    assert text_of(asked).startswith("Not in this article.")


def test_one_word_is_a_question_after_an_answer_and_not_before(
    ann: PersonHandle, ben: PersonHandle
) -> None:
    saves(ann, LIGHTHOUSE)
    unsure = "I'm not sure what to do with this."
    assert text_of(asks(ann, "And when?")).startswith(unsure)
    asks(ann, KEEPER)
    followed = asks(ann, "And when?")
    assert "keeper" in understood(followed)
    assert "Friday evening" in text_of(followed)
    assert text_of(asks(ben, "And when?")).startswith(unsure)


def test_an_edited_follow_up_is_understood_anew(ann: PersonHandle) -> None:
    saves(ann, LIGHTHOUSE)
    asks(ann, KEEPER)
    (question,) = ann.sends(WHEN)
    ann.waits_for("Friday evening")
    ann.edits(question["message_id"], "And how many steps did she climb?")
    assert "214" in understood(ann.waits_for("214")) + text_of(ann.messages()[-1])
