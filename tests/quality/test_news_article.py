"""A real news article and questions about it, where they lie beside the checkout."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index import Archive, IndexSettings, Outcome, read_article

ARTICLES = Path(__file__).parents[3] / "shared" / "articles"
ARTICLE = ARTICLES / "blinken-lavrov.txt"
QUESTIONS = ARTICLES / "blinken-lavrov.questions.json"

pytestmark = pytest.mark.skipif(
    not QUESTIONS.is_file(), reason="the article is not part of the project and not here"
)


def test_a_news_article_is_answered_from_and_from_nothing_else(tmp_path: Path) -> None:
    asked = json.loads(QUESTIONS.read_text())
    with Archive(tmp_path) as archive:
        library = archive.library_for_adding()
        article = read_article(ARTICLE.read_bytes(), ARTICLE.name, IndexSettings())
        assert [receipt.status.value for receipt in library.add([article])] == ["added"]
        answers = {q["question"]: library.ask(q["question"]) for q in asked["answerable"]}
        wrong = [
            q for q in asked["answerable"] if answers[q["question"]].answer not in q["answers"]
        ]
        assert len(wrong) <= 1
        assert "who did Blinken call?" not in {q["question"] for q in wrong}
        for question in asked["unanswerable"]:
            assert library.ask(question).outcome is Outcome.NOTHING, question
