"""What people change afterwards is read, or answered, again."""

from __future__ import annotations

from stage import ann, client, stage  # noqa: F401
from talk_articles import asks, from_bot, labels, presses, saves
from talk_samples import (
    CHANNEL,
    CLOCK,
    IN_THE_PIECES,
    RACE_AT_CORRIN,
    REPAIR_COST,
    SEEDS,
    WALK,
    WHO_HAD_THE_IDEA,
    WHO_MOUNTED_IT,
)

from bot.playground import PersonHandle
from bot.playground.handles import text_of

LINK = "http://10.0.0.7/news/clock"
"""It is refused before anything is sent there."""


def test_an_edited_article_is_read_again_and_its_receipt_edited(ann: PersonHandle) -> None:
    article = saves(ann, SEEDS)
    (receipt,) = from_bot(ann)
    ann.edits(article["message_id"], SEEDS.replace("Tilda Voss", "Agnes Maria Brandt"))
    again = ann.waits_for("✓ Read again")
    assert again["message_id"] == receipt["message_id"]
    assert text_of(again).split("\n")[2] == f"{len(SEEDS.split()) + 1} words"
    assert labels(again) == labels(receipt)

    answer = asks(ann, WHO_HAD_THE_IDEA)
    assert text_of(answer).startswith("Agnes Maria Brandt\n")
    assert answer["quote"]["text"] == "Agnes Maria Brandt, a retired postwoman, had the idea."
    assert "Tilda" not in text_of(asks(ann, "Tilda Voss"))
    assert text_of(asks(ann, "/stats")).startswith("You have 1 article:")


def test_an_edited_piece_of_a_paste_is_read_again_in_its_place(ann: PersonHandle) -> None:
    pieces = ann.sends(WALK)
    ann.waits_for("✓ Saved")
    edited = pieces[1]["text"].replace("a silver thimble", "an ivory queen")
    ann.edits(pieces[1]["message_id"], edited)
    again = ann.waits_for("✓ Read again")
    assert f"\n{len(WALK.split()):,} words\n" in text_of(again)
    answer = asks(ann, "Who found an ivory queen?")
    assert text_of(answer).startswith("Hugo\n")
    assert answer["reply_to_message"]["message_id"] == pieces[1]["message_id"]
    assert "thimble" not in text_of(asks(ann, IN_THE_PIECES[1][0]))
    # The pieces beside it are where they were, a paragraph apart.
    last = asks(ann, IN_THE_PIECES[2][0])
    assert text_of(last).startswith("Lena\n")
    assert last["reply_to_message"]["message_id"] == pieces[2]["message_id"]
    ann.edits(pieces[1]["message_id"], pieces[1]["text"])
    assert text_of(asks(ann, WALK)).startswith("You have this already:")


def test_an_edited_piece_that_cannot_be_placed_leaves_the_article_as_it_was(
    ann: PersonHandle,
) -> None:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in WALK.split("\n\n"))
    pieces = ann.sends(f"<!doctype html><html><body><article>{paragraphs}</article></body></html>")
    ann.waits_for("✓ Saved")
    ann.edits(pieces[1]["message_id"], "We stayed at home.")
    assert "the article stays as it was" in text_of(ann.waits_for("I can't tell"))
    question, words = IN_THE_PIECES[2]
    assert text_of(asks(ann, question)).startswith(f"{words}\n")


def test_an_article_that_is_edited_to_nothing_stays_as_it_was(ann: PersonHandle) -> None:
    article = saves(ann, SEEDS)
    ann.edits(article["message_id"], "…")
    refused = ann.waits_for("There are no words in it.")
    assert refused["reply_to_message"]["message_id"] == article["message_id"]
    assert text_of(asks(ann, WHO_HAD_THE_IDEA)).startswith("Tilda Voss\n")


def test_an_edited_article_that_was_undone_is_a_new_one(ann: PersonHandle) -> None:
    article = saves(ann, SEEDS)
    presses(ann, from_bot(ann)[-1], "Undo")
    ann.edits(article["message_id"], SEEDS.replace("Tilda Voss", "Agnes Brandt"))
    ann.waits_for("✓ Saved")
    assert text_of(asks(ann, WHO_HAD_THE_IDEA)).startswith("Agnes Brandt\n")


def test_an_edited_question_is_answered_anew_where_the_answer_stood(ann: PersonHandle) -> None:
    saves(ann, SEEDS)
    (question,) = ann.sends("What does a ticket for the ferry cost?")
    nothing = ann.waits_for("Not in your articles.")
    ann.edits(question["message_id"], WHO_HAD_THE_IDEA)
    answer = ann.waits_for("Tilda Voss\n")
    # A message that quotes nothing cannot be made to: the new answer takes its place.
    assert answer["quote"]["text"] == "Tilda Voss, a retired postwoman, had the idea."
    assert nothing["message_id"] not in [message["message_id"] for message in from_bot(ann)]
    ann.edits(question["message_id"], "What does a ticket for the ferry cost?")
    ann.waits_for("Not in your articles.")
    assert len(from_bot(ann)) == 2


def test_another_wording_of_a_question_edits_the_answer(ann: PersonHandle) -> None:
    saves(ann, CLOCK)
    (question,) = ann.sends(WHO_MOUNTED_IT)
    answer = ann.waits_for("Bruno Keller")
    ann.edits(question["message_id"], "In which year were the works mounted the wrong way round?")
    edited = ann.waits_for(lambda message: text_of(message).startswith("1887\n"))
    assert edited["message_id"] == answer["message_id"]
    assert edited["quote"] == answer["quote"]


def test_an_edited_reply_asks_of_its_article_as_that_is_now(ann: PersonHandle) -> None:
    article = saves(ann, CLOCK)
    (question,) = ann.sends(REPAIR_COST, reply_to=article["message_id"])
    ann.waits_for("14,300 crowns\n")
    ann.edits(article["message_id"], CLOCK.replace("14,300", "9,500"))
    ann.waits_for("✓ Read again")
    ann.edits(question["message_id"], "What would a repair cost?")
    answer = ann.waits_for("9,500 crowns\n")
    assert answer["quote"]["text"] == "A repair would cost 9,500 crowns."
    assert from_bot(ann)[-1] == answer
    assert len(from_bot(ann)) == 2


def test_a_greeting_that_is_edited_into_a_question_is_answered(ann: PersonHandle) -> None:
    saves(ann, CLOCK)
    (greeting,) = ann.sends("Hello")
    ann.waits_for("Hello.")
    ann.edits(greeting["message_id"], REPAIR_COST)
    assert text_of(ann.waits_for(lambda message: True)).startswith("14,300 crowns\n")


def test_a_question_that_is_edited_into_thanks_keeps_its_answer(ann: PersonHandle) -> None:
    saves(ann, CLOCK)
    (question,) = ann.sends(REPAIR_COST)
    answer = ann.waits_for("14,300 crowns\n")
    ann.edits(question["message_id"], "Thank you!")
    asks(ann, "/stats")
    assert from_bot(ann)[1] == answer
    assert len(from_bot(ann)) == 3


def test_a_question_that_is_edited_into_an_article_is_saved(ann: PersonHandle) -> None:
    saves(ann, CLOCK)
    (question,) = ann.sends(REPAIR_COST)
    answer = ann.waits_for("14,300 crowns\n")
    ann.edits(question["message_id"], SEEDS)
    receipt = ann.waits_for("✓ Saved\nThe seed library")
    assert receipt["reply_to_message"]["message_id"] == question["message_id"]
    assert "quote" not in receipt
    assert answer["message_id"] not in [message["message_id"] for message in from_bot(ann)]
    assert text_of(asks(ann, WHO_HAD_THE_IDEA)).startswith("Tilda Voss\n")


def test_a_link_with_a_question_can_be_edited_into_the_text_of_its_page(ann: PersonHandle) -> None:
    (message,) = ann.sends(f"{LINK}\n{REPAIR_COST}")
    ann.waits_for("private network")
    ann.edits(message["message_id"], CLOCK)
    receipt = ann.waits_for("✓ Saved\nThe town hall clock")
    assert text_of(asks(ann, REPAIR_COST)).startswith("14,300 crowns\n")
    assert text_of(presses(ann, receipt, "Undo")).startswith("Deleted: “The town hall clock")


def test_a_caption_that_is_edited_into_a_question_is_answered(ann: PersonHandle) -> None:
    saves(ann, RACE_AT_CORRIN)
    (document,) = ann.uploads({"seeds.txt": SEEDS.encode()}, caption="For the garden")
    ann.waits_for("✓ Saved")
    ann.edits(document["message_id"], "Who had the idea?")
    answer = ann.waits_for("Tilda Voss\n")
    ann.edits(document["message_id"], "How deep is the lake?")
    ann.waits_for("Not in this article.")
    assert answer["reply_to_message"]["message_id"] == document["message_id"]
    assert text_of(asks(ann, "/stats")).startswith("You have 2 articles:")


def test_a_comment_that_is_edited_into_a_question_asks_of_the_forward(ann: PersonHandle) -> None:
    saves(ann, SEEDS)
    comment, post = ann.forwards_from(CHANNEL, {"text": CLOCK}, comment="For Bruno")
    ann.waits_for("✓ Saved")
    ann.edits(comment["message_id"], "How much would a repair cost?")
    answer = ann.waits_for("14,300 crowns\n")
    assert answer["reply_to_message"]["message_id"] == post["message_id"]


def test_the_buttons_of_an_answer_follow_the_article_that_was_edited(ann: PersonHandle) -> None:
    article = saves(ann, SEEDS)
    answer = asks(ann, WHO_HAD_THE_IDEA)
    assert text_of(answer).startswith("Tilda Voss\n")
    ann.edits(article["message_id"], f"News of the lane.\n\n{SEEDS.replace('Tilda Voss', 'Jo Ek')}")
    ann.waits_for("✓ Read again")
    # What it quoted is no more: it is answered anew.
    ann.presses(answer, "In context")
    answer = ann.waits_for("Jo Ek")
    assert text_of(answer).startswith("Jo Ek\n")
    # And a reply to an answer asks of the article as it is now.
    replied = ann.sends("Who is it?", reply_to=answer["message_id"])
    assert replied
    assert "not here any more" not in text_of(ann.waits_for(lambda said: True))


def test_an_article_that_was_put_back_has_its_answers_buttons_again(ann: PersonHandle) -> None:
    saves(ann, SEEDS)
    answer = asks(ann, WHO_HAD_THE_IDEA)
    (receipt,) = [said for said in ann.messages() if text_of(said).startswith("✓ Saved")]
    ann.presses(receipt, "Undo")
    gone = ann.waits_for("Deleted: ")
    ann.presses(gone, "Put it back")
    ann.waits_for("It is back: ")
    ann.presses(answer, "In context")
    assert "Tilda Voss" in text_of(ann.waits_for("Tilda Voss"))
