"""In any chat, a person is offered answers from their own articles to send."""

from __future__ import annotations

import pytest
from stage import RunningBot, ann, ben, client, newcomer, running, stage  # noqa: F401
from talk_articles import BAKERY, LIGHTHOUSE, SECRET, asks, marked, saves, unhurried  # noqa: F401
from talk_shared import BELLS, WHO_CAST, chooses, holds

from bot.playground import PersonHandle, Playground, PlaygroundClient
from bot.playground.handles import text_of

KEEPER = "Who is the keeper of the lighthouse?"
PROOF = (
    "The keeper, Marta Lindqvist, climbed the 214 steps on Friday evening and turned the lamp on "
    "by hand."
)


def test_what_is_chosen_reads_as_an_answer_in_a_chat_with_somebody_else(
    client: PlaygroundClient, ann: PersonHandle, ben: PersonHandle
) -> None:
    saves(ann, LIGHTHOUSE)
    group = client.add_group("Friends", [ann, ben])
    query = ann.types_inline(KEEPER, chat=group)
    offered = ann.waits_for_inline(query, 10)
    assert offered
    first = offered["results"][0]
    assert first["title"] == "Marta Lindqvist"
    assert "Marta Lindqvist, climbed the 214 steps" in first["description"]
    sent = ann.chooses_inline(query, first["id"], chat=group)
    assert text_of(sent).startswith(f"Marta Lindqvist\n\n“{PROOF}”\n")
    assert text_of(sent).endswith("\nThe lighthouse at Grey Point is lit again")
    assert "Marta Lindqvist" in marked(sent, "bold")
    assert "reply_markup" not in sent
    (seen,) = [each for each in client.messages(group) if "text" in each]
    assert text_of(seen) == text_of(sent)


def test_nobody_is_offered_what_another_keeps(
    stage: RunningBot, client: PlaygroundClient, ann: PersonHandle, ben: PersonHandle
) -> None:
    saves(ann, LIGHTHOUSE)
    saves(ben, BAKERY)
    mine = ann.asks_inline(KEEPER)
    others = ben.asks_inline(KEEPER)  # the same words, at once
    assert mine
    assert "Lindqvist" not in str(others)
    # What a group keeps stays there, also for who uses its articles.
    group = client.add_group("Bell ringers", [ann])
    ann.adds_bot(group)
    ann.waits_for("", chat=group)
    holds(stage, group, BELLS)
    chooses(ann, "Bell ringers")
    assert "Hedda" not in str(ann.asks_inline(WHO_CAST))


def test_where_there_is_nothing_a_button_says_so_and_an_empty_question_shows_the_way(
    ann: PersonHandle, ben: PersonHandle
) -> None:
    saves(ann, BAKERY)
    for person, question, label in (
        (ann, "Who walked on the moon first?", "Not in your articles"),
        (ben, KEEPER, "Not in your articles"),
        (ben, "", "Ask your articles a question"),
    ):
        offered = person.waits_for_inline(person.types_inline(question), 10)
        assert offered
        assert offered["results"] == []
        assert offered["button"]["text"] == label
        assert offered["is_personal"]


def test_only_what_was_typed_last_is_answered(ann: PersonHandle, ben: PersonHandle) -> None:
    saves(ann, LIGHTHOUSE)
    saves(ben, BAKERY)
    early = [ann.types_inline(KEEPER[:length]) for length in (6, 12, 20)]
    beside = ben.types_inline("Who is the baker of the night bakery?")
    last = ann.types_inline(KEEPER)
    answer, other = ann.waits_for_inline(last, 10), ben.waits_for_inline(beside, 10)
    assert answer
    assert answer["results"][0]["title"] == "Marta Lindqvist"
    assert other
    assert other["results"][0]["title"] == "Ilse Kowalczyk"
    assert [ann.waits_for_inline(query, 0.1) for query in early] == [None] * 3


def test_what_is_deleted_is_not_offered_again(ann: PersonHandle) -> None:
    message = saves(ann, SECRET)
    question = "What does the innkeeper call the heron?"
    assert ann.asks_inline(question)
    asked = asks(ann, "/delete", reply_to=message["message_id"])
    ann.presses(asked, "Yes, delete")
    ann.waits_for("Deleted")
    assert ann.asks_inline(question) == []


def test_a_stranger_is_offered_nothing_and_nothing_of_theirs_is_kept(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with Playground() as playground, PlaygroundClient(playground.url) as client:
        owner, stranger = newcomer(client), newcomer(client)
        data = tmp_path_factory.mktemp("private")
        with running(playground, data, owner=owner.id) as bot:
            saves(owner, LIGHTHOUSE)
            assert owner.asks_inline(KEEPER)
            offered = stranger.waits_for_inline(stranger.types_inline("Who hid it?"), 10)
            assert offered
            assert offered["results"] == []
            assert offered["is_personal"]
            assert "button" not in offered
            assert stranger.messages() == []
        files = [file.read_bytes() for file in data.rglob("*") if file.is_file()]
        assert not any(b"Who hid it" in content for content in files)
        assert "Who hid it" not in bot.log.getvalue()
