"""Which messages are one article, which are several, and which are a question beside them."""

from __future__ import annotations

import pytest
from stage import ann, ben, client, stage  # noqa: F401
from talk_articles import asks, from_bot, labels, presses
from talk_samples import (
    CHANNEL,
    CLOCK,
    IN_THE_PIECES,
    OWL_BLOCKS,
    RACE_AT_CORRIN,
    RACE_AT_DUNMARSH,
    REPAIR_COST,
    SEEDS,
    WALK,
    WHO_HAD_THE_IDEA,
    WHO_OPENS_THE_WINDOW,
    WHO_WON,
)

from bot.playground import PersonHandle, PlaygroundClient
from bot.playground.handles import text_of

PERSON = {"type": "user", "name": "Dora Lind"}
OWL = "The owl of Tarn Street"


def test_a_paste_in_three_pieces_becomes_one_article_with_one_receipt(ann: PersonHandle) -> None:
    pieces = ann.sends(WALK)
    assert len(pieces) == 3
    receipt = ann.waits_for("✓ Saved")
    assert text_of(receipt).startswith("✓ Saved\nA walk of twenty days along the Sill\n")
    assert f"\n{len(WALK.split()):,} words\n" in text_of(receipt)
    assert receipt["reply_to_message"]["message_id"] == pieces[0]["message_id"]
    assert labels(receipt) == ["Undo"]
    asks(ann, "/stats")
    assert len(from_bot(ann)) == 2


def test_an_answer_quotes_the_piece_of_the_paste_that_proves_it(ann: PersonHandle) -> None:
    pieces = ann.sends(WALK)
    ann.waits_for("✓ Saved")
    for piece, (question, words) in zip(pieces, IN_THE_PIECES, strict=True):
        answer = asks(ann, question)
        assert text_of(answer).startswith(f"{words}\n")
        assert answer["reply_to_message"]["message_id"] == piece["message_id"]
        quoted = answer["quote"]["text"]
        assert quoted.startswith(words)
        assert quoted in piece["text"]


def test_what_two_people_paste_at_the_same_time_stays_apart(
    ann: PersonHandle, ben: PersonHandle
) -> None:
    mine = ann.sends(WALK)
    his = ben.sends(WALK.replace("Lena", "Wilma"))
    question, _ = IN_THE_PIECES[-1]
    for person, pieces, words in ((ann, mine, "Lena"), (ben, his, "Wilma")):
        person.waits_for("✓ Saved")
        answer = asks(person, question)
        assert text_of(answer).startswith(f"{words}\n")
        assert answer["reply_to_message"]["message_id"] == pieces[-1]["message_id"]
        assert len(from_bot(person)) == 2


def test_a_command_right_after_a_paste_waits_for_all_of_it(ann: PersonHandle) -> None:
    ann.sends(WALK)
    ann.sends("/stats")
    assert text_of(ann.waits_for("You have")).startswith("You have 1 article:")


def test_messages_that_do_not_belong_together_stay_apart(ann: PersonHandle) -> None:
    articles = [*ann.sends(SEEDS), *ann.sends(CLOCK)]
    (question,) = ann.sends(REPAIR_COST)
    ann.waits_for("14,300 crowns\n")
    first, second, answer = from_bot(ann)
    for receipt, article in zip((first, second), articles, strict=True):
        assert text_of(receipt).startswith(f"✓ Saved\n{article['text'].splitlines()[0]}\n")
        assert receipt["reply_to_message"]["message_id"] == article["message_id"]
    assert answer["message_id"] > question["message_id"]
    assert answer["reply_to_message"]["message_id"] == articles[1]["message_id"]


def test_an_album_of_two_documents_is_one_item_with_one_receipt(ann: PersonHandle) -> None:
    files = {"seeds.txt": SEEDS.encode(), "clock.md": CLOCK.encode()}
    documents = ann.uploads(files, caption="For later")
    receipt = ann.waits_for("✓ Saved 2 articles:")
    assert "• The seed library of Marrow Lane" in text_of(receipt)
    assert "• The town hall clock of Hessel runs backwards" in text_of(receipt)
    answer = asks(ann, REPAIR_COST)
    assert text_of(answer).startswith("14,300 crowns\n")
    assert answer["reply_to_message"]["message_id"] == documents[1]["message_id"]
    assert len(from_bot(ann)) == 2
    assert "Deleted: “The seed library" in text_of(presses(ann, receipt, "Undo"))


def test_a_forward_with_a_comment_is_one_item(ann: PersonHandle) -> None:
    comment, post = ann.forwards_from(CHANNEL, {"text": SEEDS}, comment="For the garden")
    assert comment["text"] == "For the garden"
    receipt = ann.waits_for("✓ Saved")
    assert receipt["reply_to_message"]["message_id"] == post["message_id"]
    assert "\nM. Ruiz · Harbour Post · " in text_of(receipt)
    assert text_of(asks(ann, "/stats")).startswith("You have 1 article:")
    assert len(from_bot(ann)) == 2


def test_a_forward_with_a_question_is_saved_and_asked(ann: PersonHandle) -> None:
    _, post = ann.forwards_from(PERSON, {"text": CLOCK}, comment=REPAIR_COST)
    answer = ann.waits_for("14,300 crowns\n")
    receipt, last = from_bot(ann)
    assert text_of(receipt).startswith("✓ Saved\n")
    assert "Dora Lind" not in text_of(receipt)
    assert last == answer
    assert answer["reply_to_message"]["message_id"] == post["message_id"]
    assert answer["quote"]["text"] == "A repair would cost 14,300 crowns."


def test_a_question_beside_a_forward_asks_of_that_forward(ann: PersonHandle) -> None:
    ann.sends(RACE_AT_CORRIN)
    ann.waits_for("✓ Saved")
    ann.forwards_from(PERSON, {"text": CLOCK}, comment=WHO_WON)
    ann.waits_for("✓ Saved")
    assert text_of(ann.waits_for("Not in")).startswith("Not in this article.")


def test_a_question_that_comes_after_its_forward_asks_of_it_too(ann: PersonHandle) -> None:
    ann.sends(RACE_AT_CORRIN)
    ann.waits_for("✓ Saved")
    (post,) = ann.forwards_from(PERSON, {"text": RACE_AT_DUNMARSH})
    ann.sends(WHO_WON)
    answer = ann.waits_for("Jonas Pell\n")
    assert answer["reply_to_message"]["message_id"] == post["message_id"]
    assert len(from_bot(ann)) == 3


def test_several_forwards_at_once_are_several_articles_with_one_receipt(
    client: PlaygroundClient,
) -> None:
    # Who is in the group has messages to forward that the bot has not seen.
    cleo = client.person("Cleo")
    told = [
        cleo.sends(text, chat=client.group)[0]["message_id"]
        for text in (SEEDS, CLOCK, RACE_AT_CORRIN)
    ]
    forwards = cleo.forwards(told, from_chat=client.group)
    receipt = cleo.waits_for("✓ Saved 3 articles:")
    answer = asks(cleo, WHO_HAD_THE_IDEA)
    assert answer["reply_to_message"]["message_id"] == forwards[0]["message_id"]
    assert from_bot(cleo) == [receipt, answer]
    undone = presses(cleo, receipt, "Undo")
    assert text_of(undone).count("“") == 3


def test_a_long_channel_post_that_is_forwarded_is_one_article(ann: PersonHandle) -> None:
    assert len(ann.forwards_from(CHANNEL, {"text": WALK})) == 3
    receipt = ann.waits_for("✓ Saved")
    assert f" · {len(WALK.split()):,} words\n" in text_of(receipt)
    question, words = IN_THE_PIECES[-1]
    answer = asks(ann, question)
    assert text_of(answer).startswith(f"{words}\n")
    links = [entity["url"] for entity in answer["entities"] if entity["type"] == "text_link"]
    assert links == ["https://t.me/harbour_post/77"]


@pytest.mark.parametrize("forwarded", [False, True])
def test_a_rich_message_is_read_and_can_be_asked(ann: PersonHandle, forwarded: bool) -> None:
    if forwarded:
        ann.forwards_from(CHANNEL, {"rich_message": {"blocks": OWL_BLOCKS}})
    else:
        ann.sends_rich(OWL_BLOCKS)
    receipt = ann.waits_for("✓ Saved")
    assert text_of(receipt).startswith(f"✓ Saved\n{OWL}\n")
    assert ("Harbour Post" in text_of(receipt)) is forwarded
    answer = asks(ann, WHO_OPENS_THE_WINDOW)
    assert text_of(answer).startswith("Ewan Brody\n")
    assert answer["reply_to_message"]["message_id"] == (receipt["reply_to_message"]["message_id"])


def test_a_short_rich_message_is_a_question(ann: PersonHandle) -> None:
    ann.sends(CLOCK)
    ann.waits_for("✓ Saved")
    ann.sends_rich([{"type": "paragraph", "text": [REPAIR_COST]}])
    assert text_of(ann.waits_for("crowns")).startswith("14,300 crowns\n")
