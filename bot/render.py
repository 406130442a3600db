"""Answers and passages as Telegram HTML, each within what one message may hold (pure)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.cards import article_card as article_card
from bot.cards import article_list as article_list
from bot.cards import stats as stats
from bot.earlier import earlier_lines
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
EARLIER_ROOM = 900
NEAREST_ROOM = 500
NEAREST_TITLE_ROOM = 120
SIDE_ROOM = 600
"""UTF-16 units kept free on each side of a passage that is shown in context."""
AROUND = 2 * LIMIT
"""Characters looked at on each side of a passage: more than can be shown."""
_LIST_MARK = re.compile(r"(?:[-–•*]|\d{1,2}[.)])[ \t]+")
_BOLD_TAGS = units(bold("x")) - 1


def answer(
    answer: Answer,
    articles: Mapping[int, StoredArticle],
    texts: Texts,
    *,
    heard: str = "",
    standing: str = "",
    understood: str = "",
    library: str = "",
) -> str:
    """The short answer, its proof and where it is from; or, kindly, that there is none.

    `articles` are those that the passages are from, by their ids; one may have gone since.
    `heard` is the question where it was spoken, `standing` one that is asked of all that is new,
    and `understood` the one that was asked in place of a short one, so that a person sees it;
    `library` is another chat's, whose articles they are.
    """
    told = [
        (texts.heard, heard),
        (texts.watch_found, standing),
        (texts.understood, understood),
    ]
    above = "".join(f"{italic(fill(said, words=words))}\n" for said, words in told if words)
    above += "\n" if above else ""
    below = _below(library, texts)
    room = LIMIT - units(above) - units(below)
    proof = proof_of(answer)
    if proof is not None:
        shown = _proved(answer, proof, articles, texts, room)
    elif answer.outcome is Outcome.NOTHING or not answer.passages:
        shown = _nothing(answer, texts)
    else:
        shown = _offered(answer, articles, texts, room)
    return above + shown + below


def passage(hit: Hit, article: StoredArticle | None, texts: Texts, *, below: str = "") -> str:
    """One passage whole, its answer in bold, and where it is from; `below` is said at the end."""
    below = f"\n{origin(hit.title, article, texts, page=hit.page)}{below}"
    return _quoted(_passage(hit), LIMIT - units(below), folded=False) + below


def passage_page(
    hit: Hit,
    article: StoredArticle | None,
    number: int,
    total: int,
    texts: Texts,
    *,
    library: str = "",
) -> str:
    """The passage `number` of `total`, of another chat's `library` or the chat's own."""
    place = fill(texts.passage_place, number=number, total=total)
    return passage(hit, article, texts, below=f"\n{place}{_below(library, texts)}")


def in_context(
    text: str, hit: Hit, article: StoredArticle | None, texts: Texts, *, library: str = ""
) -> str:
    """The passage between its neighbouring paragraphs; `text` is its article's."""
    first = max(0, hit.start - AROUND)
    window = clean(text[first : hit.end + AROUND])
    passage = Span(hit.start - first, hit.end - first)
    around = surroundings(window, passage)
    found = answer_in(hit)
    below = f"\n\n{origin(hit.title, article, texts, page=hit.page)}{_below(library, texts)}"
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


def _below(library: str, texts: Texts) -> str:
    """Whose articles an answer is from, where it is not the chat's own."""
    return f"\n{italic(fill(texts.from_library, title=library))}" if library else ""


def _proved(
    answer: Answer, hit: Hit, articles: Mapping[int, StoredArticle], texts: Texts, room: int
) -> str:
    proof = _proof(hit)
    before, after = UNICODE.marks(proof.text)
    top = f"{bold(line(answer.answer or '', ANSWER_ROOM))}\n\n{before}{proof.html()}{after}\n"
    below = origin(hit.title, articles.get(hit.article), texts, page=hit.page)
    spare = min(EARLIER_ROOM, room - units(top) - units(below))
    below += earlier_lines(answer.earlier, articles, texts, spare)
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
