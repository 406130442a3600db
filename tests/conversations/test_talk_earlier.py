"""Two people's articles of different days answer differently: the newest first, the other below."""

from __future__ import annotations

from stage import RunningBot, ann, ben, client, stage  # noqa: F401
from talk_articles import asks, labels, marked, presses, saves, unhurried  # noqa: F401

from bot.playground.handles import PersonHandle, text_of

QUESTION = "Who is the director of the Salt Museum in Varde?"
OLD = """\
---
title: A hall of mines
date: 2023-03-01
---

The Salt Museum in Varde opened a hall of mines on Wednesday. Its director, Berit Holm, lit the \
first lamp and let the children lick the walls.

The hall lies nine metres under the street. It is open from ten to four, and always cold.
"""
NEW = """\
A new director in Varde

Otto Lindqvarn is the new director of the Salt Museum in Varde. He ran a lighthouse before and \
begins with an exhibition about bread.

The museum has had more visitors each year since its hall of mines was opened. In winter, most of \
them come for the warmth of the boiling house.
"""
EARLIER = "Earlier: Berit Holm, from A hall of mines, 1 March 2023"


def keeps_both(person: PersonHandle) -> int:
    """The older as a file, the newer as a message; returns its number."""
    person.uploads({"hall.md": OLD.encode()})
    person.waits_for("✓ Saved")
    number: int = saves(person, NEW)["message_id"]
    return number


def test_the_newest_is_the_answer_and_quoted_and_the_older_stands_below_with_its_day(
    ann: PersonHandle,
) -> None:
    number = keeps_both(ann)
    answer = asks(ann, QUESTION)
    lines = text_of(answer).split("\n")
    assert lines[0] == "Otto Lindqvarn"
    assert lines[-2:] == ["A new director in Varde", EARLIER]
    assert marked(answer, "bold")[-1] == "Berit Holm"
    assert answer["reply_to_message"]["message_id"] == number
    assert answer["quote"]["text"].startswith("Otto Lindqvarn is the new director")


def test_the_older_stands_below_again_when_one_comes_back_to_the_answer(
    ann: PersonHandle,
) -> None:
    keeps_both(ann)
    answer = asks(ann, QUESTION)
    around = presses(ann, answer, "In context")
    assert EARLIER not in text_of(around)
    assert text_of(presses(ann, around, "Back to the answer")) == text_of(answer)


def test_an_older_article_that_is_deleted_stands_below_no_more(ann: PersonHandle) -> None:
    keeps_both(ann)
    answer = asks(ann, QUESTION)
    around = presses(ann, answer, "In context")
    listed = presses(ann, asks(ann, "/delete"), "All articles")
    card = presses(ann, listed, next(label for label in labels(listed) if label.startswith("2")))
    presses(ann, presses(ann, card, "Delete"), "Yes, delete")
    again = text_of(presses(ann, around, "Back to the answer"))
    assert again.startswith("Otto Lindqvarn\n")
    assert "Earlier" not in again


def test_what_is_asked_of_one_article_has_nothing_earlier_and_nobody_else_sees_it(
    ann: PersonHandle,
    ben: PersonHandle,
) -> None:
    number = keeps_both(ann)
    assert "Earlier" not in text_of(asks(ann, QUESTION, reply_to=number))
    saves(ben, NEW)
    theirs = text_of(asks(ben, QUESTION))
    assert theirs.startswith("Otto Lindqvarn\n")
    assert "Earlier" not in theirs
