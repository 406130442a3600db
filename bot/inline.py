"""An answer as cards to choose from while a question is typed in any chat (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot import render
from bot.fitting import UNICODE, answer_in, proof_of
from bot.markup import clean, marked, plain, shortened
from bot.origins import title_of
from bot.texts import Texts
from index import Answer, Hit, Outcome, Span, StoredArticle, sentence_around

MOST_CARDS = 6
TITLE_ROOM = 60
DESCRIPTION_ROOM = 120
"""UTF-16 units; clients show two or three lines."""
WORTH_OFFERING = 0.1
"""The relevance that a passage beside an answer needs; below, it is about something else."""
_NOTHING = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Card:
    """What is offered, and what is sent when it is chosen."""

    title: str
    description: str
    html: str
    """At most 4096 units, tags and all."""


def cards_of(answer: Answer, articles: Mapping[int, StoredArticle], texts: Texts) -> list[Card]:
    """The short answer with its proof, and the best passages; nothing where there is no answer.

    `articles` are those that the passages are from, by their ids.
    """
    if answer.outcome is Outcome.NOTHING:
        return []
    cards, hits = [], list(answer.passages)
    proof = proof_of(answer)
    if proof is not None and answer.answer:
        html = render.answer(answer, articles, texts)
        cards.append(Card(_title(answer.answer, texts), _proof(proof), html))
        hits = [hit for hit in hits if hit is not proof and hit.relevance >= WORTH_OFFERING]
    for hit in hits[: MOST_CARDS - len(cards)]:
        article = articles.get(hit.article)
        title = _title(article.title if article else hit.title, texts)
        html = render.passage(hit, article, texts)
        cards.append(Card(title, _beginning(hit), html))
    return cards


def _title(words: str, texts: Texts) -> str:
    return plain(title_of(words, texts, TITLE_ROOM))


def _proof(hit: Hit) -> str:
    """The sentence that proves the answer, cut around it."""
    found, text = answer_in(hit) or _NOTHING, clean(hit.text)
    sentence = sentence_around(text, found)
    words = text[sentence.start : sentence.end]
    keep = Span(found.start - sentence.start, found.end - sentence.start)
    return UNICODE.quoted(_cut(words, keep, DESCRIPTION_ROOM - 2))


def _beginning(hit: Hit) -> str:
    """The words of a passage around its answer, or its first ones, without the title above it."""
    found, text = answer_in(hit) or _NOTHING, clean(hit.text)
    head = f"{clean(hit.title)}\n"
    start = len(head) if text.startswith(head) and text[len(head) :].strip() else 0
    keep = Span(found.start - start, found.end - start) if found.start >= start else _NOTHING
    return _cut(text[start:], keep, DESCRIPTION_ROOM)


def _cut(text: str, keep: Span, room: int) -> str:
    """`text` on one line of at most `room` units, around what is to be kept of it."""
    return plain(shortened(marked(text, keep, one_line=True), room).html())
