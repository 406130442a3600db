"""A saved page gives its article, and only what it states about itself."""

from __future__ import annotations

import socket
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from index.errors import EmptySourceError, NoArticleError
from index.formats import read_article, read_text
from index.formats.html import read_html
from index.records import Article
from index.settings import IndexSettings

SAMPLE = Path(__file__).parents[2] / "samples" / "glassblowers-of-vessary.html"
PROSE = (
    "<p>The bridge over the river Sal was opened on Sunday by the mayor, Ada Quill.</p>"
    "<p>It took three years to build and cost 7.4 million crowns, as had been planned.</p>"
)


def read(page: str, name: str = "page.html") -> Article:
    return read_article(page.encode(), name, IndexSettings())


def page(head: str = "", body: str = "") -> str:
    article = f"<article>{body}{PROSE}</article>"
    return f"<!DOCTYPE html><html><head>{head}</head><body>{article}</body></html>"


def test_a_page_gives_text_title_author_site_and_date() -> None:
    article = read(SAMPLE.read_text("utf-8"))
    assert article.title == "The last furnace in Vessary goes out, and comes back on"
    assert article.author == "Rosalind Achebe"
    assert article.site == "The Upland Gazette"
    assert article.published == date(2024, 11, 29)
    assert "He starts on Monday as foreman." in article.text


def test_menus_and_footers_are_left_out() -> None:
    text = read(SAMPLE.read_text("utf-8")).text
    for elsewhere in ("Subscribe", "Ski lift", "Imprint", "rights reserved"):
        assert elsewhere not in text


def test_blank_lines_separate_paragraphs_and_not_items_or_rows() -> None:
    article = read(
        page(
            body="<ul><li>First item</li><li>Second item</li></ul>"
            "<table><tr><td>Year</td><td>2021</td></tr><tr><td>Cost</td><td>7</td></tr></table>"
        )
    )
    assert "- First item\n- Second item\n\nYear | 2021\nCost | 7\n\nThe bridge" in article.text
    assert "Quill.\n\nIt took" in article.text


def test_what_starts_like_html_is_html_whatever_its_name() -> None:
    for name in ("", "a.txt", "a.md", "a.php", "https://x.org/a?b=c.txt"):
        assert read(page(), name).text.startswith("The bridge over")
    assert read("<!-- saved -->\n<HTML><body>" + PROSE, "a.txt").text.startswith("The bridge over")
    assert read_text(page(), IndexSettings()).text.startswith("The bridge over")


def test_a_page_of_plain_text_is_plain_text() -> None:
    assert read("No tags, 3 < 4.").text == "No tags, 3 < 4."


def test_a_piece_of_a_page_is_read() -> None:
    assert read(PROSE).text.startswith("The bridge over")


def test_an_old_page_is_read_in_its_encoding() -> None:
    old = page(
        '<meta charset="windows-1251">', "<p>Мост открыла мэр Ада Квилл, и все пошли домой.</p>"
    )
    article = read_article(old.encode("cp1251"), "a.html", IndexSettings())
    assert "Мост открыла мэр Ада Квилл" in article.text
    declared = '<?xml version="1.0" encoding="windows-1251"?>' + old
    article = read_article(declared.encode("cp1251"), "a.xhtml", IndexSettings())
    assert "Мост открыла мэр Ада Квилл" in article.text


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>",
        "<nav><a href=/>Home</a> <a href=/n>News</a></nav>",
        "<h1>Log in</h1><form><input></form><p>Please log in to continue reading this page.</p>",
        "".join(
            f"<p><a href=/{i}>Headline number {i} of the day about things</a></p>" for i in range(9)
        ),
        "<div>" * 5000,
    ],
)
def test_a_page_without_an_article_says_to_paste_the_text(body: str) -> None:
    with pytest.raises(NoArticleError) as caught:
        read(f"<html><head><title>Site</title></head><body>{body}</body></html>")
    assert "paste the text" in caught.value.hint


@pytest.mark.parametrize("page", ["<svg><html>", "<html", "<!DOCTYPE html>", "<html><frameset>"])
def test_a_page_with_an_odd_root_holds_no_article(page: str) -> None:
    with pytest.raises(NoArticleError):
        read_html(page)


def test_an_empty_page_is_an_empty_source() -> None:
    with pytest.raises(EmptySourceError):
        read(" \n")


@pytest.mark.parametrize(
    ("head", "body", "name"),
    [
        ('<meta property="article:published_time" content="2024-03-05T23:30:00+02:00">', "", ""),
        ('<meta name="DC.date.issued" content="2024-03-05">', "", ""),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "WebPage", "datePublished":'
            ' "2020-01-01"}, {"@type": ["NewsArticle"], "datePublished": "2024-03-05"}]}</script>',
            "",
            "",
        ),
        ("", '<p>By Ada, <time datetime="2024-03-05T10:00">Tuesday</time></p>', ""),
        ("", '<span class="PostDate">March 5, 2024</span>', ""),
        ('<link rel="canonical" href="https://x.org/2024/03/05/bridge">', "", ""),
        ("", "", "https://x.org/2024/03/05/bridge.html"),
    ],
)
def test_a_stated_date_is_taken(head: str, body: str, name: str) -> None:
    assert read(page(head, body), name or "a.html").published == date(2024, 3, 5)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", ""),
        ("", "<p>The old bridge fell on 5 March 1924, and since then there was a ferry.</p>"),
        (
            "",
            f"<p>It fell on <time datetime='1924-03-05'>a day</time>{' of rain' * 20}.</p>",
        ),
        ("", "<footer>© 2023 The Lantern, updated 2023-04-05</footer>"),
        ("", "<aside><time datetime='2023-04-05'>Other news</time></aside>"),
        ("", "<p class='updated'>Updated 5 April 2023</p>"),
        ('<meta name="copyrightyear" content="2023">', ""),
        ('<meta name="date" content="2023">', ""),
        ('<script type="application/ld+json">{"datePublished": [1, {</script>', ""),
    ],
)
def test_a_date_is_never_guessed(head: str, body: str) -> None:
    assert read(page(head, body)).published is None


def test_the_network_is_never_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert read(page('<base href="https://x.org/"><link rel=canonical href="https://x.org/a">'))


def test_plain_text_and_markdown_do_without_the_html_parser() -> None:
    script = (
        "import sys\n"
        "from index.formats import read_article\n"
        "from index.settings import IndexSettings\n"
        "read_article(b'Some words.', 'a.txt', IndexSettings())\n"
        "read_article(b'# Some words', 'a.md', IndexSettings())\n"
        "sys.exit('lxml' in sys.modules or 'trafilatura' in sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
