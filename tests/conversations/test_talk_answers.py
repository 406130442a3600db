"""What an answer looks like, and what its buttons show."""

from __future__ import annotations

from stage import RunningBot, ann, ben, client, stage  # noqa: F401
from talk_articles import (  # noqa: F401
    BAKERY,
    LIGHTHOUSE,
    OBSERVATORY,
    REPORTS,
    SECRET,
    SECRET_WORDS,
    asks,
    forged,
    from_bot,
    labels,
    marked,
    presses,
    saves,
    unhurried,
)

from bot.playground.handles import PersonHandle, buttons_of, text_of

KEEPER = "Marta Lindqvist"
PROOF = (
    "The keeper, Marta Lindqvist, climbed the 214 steps on Friday evening and turned the lamp on "
    "by hand."
)
TITLE = "The lighthouse at Grey Point is lit again"


def test_an_answer_stands_first_and_is_proved_by_a_sentence_above_the_folded_rest(
    ann: PersonHandle,
) -> None:
    saves(ann, LIGHTHOUSE)
    answer = asks(ann, "Who is the keeper of the lighthouse?")
    first, _, proof, *_, title = text_of(answer).split("\n")
    assert first == KEEPER
    assert proof == f"“{PROOF}”"
    assert title == TITLE
    (folded,) = marked(answer, "expandable_blockquote")
    assert folded.startswith("After eleven dark winters")
    assert PROOF in folded
    assert marked(answer, "italic") == [TITLE]


def test_the_answer_is_bold_by_itself_in_its_proof_and_in_the_folded_rest(
    ann: PersonHandle,
) -> None:
    saves(ann, LIGHTHOUSE)
    answer = asks(ann, "Who is the keeper of the lighthouse?")
    assert marked(answer, "bold") == [KEEPER] * 3
    offsets = [entity["offset"] for entity in answer["entities"] if entity["type"] == "bold"]
    assert offsets[0] == 0
    assert offsets[1] == text_of(answer).index(PROOF) + PROOF.index(KEEPER)


def test_an_answer_replies_to_the_article_and_quotes_the_very_sentence(ann: PersonHandle) -> None:
    saves(ann, BAKERY)
    article = saves(ann, LIGHTHOUSE)
    answer = asks(ann, "Who is the keeper of the lighthouse?")
    assert answer["reply_to_message"]["message_id"] == article["message_id"]
    assert answer["quote"]["text"] == PROOF
    assert answer["quote"]["position"] == LIGHTHOUSE.index(PROOF)


def test_a_sentence_with_bold_words_is_quoted_with_them(ann: PersonHandle) -> None:
    bold = {"type": "bold", "offset": LIGHTHOUSE.index("214 steps"), "length": len("214 steps")}
    italic = {"type": "italic", "offset": LIGHTHOUSE.index(KEEPER), "length": len(KEEPER)}
    article = saves(ann, LIGHTHOUSE, entities=[italic, bold])
    answer = asks(ann, "Who is the keeper of the lighthouse?")
    assert answer["reply_to_message"]["message_id"] == article["message_id"]
    assert answer["quote"]["text"] == PROOF
    kinds = {entity["type"] for entity in answer["quote"]["entities"]}
    assert kinds == {"bold", "italic"}


def test_typing_shows_before_the_answer(ann: PersonHandle) -> None:
    saves(ann, LIGHTHOUSE)
    asks(ann, "Who is the keeper of the lighthouse?")
    kinds = [event["type"] for event in ann.client.events(ann.since, chat=ann.id)]
    # The question itself is the first event.
    assert kinds[:2] == ["message", "typing"]
    assert kinds[-1] == "message"


def test_more_passages_are_paged_through_and_lead_back_to_the_answer(ann: PersonHandle) -> None:
    three = {f"{number}.txt": text.encode() for number, text in enumerate((LIGHTHOUSE, BAKERY))}
    ann.uploads({**three, "2.txt": OBSERVATORY.encode()})
    ann.waits_for("✓ Saved 3 articles")
    answer = asks(ann, "Who is the keeper of the lighthouse?")
    second = presses(ann, answer, "More passages")
    assert "2 of 3" in text_of(second)
    third = presses(ann, second, "Next ›")
    assert "3 of 3" in text_of(third)
    assert "Next ›" not in labels(third)
    first = presses(ann, presses(ann, third, "‹ Previous"), "‹ Previous")
    assert "1 of 3" in text_of(first)
    assert PROOF in text_of(first)
    assert "‹ Previous" not in labels(first)
    again = presses(ann, first, "Back to the answer")
    assert text_of(again) == text_of(answer)
    assert again["message_id"] == answer["message_id"]
    assert labels(again) == labels(answer)


def test_in_context_shows_the_neighbouring_paragraphs(ann: PersonHandle) -> None:
    saves(ann, REPORTS)
    answer = asks(ann, "Who found the comet?")
    assert text_of(answer).startswith("Tomas Arnesen")
    context = presses(ann, answer, "In context")
    (passage,) = marked(context, "blockquote")
    assert "Tomas Arnesen" in passage
    around = text_of(context).replace(passage, "")
    assert any(line in REPORTS and len(line) > 60 for line in around.split("\n"))
    assert text_of(presses(ann, context, "Back to the answer")) == text_of(answer)


def test_what_the_articles_do_not_tell_is_said_and_the_nearest_are_folded(
    ann: PersonHandle,
) -> None:
    saves(ann, LIGHTHOUSE)
    answer = asks(ann, "Who won the chess tournament in Reykjavik?")
    assert text_of(answer).startswith("Not in your articles.")
    (folded,) = marked(answer, "expandable_blockquote")
    assert folded.startswith(TITLE)
    assert "quote" not in answer


def test_a_question_to_an_empty_library_is_told_how_to_begin(ann: PersonHandle) -> None:
    answer = asks(ann, "Who is the keeper of the lighthouse?")
    assert text_of(answer).startswith("You have no articles yet. Send me one")
    assert labels(answer) == []


def test_a_question_that_is_too_long_is_told_so(ann: PersonHandle) -> None:
    article = saves(ann, LIGHTHOUSE)
    question = f"Who is the keeper, {'and who was it before that, ' * 24}and why?"
    answer = asks(ann, question, reply_to=article["message_id"])
    assert text_of(answer).startswith("I can only look for a question of a sentence or two")
    assert labels(answer) == ["Save it instead"]


def test_nobody_is_shown_the_articles_of_another_chat(ann: PersonHandle, ben: PersonHandle) -> None:
    saves(ann, SECRET)
    assert "no articles yet" in text_of(asks(ben, "What does the heron of Lake Osk eat?"))
    saves(ben, BAKERY)
    for said in ("What does the heron of Lake Osk eat?", f"/articles {SECRET_WORDS}", "/articles"):
        asks(ben, said)
    assert all(
        SECRET_WORDS not in text_of(message).replace(f"“{SECRET_WORDS}”", "")
        for message in from_bot(ben)
    )
    assert not any("Petra Vance" in text_of(message) for message in from_bot(ben))


def test_forged_buttons_neither_show_nor_change_what_is_another_chats(
    stage: RunningBot, ann: PersonHandle, ben: PersonHandle
) -> None:
    unwanted = saves(ann, BAKERY)
    saves(ann, SECRET)
    answer = asks(ann, "Who is the innkeeper at Lake Osk?")
    listed = asks(ann, "/articles heron")
    question = asks(ann, "/delete", reply_to=unwanted["message_id"])
    removed = presses(ann, question, "Yes, delete")
    shown = [event["message"] for event in ann.client.events(0, chat=ann.id) if "message" in event]
    stolen = {button["callback_data"] for message in shown for button in buttons_of(message)}
    numbers = {data.split(":")[1] for data in stolen if data.startswith(("undo", "more", "open"))}
    stolen |= {f"{verb}:{number}" for verb in ("answer", "save", "question") for number in numbers}
    stolen |= {f"{verb}:{number}:0" for verb in ("more", "context", "list") for number in numbers}
    stolen |= {"remove:1", "remove:2", "allow:0", "undo:x", "nonsense"}
    stolen |= {f"undo:{'9' * 40}", f"open:{'9' * 19}:{'9' * 19}:{'9' * 19}"}

    asks(ben, "/start")
    for data in sorted(stolen):
        alert = ben.presses(forged(stage.playground, ben, data), data)
        assert "went wrong" not in alert.get("text", ""), data

    said = "\n".join(map(text_of, from_bot(ben)))
    assert SECRET_WORDS not in said
    assert "Petra Vance" not in said
    assert text_of(asks(ann, "/articles heron")) == text_of(listed)
    assert "is back" in text_of(presses(ann, removed, "Put it back"))
    assert text_of(asks(ann, "Who is the innkeeper at Lake Osk?")) == text_of(answer)
