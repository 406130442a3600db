"""The promise: every answer and every passage is a slice of the stored article."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from any_text import any_text
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from library_samples import real_archive

from index.archive import Archive
from index.errors import EmptySourceError
from index.formats import read_text
from index.records import Outcome, ReceiptStatus
from index.settings import IndexSettings

QUESTIONS = [
    "Who called the mayor?",
    "How much did he pay, and when?",
    "字",
    "👩‍👩‍👧 Jose\u0301?",
    "x a b no full stop",
]


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Answers whatever the question is, so that every way of cutting an answer is taken."""
    bold = IndexSettings(read_candidates=2, minimum_relevance=0, minimum_confidence=0)
    with real_archive(tmp_path_factory.mktemp("verbatim"), bold) as opened:
        yield opened


@settings(
    max_examples=15,
    deadline=None,  # a model takes as long as the machine is busy
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(text=any_text().map(lambda text: text[:4_000]), question=st.sampled_from(QUESTIONS))
def test_answers_and_passages_are_slices_of_their_article(
    archive: Archive, text: str, question: str
) -> None:
    try:
        article = read_text(text, archive.settings)
    except EmptySourceError:
        assume(False)
    library = archive.library_for_adding("any")
    (receipt,) = library.add([article])
    assert receipt.status is ReceiptStatus.ADDED
    assert receipt.article
    stored = library.text(receipt.article.id)
    assert stored == article.text
    answer = library.ask(question)
    library.remove([receipt.article.id])
    assert answer.passages
    for hit in answer.passages:
        assert stored[hit.start : hit.end] == hit.text
        assert (hit.answer_start is None) == (hit.answer_end is None)
        if hit.answer_start is not None and hit.answer_end is not None:
            assert stored[hit.answer_start : hit.answer_end] == answer.answer
            assert hit.start <= hit.answer_start < hit.answer_end <= hit.end
    if answer.outcome is Outcome.ANSWER:
        assert answer.answer
        assert answer.passages[0].answer_start is not None
    else:
        assert answer.answer is None
