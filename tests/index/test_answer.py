"""What the reader says -> an answer, passages or nothing, with hand-made readings."""

from __future__ import annotations

import pytest

from index.answer import decide, decide_without_reader
from index.choosing import choose, relevance
from index.reading import Reading, ScoredSpan
from index.records import Answer, Candidate, Outcome
from index.settings import IndexSettings

QUESTION = "who did Blinken call?"
CLAUSE = "Blinken called Secretary of State Sergei Lavrov on Monday to speak of the summit."
SECOND = "Lavrov told reporters that the call was short."
THIRD = "Nobody else was called."
SETTINGS = IndexSettings()


def candidate(text: str, article: int = 1, start: int = 0) -> Candidate:
    return Candidate(passage=start + article, article=article, title="T", text=text, start=start)


def span(text: str, words: str, margin: float) -> ScoredSpan:
    start = text.index(words)
    return ScoredSpan(start, start + len(words), margin, len(words.split()))


def reading(text: str, relevance: float, *spans: tuple[str, float]) -> Reading:
    return Reading(relevance, tuple(span(text, *found) for found in spans))


def decided(
    *read: tuple[Candidate, Reading], settings: IndexSettings = SETTINGS, question: str = QUESTION
) -> Answer:
    candidates, readings = [c for c, _ in read], [r for _, r in read]
    return decide(question, candidates, readings, settings)


def sure(text: str, words: str, article: int = 1, start: int = 0) -> tuple[Candidate, Reading]:
    return candidate(text, article, start), reading(text, 8.0, (words, 12.0))


def test_a_name_that_passages_agree_on_wins_over_a_long_clause_with_a_better_score() -> None:
    answer = decided(
        (
            candidate(CLAUSE),
            reading(
                CLAUSE,
                7.0,
                ("Secretary of State Sergei Lavrov on Monday to speak of the summit", 11.9),
                ("Secretary of State", 11.3),
                ("Sergei Lavrov", 11.3),
            ),
        ),
        (candidate(SECOND, 2), reading(SECOND, 7.0, ("Lavrov", 11.9))),
    )
    assert answer.outcome is Outcome.ANSWER
    assert answer.answer in ("Sergei Lavrov", "Lavrov")


def test_agreement_makes_an_answer_more_likely() -> None:
    other = (candidate(SECOND, 2), reading(SECOND, 7.0, ("reporters", 11.0)))
    same = (candidate(SECOND, 2), reading(SECOND, 7.0, ("Lavrov", 11.0)))
    first = (candidate(CLAUSE), reading(CLAUSE, 7.0, ("Sergei Lavrov", 11.0)))
    assert decided(first, same).confidence > decided(first, other).confidence


def test_a_long_clause_is_taken_where_an_explanation_is_asked_and_not_where_a_name_is() -> None:
    clause = "Secretary of State Sergei Lavrov on Monday to speak of the summit"
    read = (candidate(CLAUSE), reading(CLAUSE, 7.0, (clause, 14.0), ("Sergei Lavrov", 11.0)))
    assert decided(read).answer == "Sergei Lavrov"
    assert decided(read, question="why did Blinken call?").answer == clause


def test_the_answer_is_a_slice_and_its_offsets_are_those_of_the_article() -> None:
    answer = decided(sure(SECOND, "Lavrov", article=7, start=1_000))
    (hit,) = answer.passages
    assert (answer.answer, hit.article, hit.title, hit.text) == ("Lavrov", 7, "T", SECOND)
    assert (hit.start, hit.end) == (1_000, 1_000 + len(SECOND))
    assert (hit.answer_start, hit.answer_end) == (1_000, 1_006)
    assert hit.relevance == pytest.approx(0.99966, abs=1e-4)
    assert 0.5 < answer.confidence <= 1


def test_the_passage_that_proves_it_is_first_and_the_others_follow_by_relevance() -> None:
    answer = decided(
        (candidate(THIRD, 1), reading(THIRD, 2.0)),
        (candidate(CLAUSE, 2), reading(CLAUSE, 6.0, ("Sergei Lavrov", 12.0))),
        (candidate(SECOND, 3), reading(SECOND, 7.0)),
    )
    assert answer.answer == "Sergei Lavrov"
    assert [hit.article for hit in answer.passages] == [2, 3, 1]


def test_without_an_answer_the_passages_are_in_the_order_of_relevance() -> None:
    answer = decided(
        (candidate(THIRD, 1), reading(THIRD, 2.0)),
        (candidate(CLAUSE, 2), reading(CLAUSE, 6.0)),
        (candidate(SECOND, 3), reading(SECOND, 4.0)),
    )
    assert (answer.outcome, answer.answer) == (Outcome.PASSAGES, None)
    assert [hit.article for hit in answer.passages] == [2, 3, 1]
    assert all(hit.answer_start is hit.answer_end is None for hit in answer.passages)


def test_low_relevance_is_nothing_however_good_the_span_is() -> None:
    answer = decided((candidate(CLAUSE), reading(CLAUSE, -6.0, ("Sergei Lavrov", 40.0))))
    assert (answer.outcome, answer.answer) == (Outcome.NOTHING, None)
    assert [(hit.text, hit.answer_start) for hit in answer.passages] == [(CLAUSE, None)]


def test_low_confidence_is_passages_only() -> None:
    answer = decided((candidate(CLAUSE), reading(CLAUSE, 5.0, ("Sergei Lavrov", -20.0))))
    assert (answer.outcome, answer.answer) == (Outcome.PASSAGES, None)
    assert answer.passages[0].answer_start is None
    assert answer.confidence < SETTINGS.minimum_confidence


@pytest.mark.parametrize("shift", [-0.001, 0.001])
def test_the_thresholds_are_those_of_the_settings(shift: float) -> None:
    read = (candidate(CLAUSE), reading(CLAUSE, 0.5, ("Sergei Lavrov", 9.0)))
    settings = IndexSettings(minimum_relevance=0, minimum_confidence=0)
    free = decided(read, settings=settings)
    assert free.outcome is Outcome.ANSWER
    at_relevance = IndexSettings(
        minimum_relevance=relevance(read[1]) + shift, convincing_confidence=1, minimum_confidence=0
    )
    assert (decided(read, settings=at_relevance).outcome is Outcome.NOTHING) == (shift > 0)
    at_confidence = IndexSettings(minimum_relevance=0, minimum_confidence=free.confidence + shift)
    assert (decided(read, settings=at_confidence).outcome is Outcome.PASSAGES) == (shift > 0)


def test_convincing_words_of_doubtful_relevance_are_an_answer_all_the_same() -> None:
    convincing, vague = ("Sergei Lavrov", 12.0), ("Sergei Lavrov", -20.0)
    doubtful = decided((candidate(CLAUSE), reading(CLAUSE, -3.0, convincing)))
    assert doubtful.passages[0].relevance < SETTINGS.minimum_relevance
    assert (doubtful.outcome, doubtful.answer) == (Outcome.ANSWER, "Sergei Lavrov")
    assert decided((candidate(CLAUSE), reading(CLAUSE, -3.0, vague))).outcome is Outcome.NOTHING


def test_other_passages_are_marked_only_where_they_hold_the_answer_letter_for_letter() -> None:
    lower, again = "Then lavrov left.", "In the end Lavrov left."
    answer = decided(
        sure(SECOND, "Lavrov", 1),
        (candidate(lower, 2), reading(lower, 3.0, ("lavrov", 5.0))),
        (candidate(again, 3, start=500), reading(again, 2.0, ("the end", 6.0), ("Lavrov", 5.0))),
        (candidate(THIRD, 4), reading(THIRD, 1.0, ("Nobody", 5.0))),
    )
    assert answer.answer == "Lavrov"
    marked = {hit.article: (hit.answer_start, hit.answer_end) for hit in answer.passages}
    assert marked == {1: (0, 6), 2: (None, None), 3: (511, 517), 4: (None, None)}


def test_the_proof_shows_the_chosen_place_of_words_that_come_twice() -> None:
    text = "Lavrov spoke. Then Lavrov left."
    second = ScoredSpan(19, 25, 12.0, 1)
    answer = decided((candidate(text), Reading(8.0, (second, ScoredSpan(0, 6, 3.0, 1)))))
    assert (answer.passages[0].answer_start, answer.passages[0].answer_end) == (19, 25)


def test_no_more_passages_are_shown_than_the_settings_say() -> None:
    read = [sure(SECOND, "Lavrov", number) for number in range(8)]
    assert len(decided(*read).passages) == SETTINGS.shown_passages
    assert len(decided(*read, settings=IndexSettings(shown_passages=1)).passages) == 1


def test_without_candidates_there_is_nothing() -> None:
    assert choose(QUESTION, [], []) is None
    assert decided() == Answer(QUESTION, Outcome.NOTHING, None, 0.0, ())


def test_without_spans_nothing_is_chosen() -> None:
    assert choose(QUESTION, [candidate(CLAUSE)], [Reading(9.0, ())]) is None


def test_spans_without_a_word_that_counts_are_weighed_all_the_same() -> None:
    for words in ("The", "!"):
        text = f"{words} and more"
        assert choose(QUESTION, [candidate(text)], [reading(text, 5.0, (words, 9.0))])


def test_large_logits_give_shares_between_0_and_1() -> None:
    for logit in (-200.0, -20.0, 0.0, 20.0, 200.0):
        answer = decided((candidate(CLAUSE), reading(CLAUSE, logit, ("Sergei Lavrov", logit))))
        assert 0 <= answer.confidence <= 1
        assert 0 <= answer.passages[0].relevance <= 1


def without_reader(
    *similarities: float, settings: IndexSettings = SETTINGS
) -> tuple[Outcome, list[int], list[float]]:
    candidates = [candidate(CLAUSE, number) for number in range(len(similarities))]
    answer = decide_without_reader(QUESTION, candidates, similarities, settings)
    assert answer.answer is None
    assert all(hit.answer_start is None for hit in answer.passages)
    articles, relevances = zip(*((h.article, h.relevance) for h in answer.passages), strict=True)
    return answer.outcome, list(articles), list(relevances)


def test_without_a_reader_similar_passages_are_shown_as_they_come() -> None:
    assert without_reader(0.2, 0.7, -0.1) == (Outcome.PASSAGES, [0, 1, 2], [0.2, 0.7, 0.0])
    assert without_reader(0.2, 0.1)[0] is Outcome.NOTHING
    generous = IndexSettings(minimum_similarity=0.1, shown_passages=1)
    assert without_reader(0.2, 0.1, settings=generous) == (Outcome.PASSAGES, [0], [0.2])
    assert without_reader(1.0000001)[2] == [1.0]


def test_without_a_reader_and_candidates_there_is_nothing() -> None:
    answer = decide_without_reader(QUESTION, [], [], SETTINGS)
    assert (answer.outcome, answer.passages) == (Outcome.NOTHING, ())
