"""The cards that are offered while a question is typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timezone

import pytest
from telegram_html import shown

from bot.inline import DESCRIPTION_ROOM, MOST_CARDS, TITLE_ROOM, cards_of
from bot.markup import units
from bot.texts import Texts
from index import Answer, Hit, Outcome, StoredArticle

TEXTS = Texts()
TITLE = "The ferry of Aldham"
SENTENCE = "Its captain, Ada Brill, sails at six in every weather."
TEXT = f"{TITLE}\nThe ferry is old. {SENTENCE} Nobody has ever missed it."
AT = TEXT.index("Ada Brill")
PROOF = Hit(1, TITLE, TEXT, 0, len(TEXT), 0.9, AT, AT + len("Ada Brill"))
OTHER = Hit(2, "A bridge for otters", "The otters cross it at night.", 0, 29, 0.5)
ANSWER = Answer("Who sails?", Outcome.ANSWER, "Ada Brill", 0.9, (PROOF, OTHER))


def stored(number: int, title: str = TITLE) -> StoredArticle:
    added = datetime(2024, 5, 3, tzinfo=timezone.utc)
    source = "https://news.example/ferry"
    return StoredArticle(
        number, title, "Bo Lund", "The Gull", date(2022, 7, 28), source, added, 40, 1
    )


ARTICLES = {1: stored(1)}


def test_the_short_answer_comes_first_with_its_proof_and_is_sent_as_an_answer() -> None:
    first, second = cards_of(ANSWER, ARTICLES, TEXTS)
    assert first.title == "Ada Brill"
    assert first.description == f"“{SENTENCE}”"
    sent = shown(first.html)
    assert sent.text.startswith(f"Ada Brill\n\n“{SENTENCE}”\n")
    assert sent.text.endswith(f"{TITLE} · Bo Lund · The Gull · 28 July 2022")
    assert sent.links == ("https://news.example/ferry",)
    assert second.title == "A bridge for otters"
    assert second.description == "The otters cross it at night."
    assert shown(second.html).text == "The otters cross it at night.\nA bridge for otters"


def test_the_words_of_a_passage_are_told_without_the_title_above_them() -> None:
    passages = replace(ANSWER, outcome=Outcome.PASSAGES, answer=None)
    first, _ = cards_of(passages, ARTICLES, TEXTS)
    assert first.title == TITLE
    assert first.description.startswith("The ferry is old.")
    assert shown(first.html).of("b") == ["Ada Brill"]


def test_nothing_is_offered_where_there_is_no_answer() -> None:
    assert cards_of(replace(ANSWER, outcome=Outcome.NOTHING), ARTICLES, TEXTS) == []


def test_a_passage_about_something_else_is_not_offered_beside_an_answer() -> None:
    others = (PROOF, replace(OTHER, relevance=0.05))
    assert len(cards_of(replace(ANSWER, passages=others), ARTICLES, TEXTS)) == 1
    asked = Answer("Who?", Outcome.PASSAGES, None, 0.0, others)
    assert len(cards_of(asked, ARTICLES, TEXTS)) == 2


def test_there_are_no_more_cards_than_anybody_looks_through() -> None:
    many = (PROOF, *[OTHER] * 20)
    assert len(cards_of(replace(ANSWER, passages=many), ARTICLES, TEXTS)) == MOST_CARDS


@pytest.mark.parametrize(
    "words", ["a<b> & c ", "👩\u200d👩\u200d👧", "\ud800", "\u202e}{", "\x00\n", "ž" * 30]
)
@pytest.mark.parametrize("times", [1, 5, 900])
def test_whatever_an_article_holds_its_cards_fit(words: str, times: int) -> None:
    text = f"{words * times}: Ada Brill {words * times}. {words * times}"
    at = text.index("Ada")
    hit = Hit(1, words * times, text, 0, len(text), 0.9, at, at + 9)
    long = text[: at + 9]
    wide = replace(hit, answer_start=0)
    for shape in (
        replace(ANSWER, passages=(hit, hit)),
        replace(ANSWER, answer=long, passages=(wide, hit)),
        Answer("Who?", Outcome.PASSAGES, None, 0.0, (hit, replace(hit, answer_start=None))),
    ):
        for card in cards_of(shape, {1: stored(1, words * times)}, TEXTS):
            assert 0 < units(card.title) <= TITLE_ROOM
            assert units(card.description) <= DESCRIPTION_ROOM
            for said in (card.title, card.description):
                said.encode()
                assert not set("\n\u202e\x00") & set(said)
            shown(card.html)


def test_a_long_sentence_is_cut_around_the_answer() -> None:
    long = f"{'Before it came many others ' * 9}Ada Brill {'and after it none ' * 9}."
    at = long.index("Ada")
    hit = Hit(1, TITLE, long, 0, len(long), 0.9, at, at + 9)
    (card,) = cards_of(replace(ANSWER, passages=(hit,)), ARTICLES, TEXTS)
    assert "Ada Brill" in card.description
    assert card.description.startswith("“…")
