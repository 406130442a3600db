from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.graphemes import is_boundary
from bot.markup import (
    ELLIPSIS,
    VALUE_LIMIT,
    Marked,
    clean,
    escape,
    fill,
    line,
    link,
    marked,
    plain,
    quote,
    shortened,
    units,
    web_address,
)
from index import Span

ANY_TEXT = st.text(st.characters(codec=None), max_size=200)  # lone surrogates too
GRAPHEMES = [
    "e\u0301\u0323",  # a letter with two marks
    "👩\u200d👩\u200d👧",  # joined emoji
    "👍🏽",  # an emoji with a skin tone
    "❤\ufe0f",  # a variation selector
    "1\ufe0f\u20e3",  # a keycap
    "🇫🇷",
    "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",  # the flag of Scotland
    "क्षि",  # joined consonants with a vowel sign
    "\u1112\u1161\u11ab",  # Hangul, written apart
    "ﾊ\uff9f",  # a halfwidth voiced sound
]


def width(text: str) -> int:
    return units(html.escape(text, quote=False))


@given(ANY_TEXT)
def test_cleaning_keeps_every_offset_and_leaves_what_telegram_can_send(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned) == len(text)
    cleaned.encode("utf-8")
    assert not any((char < " " and char != "\n") or "\x7f" <= char <= "\x9f" for char in cleaned)


@given(st.text(st.characters(exclude_categories=("C", "Zl", "Zp"))))
def test_escaping_is_undone_by_reading_it_as_plain_text(text: str) -> None:
    assert plain(escape(text)) == text


def test_plain_text_has_no_tags_and_the_characters_that_were_escaped() -> None:
    bold = quote("<b>a &lt;b&gt; &amp;amp; c</b>", folded=True)
    page = bold + link(" d", 'https://example.org?q=">')
    assert plain(page) == "a <b> &amp; c d"


@given(st.text())
def test_units_are_those_of_utf_16(text: str) -> None:
    assert units(text) == len(text.encode("utf-16-le")) // 2


def test_an_article_cannot_turn_the_direction_of_what_follows_it() -> None:
    assert escape("\u202eabc\u2066") == "abc"


@given(ANY_TEXT, st.data(), st.integers(2, 60))
def test_what_is_shortened_fits_and_keeps_its_bold_words(
    text: str, data: st.DataObject, room: int
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    whole = marked(text, Span(start, end))
    words = whole.text[whole.bold.start : whole.bold.end]
    short = shortened(whole, room)
    kept = short.text[short.bold.start : short.bold.end]
    assert width(short.text) <= room
    assert words.startswith(kept)
    assert kept == words or width(words) > room - 2 * len(ELLIPSIS)
    if width(whole.text) <= room:
        assert short == whole
    else:
        assert short.text.startswith(ELLIPSIS) or short.text.endswith(ELLIPSIS)


@pytest.mark.parametrize("room", [10, 11, 12, 13, 14, 30, 31])
def test_a_text_is_cut_between_words(room: int) -> None:
    words = "one two three four five six seven"
    short = shortened(Marked(words), room).text
    assert len(short) <= room
    assert short.endswith(ELLIPSIS)
    assert words.startswith(short[:-1] + " ")


def test_a_text_is_cut_around_its_bold_words() -> None:
    text = "so " * 100 + "Agnes Moray" + " and" * 100
    start = text.index("Agnes")
    short = shortened(Marked(text, Span(start, start + 11)), 40)
    assert short.text[short.bold.start : short.bold.end] == "Agnes Moray"
    assert short.text == "…so so so so Agnes Moray and and and…"


def test_room_that_one_side_does_not_need_is_the_other_sides() -> None:
    text = "Agnes Moray" + " and" * 100
    short = shortened(Marked(text, Span(0, 11)), 40)
    assert short.text == "Agnes Moray and and and and and and…"


def test_the_end_of_a_text_is_kept_where_nothing_bold_stands_at_its_end() -> None:
    text = "one two three four five"
    assert shortened(Marked(text, Span(len(text), len(text))), 12).text == "…four five"


@pytest.mark.parametrize("grapheme", GRAPHEMES, ids=ascii)
def test_no_grapheme_is_torn(grapheme: str) -> None:
    text = grapheme * 60
    for room in range(len(grapheme) * 2 + 2, 80):
        short = shortened(Marked(text), room).text
        assert short.endswith(ELLIPSIS)
        assert short[:-1] == grapheme * (len(short[:-1]) // len(grapheme))
        last = shortened(Marked(text, Span(len(text), len(text))), room).text
        assert last[1:] == grapheme * (len(last[1:]) // len(grapheme))
        assert len(short) > len(grapheme)
        assert len(last) > len(grapheme)


@pytest.mark.parametrize("grapheme", GRAPHEMES, ids=ascii)
def test_two_graphemes_may_be_parted_and_one_may_not(grapheme: str) -> None:
    assert [is_boundary(grapheme * 2, at) for at in range(len(grapheme) + 1)] == [
        True,
        *[False] * (len(grapheme) - 1),
        True,
    ]


def test_an_endless_grapheme_is_cut_all_the_same() -> None:
    assert 1 < units(shortened(Marked("e" + "\u0301" * 5000), 100).text) <= 100
    assert 1 < units(shortened(Marked("🇫" + "\u200d" * 5000, Span(0, 5001)), 100).text) <= 100


def test_white_space_is_tidied_and_paragraphs_stay() -> None:
    text = " a\t b\r\n\r\n\r\n\r\nc  \u2028 d "
    assert marked(text).text == "a b\n\nc\nd"
    assert marked(text, one_line=True).text == "a b c d"
    assert marked("  a  bold  c ", Span(5, 9)) == Marked("a bold c", Span(2, 6))


def test_what_is_put_in_a_sentence_is_escaped_and_cut_to_bear() -> None:
    said = fill("{name} has {count:,}", name="<b>{count}</b>\n&", count=1234)
    assert said == "&lt;b&gt;{count}&lt;/b&gt; &amp; has 1,234"
    assert units(fill("{name}", name="😀" * 1000)) <= VALUE_LIMIT


def test_a_line_is_one_line_of_bounded_length() -> None:
    assert line("a\n\nb", 10) == "a b"
    assert line("&" * 100, 50) == "&amp;" * 9 + ELLIPSIS


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("https://example.org/a?b=c&d=\"e\"'f'", "https://example.org/a?b=c&d=\"e\"'f'"),
        ("HTTP://EXAMPLE.ORG", "HTTP://EXAMPLE.ORG"),
        ("https://example.org/" + "a" * 500, None),
        ("https://example.org/" + "&" * 100, None),
        ("https://", None),
        ("https://[", None),
        ("https://a b.org", None),
        ("https://a.org/\ud800", None),
        ("https://a.org/\u202egpj.exe", None),
        ("javascript:alert(1)", None),
        ("tg://user?id=1", None),
        ("article.txt", None),
        (None, None),
    ],
)
def test_only_the_address_of_a_page_becomes_a_link(source: str | None, address: str | None) -> None:
    assert web_address(source, 300) == address
