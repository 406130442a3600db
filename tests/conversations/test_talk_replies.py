"""Who replies to an article, its receipt or an answer asks of that article only."""

from __future__ import annotations

from stage import ann, client, stage  # noqa: F401
from talk_articles import Message, asks, from_bot, presses, saves
from talk_samples import CHANNEL, CLOCK, RACE_AT_CORRIN, RACE_AT_DUNMARSH, SEEDS, WHO_WON

from bot.playground import PersonHandle, PlaygroundClient
from bot.playground.handles import text_of

WINNERS = ("Ada Lindqvist\n", "Jonas Pell\n")
GONE = "This article is not here any more."


def races(person: PersonHandle) -> list[Message]:
    """Two articles that answer the same question differently."""
    return [saves(person, RACE_AT_CORRIN), saves(person, RACE_AT_DUNMARSH)]


def test_a_reply_to_an_article_asks_of_that_article(ann: PersonHandle) -> None:
    for article, winner in zip(races(ann), WINNERS, strict=True):
        answer = asks(ann, WHO_WON, reply_to=article["message_id"])
        assert text_of(answer).startswith(winner)
        assert answer["reply_to_message"]["message_id"] == article["message_id"]


def test_a_reply_to_a_receipt_asks_of_its_article(ann: PersonHandle) -> None:
    races(ann)
    for receipt, winner in zip(from_bot(ann), WINNERS, strict=True):
        answer = asks(ann, WHO_WON, reply_to=receipt["message_id"])
        assert text_of(answer).startswith(winner)


def test_a_reply_to_an_answer_asks_of_the_article_that_gave_it(ann: PersonHandle) -> None:
    races(ann)
    for question, winner in zip(
        ("What was she given?", "Which baker rowed?"), WINNERS, strict=True
    ):
        answer = asks(ann, question)
        again = asks(ann, WHO_WON, reply_to=answer["message_id"])
        assert text_of(again).startswith(winner)


def test_a_reply_to_a_piece_of_a_file_album_asks_of_that_file(ann: PersonHandle) -> None:
    files = {"corrin.txt": RACE_AT_CORRIN.encode(), "dunmarsh.txt": RACE_AT_DUNMARSH.encode()}
    documents = ann.uploads(files)
    receipt = ann.waits_for("✓ Saved 2 articles:")
    for document, winner in zip(documents, WINNERS, strict=True):
        answer = asks(ann, WHO_WON, reply_to=document["message_id"])
        assert text_of(answer).startswith(winner)
    both = asks(ann, "Who reached the bridge?", reply_to=receipt["message_id"])
    assert text_of(both).startswith("Jonas Pell")


def test_a_reply_to_a_comment_asks_of_what_was_forwarded_with_it(ann: PersonHandle) -> None:
    races(ann)
    comment, _ = ann.forwards_from(CHANNEL, {"text": CLOCK}, comment="For later")
    ann.waits_for("✓ Saved")
    nothing = asks(ann, WHO_WON, reply_to=comment["message_id"])
    assert text_of(nothing).startswith("Not in this article.")


def test_a_reply_to_a_removed_article_is_told_that_it_is_gone(ann: PersonHandle) -> None:
    first, second = races(ann)
    receipt, _ = from_bot(ann)
    answer = asks(ann, WHO_WON, reply_to=first["message_id"])
    presses(ann, receipt, "Undo")
    for message in (first, receipt, answer):
        # Not answered from the other one, as if that were what was asked.
        assert text_of(asks(ann, WHO_WON, reply_to=message["message_id"])) == GONE
    other = asks(ann, WHO_WON, reply_to=second["message_id"])
    assert text_of(other).startswith("Jonas Pell\n")


def test_a_reply_to_an_article_that_was_put_back_asks_of_it(ann: PersonHandle) -> None:
    first, _ = races(ann)
    receipt, _ = from_bot(ann)
    question = asks(ann, "/delete", reply_to=first["message_id"])
    presses(ann, presses(ann, question, "Yes, delete"), "Put it back")
    for message in (first, receipt):
        answer = asks(ann, WHO_WON, reply_to=message["message_id"])
        assert text_of(answer).startswith("Ada Lindqvist\n")


def test_a_reply_to_one_of_several_forwards_asks_of_that_one(client: PlaygroundClient) -> None:
    # Who is in the group has messages to forward that the bot has not seen.
    cleo = client.person("Cleo")
    told = [
        cleo.sends(text, chat=client.group)[0]["message_id"]
        for text in (RACE_AT_CORRIN, RACE_AT_DUNMARSH)
    ]
    forwards = cleo.forwards(told, from_chat=client.group)
    cleo.waits_for("✓ Saved 2 articles:")
    for forward, winner in zip(forwards, WINNERS, strict=True):
        answer = asks(cleo, WHO_WON, reply_to=forward["message_id"])
        assert text_of(answer).startswith(winner)


def test_a_reply_that_is_an_article_itself_is_saved(ann: PersonHandle) -> None:
    article = saves(ann, RACE_AT_CORRIN)
    receipt = asks(ann, SEEDS, reply_to=article["message_id"])
    assert text_of(receipt).startswith("✓ Saved\nThe seed library")
