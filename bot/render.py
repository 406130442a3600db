"""Answers and passages as Telegram HTML, each within what one message may hold (pure)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.cards import article_card as article_card
from bot.cards import article_list as article_list
from bot.cards import stats as stats
from bot.fitting import UNICODE, answer_in, proof_of
from bot.markup import (
    ELLIPSIS,
    LIMIT,
    Marked,
    bold,
    clean,
    fill,
    italic,
    line,
    marked,
    quote,
    shortened,
    units,
)
from bot.origins import origin, title_of
from bot.receipts import feed_offer as feed_offer
from bot.receipts import receipt as receipt
from bot.texts import Texts
from index import Answer, Hit, Outcome, Span, StoredArticle, sentence_around, surroundings

ANSWER_ROOM = 600
PROOF_ROOM = 900
PASSAGES_SHOWN = 3
NEAREST_ROOM = 500
NEAREST_TITLE_ROOM = 120
SIDE_ROOM = 600
"""UTF-16 units kept free on each side of a passage that is shown in context."""
AROUND = 2 * LIMIT
"""Characters looked at on each side of a passage: more than can be shown."""
_LIST_MARK = re.compile(r"(?:[-–•*]|\d{1,2}[.)])[ \t]+")
_BOLD_TAGS = units(bold("x")) - 1


def answer(
    answer: Answer, articles: Mapping[int, StoredArticle], texts: Texts, *, heard: str = ""
) -> str:
    """The short answer, its proof and where it is from; or, kindly, that there is none.

    `articles` are those that the passages are from, by their ids; one may have gone since.
    `heard` is the question where it was spoken, so that a person sees what was understood.
    """
    above = f"{italic(fill(texts.heard, words=heard))}\n\n" if heard else ""
    room = LIMIT - units(above)
    proof = proof_of(answer)
    if proof is not None:
        article = articles.get(proof.article)
        return above + _proved(answer.answer or "", proof, article, texts, room)
    if answer.outcome is Outcome.NOTHING or not answer.passages:
        return above + _nothing(answer, texts)
    return above + _offered(answer, articles, texts, room)


def passage_page(
    hit: Hit, article: StoredArticle | None, number: int, total: int, texts: Texts
) -> str:
    """One passage whole, its answer in bold, and where it is from: `number` of `total`."""
    place = fill(texts.passage_place, number=number, total=total)
    below = f"\n{origin(hit.title, article, texts, page=hit.page)}\n{place}"
    return _quoted(_passage(hit), LIMIT - units(below), folded=False) + below


def in_context(text: str, hit: Hit, article: StoredArticle | None, texts: Texts) -> str:
    """The passage between its neighbouring paragraphs; `text` is its article's."""
    first = max(0, hit.start - AROUND)
    window = clean(text[first : hit.end + AROUND])
    passage = Span(hit.start - first, hit.end - first)
    around = surroundings(window, passage)
    found = answer_in(hit)
    below = f"\n\n{origin(hit.title, article, texts, page=hit.page)}"
    room = LIMIT - units(below) - 2 * units(f"\n{ELLIPSIS}\n")
    middle = _untitled(window[passage.start : passage.end], found, hit.title)
    quoted = _quoted(middle, room - 2 * SIDE_ROOM, folded=False)
    room -= units(quoted)
    before = marked(window[around.start : passage.start]).text
    after = Marked(marked(window[passage.end : around.end]).text)
    tail = shortened(after, room // 2)
    head = shortened(Marked(before, Span(len(before), len(before))), room - units(tail.html()))
    tail = shortened(after, room - units(head.html()))
    parts = [head.html(), quoted, tail.html()]
    if text[: first + around.start].strip() and not head.text.startswith(ELLIPSIS):
        parts.insert(0, ELLIPSIS)
    if text[first + around.end :].strip() and not tail.text.endswith(ELLIPSIS):
        parts.append(ELLIPSIS)
    return "\n".join(part for part in parts if part) + below


def _proved(words: str, hit: Hit, article: StoredArticle | None, texts: Texts, room: int) -> str:
    proof = _proof(hit)
    before, after = UNICODE.marks(proof.text)
    top = f"{bold(line(words, ANSWER_ROOM))}\n\n{before}{proof.html()}{after}\n"
    below = origin(hit.title, article, texts, page=hit.page)
    passage = _passage(hit)
    if marked(passage.text, one_line=True).text == proof.text:
        return top + below
    room -= units(top) + units(below) + 1
    return f"{top}{_quoted(passage, room, folded=True)}\n{below}"


def _offered(answer: Answer, articles: Mapping[int, StoredArticle], texts: Texts, room: int) -> str:
    hits = answer.passages[:PASSAGES_SHOWN]
    heads: list[str] = []
    told: tuple[int, int | None] | None = None
    for hit in hits:
        article = articles.get(hit.article)
        place = (hit.article, hit.page)
        named = origin(hit.title, article, texts, strong=True, page=hit.page)
        heads.append("" if place == told else named)
        told = place
    said = texts.no_exact_answer
    room -= units(said) + sum(units(f"\n\n{head}\n") for head in heads)
    for number, (hit, head) in enumerate(zip(hits, heads, strict=True)):
        quoted = _quoted(_passage(hit), room // (len(hits) - number), folded=True)
        room -= units(quoted)
        said += f"\n\n{head}\n{quoted}" if head else f"\n{quoted}"
    return said


def _nothing(answer: Answer, texts: Texts) -> str:
    nearest = [
        f"{bold(title_of(hit.title, texts, NEAREST_TITLE_ROOM))}\n"
        f"{shortened(Marked(_passage(hit).text), NEAREST_ROOM).html()}"
        for hit in answer.passages[:PASSAGES_SHOWN]
    ]
    if not nearest:
        return texts.not_in_articles
    folded = quote("\n\n".join(nearest), folded=True)
    return f"{texts.not_in_articles}\n\n{texts.nearest}\n{folded}"


def _proof(hit: Hit) -> Marked:
    """The sentence that proves the answer, the answer in bold."""
    text, found = clean(hit.text), answer_in(hit) or Span(0, 0)
    sentence = sentence_around(text, found)
    mark = _LIST_MARK.match(text, sentence.start, found.start)
    start = mark.end() if mark else sentence.start
    words = Span(found.start - start, found.end - start)
    return shortened(marked(text[start : sentence.end], words, one_line=True), PROOF_ROOM)


def _passage(hit: Hit) -> Marked:
    """The passage, its answer in bold, without the title, which is told beside it."""
    return _untitled(clean(hit.text), answer_in(hit), hit.title)


def _untitled(text: str, found: Span | None, title: str) -> Marked:
    """Words of an article, the answer in bold, without the title that they may begin with."""
    head = f"{clean(title)}\n"
    if text.startswith(head) and text[len(head) :].strip():
        if found is None:
            text = text[len(head) :]
        elif found.start >= len(head):
            text = text[len(head) :]
            found = Span(found.start - len(head), found.end - len(head))
    return marked(text, found)


def _quoted(passage: Marked, room: int, *, folded: bool) -> str:
    """The passage as a quote of at most `room` units, tags and all; nothing if it is empty."""
    tags = units(quote("", folded=folded)) + _BOLD_TAGS
    shown = shortened(passage, room - tags).html()
    return quote(shown, folded=folded) if shown else ""
