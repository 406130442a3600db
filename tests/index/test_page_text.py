"""The main text of a page is what a careful reader would have copied out, whatever its HTML."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from index.errors import NoArticleError, SourceError
from index.formats.html import read_html

FIRST = "<p>The bridge over the river Sal was opened on Sunday by the mayor, Ada Quill.</p>"
SECOND = "<p>It took three years to build and cost 7.4 million crowns, as had been planned.</p>"


def text(body: str, head: str = "") -> str:
    return read_html(f"<html><head>{head}</head><body>{body}</body></html>").text


def test_the_title_and_the_byline_are_not_repeated_in_the_text() -> None:
    head = '<meta name="author" content="Ada Quill"><title>The new bridge</title>'
    heading = "<h1>The new bridge</h1><p>By Ada Quill</p>"
    assert text(f"<article>{heading}{FIRST}{SECOND}</article>", head).startswith("The bridge over")


def test_what_asks_for_something_is_left_out() -> None:
    asks = (
        "<p>Click here to subscribe to our weekly newsletter</p><p>Like this story? Share it!</p>"
    )
    found = text(f"<article>{FIRST}{asks}{SECOND}<p>Follow us on social media</p></article>")
    assert found.split("\n\n") == [
        "The bridge over the river Sal was opened on Sunday by the mayor, Ada Quill.",
        "It took three years to build and cost 7.4 million crowns, as had been planned.",
    ]


def test_a_sentence_about_a_newsletter_is_kept() -> None:
    told = "<p>Readers who subscribe to the newsletter of the council had known it for weeks, as it"
    told += " was printed there on the first page, below a drawing of the old ferry.</p>"
    assert "first page" in text(f"<article>{FIRST}{told}{SECOND}</article>")


def test_paragraphs_that_lead_to_other_articles_are_left_out() -> None:
    related = "<p>Read more: <a href=/a>Ferryman of forty years retires from the river</a></p>"
    said = "<p>Related questions, such as <a href=/b>who pays</a>, were put off to the spring.</p>"
    found = text(f"<article>{FIRST}{related}{SECOND}{said}</article>")
    assert "Ferryman" not in found
    assert "who pays" in found


def test_a_body_torn_apart_by_advertisements_is_put_together() -> None:
    part = '<div class="row"><div class="grid article__body">{}</div></div><div class="ad">Ad</div>'
    told = "<p>Stone number {} was laid on a day of rain, and the masons sang about it.</p>"
    halves = ("".join(told.format(number) for number in numbers) for numbers in (range(9), "AB"))
    found = text(f"<article><h1>Bridge</h1>{''.join(map(part.format, halves))}</article>")
    assert [line.split()[2] for line in found.split("\n\n")] == [*"012345678AB"]


def test_what_no_reader_sees_is_left_out() -> None:
    odd = FIRST.replace(" ", " \x00").replace("Sunday", "Sun\x08day\ud800") + "\r\n" + SECOND
    assert "opened on Sunday" in text(f"<article>\ufeff{odd}</article>")
    assert "\ud800" not in text(f"<article>{odd}</article>")


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 1_000_000 + FIRST,
        "<b>" * 300_000 + FIRST,
        "<table><tr><td>" * 100_000 + FIRST,
        "<ul><li>" * 100_000 + FIRST,
        "<article>" + FIRST * 3 + "<span>" * 200_000,
        "<p>" + "word and more of it, " * 100_000,
        "<p>" + "a" * 5_000_000,
        "<" * 100_000,
        "<a href='/x'>" * 30_000,
        "<noscript>" * 50_000 + "x",
        "<!--" * 100_000,
        "&amp;" * 100_000,
        "<article>" + "<p><a href=/x>One two three four</a></p>" * 5_000,
        '<div class="article-body">' * 3000 + FIRST,
        "<h1>" + "\u4e00" * 200_000,
    ],
    ids=lambda page: page[:14],
)
def test_odd_html_gives_a_text_or_a_sentence_and_soon(page: str) -> None:
    start = time.process_time()
    with suppress(SourceError):
        assert read_html(f"<html><body>{page}</body></html>").text
    assert time.process_time() - start < 8


def test_a_page_that_exhausts_the_parser_holds_no_article(monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr("index.formats.html.bare_extraction", exhausted)
    with pytest.raises(NoArticleError):
        text(FIRST)
