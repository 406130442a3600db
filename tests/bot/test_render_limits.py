"""Whatever an article holds, what is rendered parses, fits and keeps the answer's words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram_html import shown

from bot import render
from bot.markup import escape, plain
from bot.texts import Texts
from index import Answer, Earlier, Hit, Outcome, Receipt, ReceiptStatus, StoredArticle

TEXTS = Texts()
AWKWARD = [
    *("<", ">", "&", '"', "'", "&amp;", "<b>", "</b>", "<a href=", "\x00", "\x1b", "\r\n", "\n\n"),
    *("\u202e", "\u2066", "\u200d", "\u0301", "\ufe0f", "\ud800", "\udfff", "\u2028", "\ufffe"),
    *(
        "👩\u200d👩\u200d👧",
        "🇫🇷",
        "👍🏽",
        "שלום עולם.",
        "مرحبا بالعالم؟",
        "一二三。",
        "“",
        "”",
        "«",
        "{",
        "}",
    ),
    *("word ", "A sentence of some words. ", "https://example.org/?a=b&c=d "),
]
PIECES = st.one_of(st.sampled_from(AWKWARD), st.text(st.characters(codec=None), max_size=8))
SHORT = st.lists(PIECES, max_size=8).map("".join)


@st.composite
def long_texts(draw: st.DrawFn) -> str:
    """Up to some thousands of characters, of pieces that are repeated."""
    parts = draw(st.lists(st.tuples(PIECES, st.sampled_from([1, 3, 50, 2000])), max_size=6))
    return "".join(piece * number for piece, number in parts)[:9000]


LONG = long_texts()
ANY = st.one_of(SHORT, LONG)
SOURCES = st.one_of(st.none(), ANY, ANY.map("https://example.org/{}".format))
DATES = st.one_of(st.none(), st.dates())


@st.composite
def articles(draw: st.DrawFn) -> StoredArticle:
    return StoredArticle(
        id=draw(st.integers(1, 3)),
        title=draw(ANY),
        author=draw(st.one_of(st.none(), ANY)),
        site=draw(st.one_of(st.none(), ANY)),
        published=draw(DATES),
        source=draw(SOURCES),
        added=datetime(2024, 3, 10, tzinfo=timezone.utc),
        words=draw(st.integers(0, 10**9)),
        passages=draw(st.integers(0, 10**6)),
    )


@st.composite
def hits(draw: st.DrawFn, text: str | None = None, answer: bool | None = None) -> Hit:
    """A passage of an article; of `text` where it is given."""
    whole = draw(LONG) if text is None else text
    start = draw(st.integers(0, len(whole)))
    end = draw(st.integers(start, len(whole)))
    found: tuple[int | None, int | None] = (None, None)
    if answer if answer is not None else draw(st.booleans()):
        first = draw(st.integers(start, end))
        found = (first, draw(st.integers(first, end)))
    title = draw(st.one_of(ANY, st.just(whole[start:end].split("\n")[0])))
    return Hit(draw(st.integers(1, 3)), title, whole[start:end], start, end, 0.5, *found)


EARLIER = st.lists(st.builds(Earlier, answer=ANY, passage=hits(), day=st.dates()), max_size=3)


def squeezed(text: str) -> str:
    return "".join(text.split())


@settings(deadline=None)
@given(st.data(), st.sampled_from(Outcome), st.lists(hits(), max_size=6), articles())
def test_any_answer_fits_one_message(
    data: st.DataObject, outcome: Outcome, found: list[Hit], article: StoredArticle
) -> None:
    words = data.draw(st.one_of(st.none(), ANY))
    earlier = data.draw(EARLIER)
    answer = Answer("?", outcome, words, 0.5, tuple(found), earlier=tuple(earlier))
    above = data.draw(st.sampled_from(["", "&" * 400]))
    stored = {article.id: article}
    shown(render.answer(answer, stored, TEXTS, heard=above, understood=above, library=above))


@settings(deadline=None)
@given(hits(answer=True), articles())
def test_the_words_of_any_answer_are_in_bold(hit: Hit, article: StoredArticle) -> None:
    assert hit.answer_start is not None
    assert hit.answer_end is not None
    words = hit.text[hit.answer_start - hit.start : hit.answer_end - hit.start][:110]
    hit = replace(hit, answer_end=hit.answer_start + len(words))
    answer = Answer("?", Outcome.ANSWER, words, 0.5, (hit,))
    seen = shown(render.answer(answer, {article.id: article}, TEXTS))
    wanted = squeezed(plain(escape(words)))
    bold = [squeezed(part) for part in seen.of("b")]
    if wanted and words.isprintable():
        assert bold[:2] == [wanted, wanted]


@settings(deadline=None)
@given(hits(), articles(), st.integers(1, 99), st.integers(1, 99))
def test_any_passage_fits_a_page(hit: Hit, article: StoredArticle, number: int, total: int) -> None:
    shown(render.passage_page(hit, article, number, total, TEXTS))


@settings(deadline=None)
@given(st.data(), LONG, articles())
def test_any_passage_fits_with_its_neighbours(
    data: st.DataObject, text: str, article: StoredArticle
) -> None:
    hit = data.draw(hits(text))
    shown(render.in_context(text, hit, article, TEXTS))


@settings(deadline=None)
@given(
    st.lists(
        st.builds(
            Receipt,
            source=ANY,
            status=st.sampled_from(ReceiptStatus),
            article=st.one_of(st.none(), articles()),
            error=st.one_of(st.none(), ANY.map("What is wrong: {}".format)),
            hint=st.one_of(st.none(), ANY),
        ),
        min_size=1,
        max_size=3,
    ),
    st.sampled_from([1, 10, 40]),
    st.booleans(),
)
def test_any_receipts_fit_one_message(receipts: list[Receipt], times: int, again: bool) -> None:
    shown(render.receipt(receipts * times, TEXTS, again=again))


@settings(deadline=None)
@given(
    st.lists(articles(), max_size=3),
    st.sampled_from([1, 3, 40]),
    st.integers(0, 10**9),
    st.one_of(st.none(), ANY),
)
def test_any_page_of_articles_fits_one_message(
    listed: list[StoredArticle], times: int, total: int, matching: str | None
) -> None:
    shown(render.article_list(listed * times, total // 2, total, matching, TEXTS))


@settings(deadline=None)
@given(articles(), ANY)
def test_any_card_fits_one_message(article: StoredArticle, opening: str) -> None:
    shown(render.article_card(article, opening, TEXTS))


def test_a_title_of_three_hundred_emoji_is_cut_between_them() -> None:
    emoji = "👩\u200d👩\u200d👧"
    article = StoredArticle(
        1, emoji * 300, None, None, date(2024, 1, 2), None, datetime.now(timezone.utc), 1, 1
    )
    (title,) = shown(render.article_card(article, "", TEXTS)).of("b")
    assert title.endswith("…")
    assert title[:-1] == emoji * (len(title) // len(emoji))


@pytest.mark.parametrize("filling", ["&", "<b>", "😀", "word ", "שלום ", "\u0301", "\u202e"])
def test_the_longest_of_everything_fits_one_message(filling: str) -> None:
    long = filling * (9000 // len(filling))
    added = datetime(2024, 3, 10, tzinfo=timezone.utc)
    address = f"https://example.org/{'a' * 470}"
    listed = [
        StoredArticle(
            number, long, long, f"{long} ", date(2024, 9, 10), address, added, 10**9, 10**6
        )
        for number in range(40)
    ]
    stored = {article.id: article for article in listed}
    found = [Hit(number, long, long, 0, len(long), 0.5, 10, 9000) for number in range(5)]
    offered = tuple(replace(hit, answer_start=None, answer_end=None) for hit in found)
    failed = Receipt(long, ReceiptStatus.FAILED, None, f"Wrong: {long}", long)
    receipts = [Receipt(long, ReceiptStatus.ADDED, article) for article in listed]
    answered = Answer("?", Outcome.ANSWER, long, 1.0, tuple(found))
    earlier = tuple(Earlier(long, hit, date(2024, 9, 10)) for hit in found[:3])
    contradicted = replace(answered, earlier=earlier)
    pages = [
        render.answer(answered, stored, TEXTS),
        render.answer(contradicted, stored, TEXTS),
        render.answer(contradicted, stored, TEXTS, heard=long, understood=long, library=long),
        render.answer(Answer("?", Outcome.PASSAGES, None, 1.0, offered), stored, TEXTS),
        render.answer(Answer("?", Outcome.NOTHING, None, 1.0, offered), stored, TEXTS),
        render.passage_page(found[0], listed[0], 10, 12, TEXTS),
        render.in_context(long, replace(found[0], start=4000, end=5000), listed[0], TEXTS),
        render.receipt(receipts, TEXTS),
        render.receipt([failed] * 40, TEXTS),
        render.receipt([failed], TEXTS),
        render.receipt(receipts[:1], TEXTS),
        render.article_list(listed, 10**6, 10**7, long, TEXTS),
        render.article_list(listed[:6], 10**6, 10**7, long, TEXTS),
        render.article_card(listed[0], long, TEXTS),
        render.stats(10**9, 10**9, 10**9, TEXTS),
    ]
    for page in pages:
        shown(page)


def test_several_endless_passages_share_the_room() -> None:
    text = "word " * 3000
    hits = tuple(Hit(1, "T", text, 0, len(text), 0.5) for _ in range(3))
    seen = shown(render.answer(Answer("?", Outcome.PASSAGES, None, 0.2, hits), {}, TEXTS))
    assert [len(part) > 1200 for part in seen.of("blockquote")] == [True] * 3
