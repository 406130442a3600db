"""A page's whole text is read block by block, as it is shown."""

from __future__ import annotations

import time

import pytest

from index.formats.markup import parse_page, parse_xml
from index.formats.walk import joined, pieces_of

XHTML = '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'


def text(body: str, head: str = "<html>") -> str:
    page = parse_page(f"{head}<body>{body}</body></html>")
    return "" if page is None else joined(pieces_of(page))


def test_paragraphs_and_headings_stand_apart_and_inline_markup_leaves_its_words() -> None:
    body = "<h1>The <i>new</i> bridge</h1>\n<p>It\n  <b>st</b>ands.</p><div>Here<br>it is.</div>"
    assert text(body) == "The new bridge\n\nIt stands.\n\nHere\nit is."


def test_text_outside_of_any_block_is_kept() -> None:
    assert text("One<p>two</p>three<!-- no --> four<div>five</div>six") == (
        "One\n\ntwo\n\nthree four\n\nfive\n\nsix"
    )


def test_lists_stay_lists() -> None:
    body = "<ul><li>one<p>more</p></li><li>two<ol start='3'><li>a<li value='9'>b</ol></li></ul>"
    assert text(body) == "- one\n  more\n- two\n  3. a\n  9. b"
    assert text("<dl><dt>Ferry</dt><dd>A boat</dd></dl>") == "Ferry\nA boat"


def test_tables_keep_their_rows_and_layout_is_no_table() -> None:
    assert text("<table><tr><th>Day<th>Open<tr><td><p>Mon</p><td>9<br>10</table>After") == (
        "Day | Open\nMon | 9 10\n\nAfter"
    )
    assert text("<table><tr><td><h2>Head</h2><p>One</p><p>Two</p></td></tr></table>") == (
        "Head\n\nOne\n\nTwo"
    )
    assert text("<table role='presentation'><tr><td>One</td><td>Two</td></tr></table>") == (
        "One\n\nTwo"
    )


def test_verbatim_text_keeps_its_lines() -> None:
    assert text("<pre>a\n  b\n\nc</pre><p>d</p>") == "a\n  b\n\nc\n\nd"


def test_what_nobody_sees_is_left_out() -> None:
    body = (
        "<script>x</script><style>y</style><p hidden>no</p><p style='display: none'>no</p>"
        "<p>Seen <img alt='a heron' src='h.png'>wor\u00add<span style='mso-hide:all'>no</span>.</p>"
        "<p>\u200c \u034f</p><ruby>橋<rt>はし</rt></ruby>"
    )
    assert text(body) == "Seen word.\n\n橋"


def test_marks_of_notes_and_pages_are_no_words() -> None:
    body = (
        "<p>The bridge<sup><a href='#n1'>1</a></sup> of<a href='#n2'><sup>[2]</sup></a> Varn"
        "<a epub:type='noteref' href='#n'>a</a> <span class='pagenum'>[Pg 7]</span>"
        "<span epub:type='pagebreak' title='8'>8</span>cost 10<sup>6</sup> crowns.</p>"
    )
    expected = "The bridge of Varn cost 106 crowns."
    assert text(body) == expected
    assert text(body, XHTML) == expected


def test_the_ids_of_a_block_stand_with_it() -> None:
    page = parse_page(
        "<p>One</p><a id='a'></a><h2 id='b'>T<a name='c'>w</a>o</h2><p id='d'>Three</p>"
    )
    assert [(piece.text, piece.anchors, piece.heading) for piece in pieces_of(page)] == [
        ("One", (), False),
        ("Two", ("a", "b", "c"), True),
        ("Three", ("d",), False),
    ]


def test_xhtml_that_closes_any_element_in_its_tag_is_read_to_its_end() -> None:
    head = f"<?xml version='1.0'?>{XHTML}<head><title/><script src='a'/></head>"
    assert text("<a id='x'/><p>One&nbsp;two &amp; three</p><div/>four", head) == (
        "One\u00a0two & three\n\nfour"
    )
    # It is not well-formed, and read as HTML.
    assert text("<a id='x'/><p>One<p>two &amp; three</p><i/>four", head) == (
        "One\n\ntwo & three\n\nfour"
    )


ENTITIES = (
    '<!DOCTYPE html [<!ENTITY file SYSTEM "file:///etc/hostname"> <!ENTITY a "lol">'
    '<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"> <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)


@pytest.mark.parametrize("head", ["<html>", XHTML])
def test_nothing_is_fetched_and_nothing_grows(head: str) -> None:
    found = text("<p>One &file; two &c; three</p>", ENTITIES + head)
    assert found == "One &file; two &c; three"


def test_entities_of_an_xml_file_are_not_resolved() -> None:
    data = f"<?xml version='1.0'?>{ENTITIES}<html><a title='&c;'>One &file; &c; two</a></html>"
    root = parse_xml(data.encode())
    assert "lol" not in "".join(root.itertext())
    assert "lol" not in root[0].get("title")


def test_entities_declared_far_below_the_beginning_are_not_resolved_either() -> None:
    far = f"<!--{'x' * 30_000}-->{ENTITIES}<html><a>One &a; two</a></html>"
    assert "lol" not in "".join(parse_xml(far.encode()).itertext())


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 1_000_000,
        "<table><tr><td>" * 20_000 + "words",
        "<ul><li>" * 20_000 + "words",
        "<a " * 200_000,
        "<!DOCTYPE " + "[ " * 200_000,
        "<!DOCTYPE [" + "'\"" * 100_000,
        "<" + "x" * 2_000_000,
        "<p>" + "word " * 400_000,
        "&" + "x" * 1_000_000,
        "<i/" * 200_000,
    ],
)
@pytest.mark.parametrize("head", ["", XHTML])
def test_hostile_pages_take_no_long_time(source: str, head: str) -> None:
    start = time.perf_counter()
    page = parse_page(head + source)
    if page is not None:
        joined(pieces_of(page))
    assert time.perf_counter() - start < 5
