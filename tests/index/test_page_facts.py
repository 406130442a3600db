"""A page's title, author, site, address and language are those it states, and nothing else."""

from __future__ import annotations

import pytest

from index.formats.draft import Draft
from index.formats.html import read_html
from index.formats.html_names import authors, without_site
from index.records import Format

PROSE = (
    "<p>The bridge over the river Sal was opened on Sunday by the mayor, Ada Quill.</p>"
    "<p>It took three years to build and cost 7.4 million crowns, as had been planned.</p>"
)
HERE = "https://gazette.example/news/bridge"


def read(head: str = "", body: str = "", name: str = "", attributes: str = "") -> Draft:
    page = f"<html {attributes}><head>{head}</head><body><article>{body}{PROSE}</article></body>"
    return read_html(page + "</html>", name)


def linked(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


def test_a_page_says_that_it_is_one() -> None:
    assert read().format is Format.PAGE


@pytest.mark.parametrize(
    ("head", "name", "canonical"),
    [
        ('<link rel="canonical" href="/news/bridge">', HERE + "?ref=x", HERE),
        ('<link rel="canonical" href="//gazette.example/news/bridge">', HERE, HERE),
        ('<link rel="Nofollow canonical" href="https://a.example/b#c">', "", "https://a.example/b"),
        ('<meta property="og:url" content="https://gazette.example/news/bridge">', "", HERE),
        ('<base href="/news/"><link rel=canonical href=bridge>', "https://gazette.example/", HERE),
        ('<link rel=canonical href="https://gazette.example/">', HERE, None),
        ('<link rel=canonical href="https://gazette.example">', "a.html", None),
        (
            '<link rel=canonical href="/"><meta property="og:url" content="/news/bridge">',
            HERE + "?x",
            HERE,
        ),
        (
            '<link rel=canonical href="/">',
            "https://gazette.example/?utm_source=x",
            None,
        ),
        ('<link rel=canonical href="/">', "https://gazette.example", "https://gazette.example/"),
        ('<link rel=canonical href="javascript:void(0)">', HERE, None),
        ('<link rel=canonical href="file:///etc/passwd">', HERE, None),
        ('<link rel=canonical href="http://[broken">', HERE, None),
        ('<link rel=canonical href="/news/bridge">', "saved.html", None),
        ("", HERE, None),
    ],
)
def test_a_page_gives_its_own_address(head: str, name: str, canonical: str | None) -> None:
    assert read(head, name=name).canonical == canonical


def test_an_amp_page_leads_to_the_real_one() -> None:
    page = read(
        f'<link rel="canonical" href="{HERE}">', name=HERE + "/amp", attributes='amp lang="en"'
    )
    assert page.canonical == HERE


@pytest.mark.parametrize(
    ("attributes", "head", "language"),
    [
        ('lang="en-GB"', "", "en-GB"),
        ('xml:lang="de"', "", "de"),
        ("", '<meta property="og:locale" content="pt_BR">', "pt_BR"),
        ("", '<meta http-equiv="Content-Language" content="fr, en">', "fr"),
        ('lang=""', "", None),
        ("", "", None),
    ],
)
def test_a_page_states_its_language(attributes: str, head: str, language: str | None) -> None:
    assert read(head, attributes=attributes).language == language


@pytest.mark.parametrize(
    ("head", "body", "author"),
    [
        ('<meta name="author" content="By Ada Quill">', "", "Ada Quill"),
        ('<meta name="author" content="Ada Quill; Bo Fenn">', "", "Ada Quill, Bo Fenn"),
        ('<meta name="author" content="Ada Quill and Bo Fenn">', "", "Ada Quill, Bo Fenn"),
        ('<meta name="author" content="https://social.example/ada">', "", None),
        ('<meta name="author" content="Ada Quill (@adaquill)">', "", "Ada Quill"),
        ('<meta name="author" content="Ada Quill, Staff Writer">', "", "Ada Quill"),
        ('<meta name="author" content="admin">', "", None),
        (
            '<meta name="author" content="The Gazette"><meta property="og:site_name"'
            ' content="The Gazette">',
            "",
            None,
        ),
        ('<meta name="author" content="Ада Квилл">', "", "Ада Квилл"),
        ("", '<p class="byline">By Ada Quill | 5 March 2024</p>', "Ada Quill"),
        ("", '<a rel="author" href="/ada">Ada Quill</a>', "Ada Quill"),
        ("", '<div class="comment-list"><p class="author">Troll</p></div>', None),
        ("", "", None),
        (
            linked('{"@type": "NewsArticle", "author": [{"name": "Ada Quill"}, "Bo Fenn"]}'),
            "",
            "Ada Quill, Bo Fenn",
        ),
        (
            linked(
                '{"@graph": [{"@type": "Article", "author": {"@id": "#1"}},'
                ' {"@type": "Person", "@id": "#1", "name": "Ada Quill"}]}'
            ),
            "",
            "Ada Quill",
        ),
        (linked('{"@type": "Article", "author": {"name": {"x": 1}}}'), "", None),
    ],
)
def test_a_page_states_its_author(head: str, body: str, author: str | None) -> None:
    assert read(head, body).author == author


def test_only_so_many_authors_are_named() -> None:
    names = authors(f"Ada Quill{chr(letter)}" for letter in range(97, 117))
    assert names is not None
    assert len(names.split(", ")) == 8


@pytest.mark.parametrize(
    ("head", "name", "site"),
    [
        ('<meta property="og:site_name" content="The Gazette">', HERE, "The Gazette"),
        (
            linked('{"@type": "Article", "publisher": {"name": "The Gazette"}}'),
            HERE,
            "The Gazette",
        ),
        ("", "https://www.gazette.example/a", "gazette.example"),
        ('<link rel=canonical href="https://gazette.example/a">', "a.html", "gazette.example"),
        ('<meta property="og:site_name" content="https://gazette.example">', "a.html", None),
        ("", "a.html", None),
    ],
)
def test_a_page_states_its_site(head: str, name: str, site: str | None) -> None:
    assert read(head, name=name).site == site


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("The bridge | The Gazette", "The bridge"),
        ("The bridge - The Gazette", "The bridge"),
        ("The Gazette: The bridge", "The Gazette: The bridge"),
        ("The Gazette | The bridge", "The bridge"),
        ("The bridge | gazette.example", "The bridge"),
        ("The bridge - and how it fell", "The bridge - and how it fell"),
        ("The Gazette", "The Gazette"),
    ],
)
def test_a_title_goes_without_the_name_of_the_site(title: str, expected: str) -> None:
    assert without_site(title, "The Gazette", "gazette.example") == expected


def test_a_title_is_the_one_stated_or_else_the_heading() -> None:
    stated = '<meta property="og:title" content="Bridge opened"><title>Bridge | The Gazette</title>'
    assert read(stated, "<h1>The bridge</h1>").title == "Bridge opened"
    assert read("<title>Bridge | The Gazette</title>", "<h1>The bridge</h1>").title == "The bridge"
    assert read("<title>The bridge</title>").title == "The bridge"


@pytest.mark.parametrize(
    "data",
    [
        "[" * 100_000,
        '{"@type": "Article", "author": ' * 3000,
        '{"@graph": {"@graph": {"@graph": [1, null, "x"]}}, "@type": null}',
        '{"@type": ["Article"], "author": [[[["Ada"]]]], "publisher": 7, "headline": {}}',
        "\ud800",
    ],
)
def test_odd_linked_data_harms_nothing(data: str) -> None:
    assert "The bridge over" in read(linked(data)).text
