"""What is sent is kept, told so, and taken back where that was wrong."""

from __future__ import annotations

import pytest
from stage import ann, client, stage  # noqa: F401
from talk_articles import asks, from_bot, labels, presses, saves
from talk_samples import CLOCK, SEEDS, WALK, WHO_HAD_THE_IDEA

from bot.playground import PersonHandle
from bot.playground.handles import text_of


def test_a_pasted_article_is_kept_and_a_receipt_tells_its_title_and_words(
    ann: PersonHandle,
) -> None:
    article = saves(ann, SEEDS)
    (receipt,) = from_bot(ann)
    assert text_of(receipt).split("\n")[:3] == [
        "✓ Saved",
        "The seed library of Marrow Lane",
        f"{len(SEEDS.split())} words",
    ]
    assert receipt["reply_to_message"]["message_id"] == article["message_id"]


def test_the_same_article_at_once_again_is_known(ann: PersonHandle) -> None:
    saves(ann, SEEDS)
    again = asks(ann, SEEDS)
    assert text_of(again).startswith("You have this already:\nThe seed library of Marrow Lane\n")
    assert labels(again) == []
    assert text_of(asks(ann, "/stats")).startswith("You have 1 article:")


def test_an_article_that_is_undone_cannot_be_asked_until_it_is_put_back(ann: PersonHandle) -> None:
    article = saves(ann, SEEDS)
    (receipt,) = from_bot(ann)
    undone = presses(ann, receipt, "Undo")
    assert undone["message_id"] == receipt["message_id"]
    assert text_of(undone).startswith("Deleted: “The seed library of Marrow Lane”.")
    assert text_of(asks(ann, WHO_HAD_THE_IDEA)).startswith("You have no articles yet.")

    back = presses(ann, undone, "Put it back")
    assert text_of(back) == "It is back: “The seed library of Marrow Lane”"
    assert labels(back) == ["Undo"]
    answer = asks(ann, WHO_HAD_THE_IDEA)
    assert text_of(answer).startswith("Tilda Voss\n")
    assert answer["reply_to_message"]["message_id"] == article["message_id"]
    assert answer["quote"]["text"] == "Tilda Voss, a retired postwoman, had the idea."


def test_what_was_put_back_can_be_undone_again(ann: PersonHandle) -> None:
    saves(ann, SEEDS)
    (receipt,) = from_bot(ann)
    back = presses(ann, presses(ann, receipt, "Undo"), "Put it back")
    assert text_of(presses(ann, back, "Undo")).startswith("Deleted: “The seed library")
    assert text_of(asks(ann, "/stats")).startswith("You have no articles yet.")


def test_a_short_statement_is_saved_and_can_have_been_a_question(ann: PersonHandle) -> None:
    article = saves(ann, CLOCK)
    saves(ann, "I forgot the name of the man who mounted the works of the clock the wrong way.")
    receipt = from_bot(ann)[-1]
    assert labels(receipt) == ["Undo", "It was a question"]
    answer = presses(ann, receipt, "It was a question")
    assert text_of(answer).startswith("Bruno Keller")
    assert answer["reply_to_message"]["message_id"] == article["message_id"]
    assert "Save it instead" in labels(answer)
    assert receipt["message_id"] not in [message["message_id"] for message in from_bot(ann)]
    assert text_of(asks(ann, "/stats")).startswith("You have 1 article:")


def test_a_doubtful_question_can_be_saved_instead(ann: PersonHandle) -> None:
    saves(ann, SEEDS)
    (question,) = ann.sends("the key that hangs at the bakery every day")
    answer = ann.waits_for("bakery")
    receipt = presses(ann, answer, "Save it instead")
    assert text_of(receipt).startswith("✓ Saved\nthe key that hangs at the bakery every day\n")
    # It is not shown as a reply to the article that the answer had quoted.
    assert receipt["reply_to_message"]["message_id"] == question["message_id"]
    assert "quote" not in receipt
    assert answer["message_id"] not in [message["message_id"] for message in from_bot(ann)]
    assert text_of(asks(ann, "/stats")).startswith("You have 2 articles:")


def test_while_a_long_article_is_read_its_receipt_tells_how_far(ann: PersonHandle) -> None:
    long = "\n\n".join(WALK.replace("On day", f"In year {year} on day") for year in range(1, 7))
    ann.uploads({"walks.txt": long.encode()})
    progress = ann.waits_for("%")
    assert text_of(progress).startswith("Reading… ")
    receipt = ann.waits_for("✓ Saved")
    assert receipt["message_id"] == progress["message_id"]
    assert len(from_bot(ann)) == 1


def test_greetings_and_thanks_get_a_kind_word_and_nothing_is_saved(ann: PersonHandle) -> None:
    assert text_of(asks(ann, "Hi there!")).startswith("Hello. Send me an article")
    assert text_of(asks(ann, "Thanks a lot 🙏")) == "You're welcome."
    assert text_of(asks(ann, "/stats")).startswith("You have no articles yet.")


@pytest.mark.parametrize("said", ["😀", "…", "test"])
def test_what_says_nothing_gets_a_hint_and_is_not_saved(ann: PersonHandle, said: str) -> None:
    assert text_of(asks(ann, said)).startswith("I'm not sure what to do with this.")
    assert text_of(asks(ann, "/stats")).startswith("You have no articles yet.")


def test_a_forward_without_a_word_is_told_apart_from_an_article(ann: PersonHandle) -> None:
    ann.forwards_from({"type": "hidden_user", "name": "Dora"}, {"text": "👍👍"})
    refused = ann.waits_for(lambda message: True)
    assert text_of(refused).startswith("There are no words in it.")
    assert labels(refused) == []
