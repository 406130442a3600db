"""Articles of different days that answer differently, with hand-made readings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pytest

from index import dissent
from index.answer import decide
from index.reading import Reading, ScoredSpan
from index.records import Answer, Candidate, Outcome
from index.settings import IndexSettings

QUESTION = "Who runs the ferry to Marrow?"
SETTINGS = IndexSettings()
MAY, JUNE, JULY, AUGUST = (date(2024, month, 3) for month in (5, 6, 7, 8))


@dataclass(frozen=True)
class Told:
    """What an article says, and how sure the reader is of it."""

    words: str
    day: date | None
    relevance: float = 8.0
    margin: float = 12.0
    others: tuple[tuple[str, float], ...] = ()
    text: str = "Since spring {} runs the ferry to Marrow, with {}."
    title: str = "The ferry"

    def candidate(self, article: int) -> Candidate:
        others = " and ".join(words for words, _ in self.others) or "a dog"
        text = self.text.format(self.words, others)
        return Candidate(article, article, self.title, text, 100 * article)

    def reading(self, article: int) -> Reading:
        text = self.candidate(article).text
        return Reading(
            self.relevance,
            tuple(
                ScoredSpan(text.index(words), text.index(words) + len(words), margin, 2)
                for words, margin in ((self.words, self.margin), *self.others)
            ),
        )


def asked(*told: Told, question: str = QUESTION, settings: IndexSettings = SETTINGS) -> Answer:
    numbered = list(enumerate(told, start=1))
    return decide(
        question,
        [each.candidate(number) for number, each in numbered],
        [each.reading(number) for number, each in numbered],
        settings,
        {number: each.day for number, each in numbered if each.day},
    )


def said(answer: Answer) -> list[tuple[str, int]]:
    """The answer and the earlier ones, each with the number of its article."""
    first = (answer.answer or "", answer.passages[0].article)
    return [first, *((each.answer, each.passage.article) for each in answer.earlier)]


@pytest.mark.parametrize("better", [0.0, 1.0])
@pytest.mark.parametrize("newer_first", [True, False])
def test_the_newest_is_the_answer_and_the_other_stands_below_it(
    better: float, newer_first: bool
) -> None:
    old, new = Told("Ada Brisk", MAY, 8.0 + better), Told("Jonas Ferrill", JUNE)
    answer = asked(new, old) if newer_first else asked(old, new)
    assert [words for words, _ in said(answer)] == ["Jonas Ferrill", "Ada Brisk"]
    (earlier,) = answer.earlier
    assert earlier.day == MAY
    hit = earlier.passage
    assert hit.text[hit.answer_start - hit.start : hit.answer_end - hit.start] == "Ada Brisk"  # type: ignore[operator]


def test_the_proof_of_the_newest_is_the_first_passage_and_its_words_are_marked() -> None:
    answer = asked(Told("Ada Brisk", MAY, 9.0), Told("Jonas Ferrill", JUNE))
    proof, other = answer.passages
    start, end = proof.answer_start, proof.answer_end
    assert start is not None
    assert end is not None
    assert proof.text[start - proof.start : end - proof.start] == "Jonas Ferrill"
    assert (other.article, other.answer_start) == (1, None)
    assert 0.6 < answer.confidence <= 1


@pytest.mark.parametrize("same", ["Ada Brisk", "Brisk", "Captain Ada Brisk", "the captain"])
def test_what_says_the_same_in_other_words_is_no_earlier_answer(same: str) -> None:
    answer = asked(Told("Ada Brisk", MAY, 9.0), Told(same, JUNE))
    assert (answer.answer, answer.earlier) == ("Ada Brisk", ())
    assert answer.passages[0].article == 1


def test_articles_of_the_same_day_do_not_displace_each_other() -> None:
    for told in (Told("Ada Brisk", MAY, 9.0), Told("Jonas Ferrill", MAY, 9.0)):
        other = "Jonas Ferrill" if told.words == "Ada Brisk" else "Ada Brisk"
        answer = asked(told, Told(other, MAY))
        assert (answer.answer, answer.earlier) == (told.words, ())


def test_of_two_that_are_newest_the_surer_wins_and_the_other_is_not_shown() -> None:
    answer = asked(
        Told("Ada Brisk", MAY, 9.0),
        Told("Jonas Ferrill", JUNE, 7.9, 11.0),
        Told("Lies Amberg", JUNE, 7.9, 13.0),
    )
    assert said(answer) == [("Lies Amberg", 3), ("Ada Brisk", 1)]


def test_of_what_was_said_alike_the_last_is_shown() -> None:
    answer = asked(
        Told("Ada Brisk", MAY, 9.0),
        Told("Brisk", JULY),
        Told("Jonas Ferrill", AUGUST),
        Told("Ada Brisk", JUNE),
    )
    assert said(answer) == [("Jonas Ferrill", 3), ("Brisk", 2)]
    assert answer.earlier[0].day == JULY


def test_what_was_said_again_last_is_the_answer_of_its_last_day() -> None:
    answer = asked(
        Told("Ada Brisk", MAY, 9.0), Told("Jonas Ferrill", JUNE), Told("Ada Brisk", JULY)
    )
    assert said(answer) == [("Ada Brisk", 3), ("Jonas Ferrill", 2)]


def test_what_may_be_the_same_does_not_keep_an_answer_from_falling() -> None:
    answer = asked(
        Told("Ada Brisk", MAY, 9.0), Told("Jonas Ferrill", JUNE), Told("the captain", JULY)
    )
    assert said(answer) == [("Jonas Ferrill", 2), ("Ada Brisk", 1)]


def test_at_most_three_stand_below_newest_first() -> None:
    names = ["Ada Brisk", "Jonas Ferrill", "Lies Amberg", "Milo Brandt", "Sofie Lund"]
    told = [Told(name, date(2024, month, 1)) for month, name in enumerate(names, start=1)]
    answer = asked(*told)
    assert said(answer) == list(zip(names[::-1], (5, 4, 3, 2), strict=False))


def test_what_is_less_relevant_neither_displaces_nor_stands_below() -> None:
    best = Told("Ada Brisk", JUNE, 8.0)
    for day in (MAY, JULY):
        near = Told("Jonas Ferrill", day, 8.0 - dissent.NEAR + 0.1)
        far = Told("Jonas Ferrill", day, 8.0 - dissent.NEAR - 0.1)
        assert asked(best, near).earlier
        assert said(asked(best, far)) == [("Ada Brisk", 1)]


def test_what_is_relevant_enough_need_not_be_nearer_to_the_best() -> None:
    best, other = Told("Ada Brisk", MAY, 14.0), Told("Jonas Ferrill", JUNE, dissent.ENOUGH - 1.0)
    assert said(asked(best, other))[0] == ("Jonas Ferrill", 2)


def test_what_is_less_sure_neither_displaces_nor_stands_below() -> None:
    best = Told("Ada Brisk", JUNE)
    for day in (MAY, JULY):
        assert asked(best, Told("Jonas Ferrill", day, margin=1.0)).earlier
        assert said(asked(best, Told("Jonas Ferrill", day, margin=-9.0))) == [("Ada Brisk", 1)]


def test_two_that_agree_have_a_say_where_together_they_are_sure_and_relevant() -> None:
    best = Told("Ada Brisk", MAY, 9.0)
    unsure, far = Told("Ferrill", JUNE, 8.5, -5.0), Told("Jonas Ferrill", JULY, 5.0, 13.0)
    assert said(asked(best, unsure)) == said(asked(best, far)) == [("Ada Brisk", 1)]
    assert said(asked(best, unsure, far)) == [("Jonas Ferrill", 3), ("Ada Brisk", 1)]


@pytest.mark.parametrize("text", ["Since spring {} runs the ferry to Ostrel, with {}."])
def test_an_article_that_does_not_name_what_is_asked_about_has_no_say(text: str) -> None:
    best = Told("Ada Brisk", MAY, 9.0)
    elsewhere = Told("Jonas Ferrill", JUNE, text=text)
    for question in (QUESTION, QUESTION.lower()):
        assert said(asked(best, elsewhere, question=question)) == [("Ada Brisk", 1)]
    told_by_title = Told("Jonas Ferrill", JUNE, text=text, title="The ferry to Marrow")
    assert said(asked(best, told_by_title))[0] == ("Jonas Ferrill", 2)


def test_an_article_of_another_year_than_is_asked_about_has_no_say() -> None:
    question = "Who ran the ferry to Marrow in 2023?"
    old = Told("Ada Brisk", date(2023, 5, 3), 9.0)
    assert said(asked(old, Told("Jonas Ferrill", MAY), question=question)) == [("Ada Brisk", 1)]
    late = Told("Jonas Ferrill", date(2023, 9, 3))
    assert said(asked(old, late, question=question))[0] == ("Jonas Ferrill", 2)


@pytest.mark.parametrize(("behind", "shown"), [(6.0, True), (0.5, False)])
@pytest.mark.parametrize("newer", [True, False])
def test_an_article_that_might_as_well_say_the_other_thing_does_not_contradict_it(
    behind: float, shown: bool, newer: bool
) -> None:
    both = ("Jonas Ferrill", 12.0 - behind) if not newer else ("Ada Brisk", 12.0 - behind)
    old = Told("Ada Brisk", MAY, 9.0, others=() if newer else (both,))
    new = Told("Jonas Ferrill", JUNE, others=(both,) if newer else ())
    assert bool(asked(old, new).earlier) == shown


def test_a_span_with_the_words_of_both_is_no_sign_of_doubt() -> None:
    both = "Jonas Ferrill runs the ferry to Marrow, with Ada Brisk"
    new = Told("Jonas Ferrill", JUNE, others=(("Ada Brisk", 5.0), (both, 11.5)))
    assert said(asked(Told("Ada Brisk", MAY, 9.0), new)) == [("Jonas Ferrill", 2), ("Ada Brisk", 1)]


def test_an_article_without_a_day_has_no_say() -> None:
    for one, other in ((None, JUNE), (JUNE, None), (None, None)):
        last = Told("Lies Amberg", JULY, -1.0)
        answer = asked(Told("Ada Brisk", one, 9.0), Told("Jonas Ferrill", other), last)
        assert said(answer) == [("Ada Brisk", 1)]


def test_the_confidence_is_that_of_the_answer_given() -> None:
    old, new = Told("Ada Brisk", MAY, 9.0, 20.0), Told("Jonas Ferrill", JUNE, margin=6.0)
    alone = asked(new)
    assert asked(old, new).answer == alone.answer == "Jonas Ferrill"
    assert asked(old, new).confidence == pytest.approx(alone.confidence)


def test_one_article_alone_has_nothing_said_earlier() -> None:
    told = [Told("Ada Brisk", MAY), Told("Jonas Ferrill", MAY)]
    answer = decide(
        QUESTION,
        [each.candidate(1) for each in told],
        [each.reading(1) for each in told],
        IndexSettings(),
        {1: MAY},
    )
    assert answer.earlier == ()


def test_a_newer_answer_that_is_less_sure_than_the_settings_want_changes_nothing() -> None:
    old, new = Told("Ada Brisk", MAY, 9.0, 20.0), Told("Jonas Ferrill", JUNE, margin=6.0)
    for shift, words in ((-0.001, "Jonas Ferrill"), (0.001, "Ada Brisk")):
        wanted = IndexSettings(minimum_confidence=asked(new).confidence + shift)
        assert asked(old, new, settings=wanted).answer == words


@pytest.mark.parametrize("weak", [{"relevance": -9.0}, {"margin": -25.0}])
def test_where_there_is_no_answer_nothing_was_said_earlier(weak: dict[str, float]) -> None:
    answer = asked(Told("Ada Brisk", MAY, **weak), Told("Jonas Ferrill", JUNE, **weak))  # type: ignore[arg-type]
    assert answer.outcome is not Outcome.ANSWER
    assert (answer.answer, answer.earlier) == (None, ())


def test_the_order_of_the_candidates_changes_nothing() -> None:
    told: Sequence[Told] = (
        Told("Ada Brisk", MAY, 8.3),
        Told("Jonas Ferrill", JUNE, 8.2),
        Told("Lies Amberg", JULY, 8.1),
    )
    for order in ((0, 1, 2), (2, 0, 1), (1, 2, 0), (2, 1, 0)):
        answer = asked(*(told[place] for place in order))
        words = [words for words, _ in said(answer)]
        assert words == ["Lies Amberg", "Jonas Ferrill", "Ada Brisk"]
