"""Markdown is read without its markup."""

from __future__ import annotations

import time
from datetime import date

import pytest

from index.formats import read_article
from index.formats.markdown import read_markdown
from index.records import Article
from index.settings import IndexSettings


def read(text: str) -> Article:
    return read_article(text.encode(), "a.md", IndexSettings())


def test_emphasis_links_and_code_leave_their_words() -> None:
    text = (
        "A **bold** [link](http://x.org 'tip'), `code_1`, ~~gone~~ and <https://y.org> &amp; 2\\*2."
    )
    assert read(text).text == "A bold link, code_1, gone and https://y.org & 2*2."


def test_line_ends_in_a_paragraph_are_spaces_and_hard_breaks_stay() -> None:
    assert read("One\ntwo  \nthree<br>four").text == "One two\nthree\nfour"


def test_the_first_heading_is_the_title_and_stays_in_the_text() -> None:
    article = read("Intro.\n\n## The *new* bridge\n\nIt stands.")
    assert article.title == "The new bridge"
    assert article.text == "Intro.\n\nThe new bridge\n\nIt stands."


def test_a_heading_that_holds_only_a_picture_is_no_title() -> None:
    assert read("# ![logo](a.png)\n\n# Bridge\n\nIt stands.").title == "Bridge"


def test_lists_stay_lists() -> None:
    text = "- one\n- two\n  1. a\n  2. b\n\nAfter.\n\n3. three\n4. four"
    assert read(text).text == "- one\n- two\n  1. a\n  2. b\n\nAfter.\n\n3. three\n4. four"


def test_a_second_paragraph_of_an_item_stays_with_it() -> None:
    assert read("- one\n\n  more\n\n- two").text == "- one\n  more\n- two"


def test_tables_keep_their_rows() -> None:
    assert read("| Day | Open |\n|---|---|\n| Mon | **9** |").text == "Day | Open\nMon | 9"


def test_code_and_quotations_keep_their_text() -> None:
    text = "> Said *she*.\n\n```python\nx = 1\n\ny = 2\n```\n\n    indented"
    assert read(text).text == "Said she.\n\nx = 1\n\ny = 2\n\nindented"


def test_pictures_comments_and_scripts_are_dropped() -> None:
    hidden = "<!-- secret -->\n\n<script>var x</script>"
    text = f"Seen ![a heron](h.png)today.\n\n{hidden}\n\n<p>Kept &amp; read</p>"
    assert read(text).text == "Seen today.\n\nKept & read"


def test_front_matter_gives_title_author_site_and_date() -> None:
    article = read(
        '---\ntitle: "Bridge: a story"\nauthors: [Ann Lee, "Bo Ek"]\nsite: The Lantern\n'
        "date: 2024-03-05T10:00:00Z\ntags:\n  - rivers\n---\n\n# Other heading\n\nText."
    )
    assert article.title == "Bridge: a story"
    assert article.author == "Ann Lee, Bo Ek"
    assert article.site == "The Lantern"
    assert article.published == date(2024, 3, 5)
    assert article.text == "Other heading\n\nText."


def test_authors_listed_line_by_line_are_joined() -> None:
    assert read("---\nauthor:\n  - Ann Lee\n  - Bo Ek\n---\nText.").author == "Ann Lee, Bo Ek"


def test_windows_line_ends_do_not_hide_front_matter() -> None:
    assert read("---\r\ntitle: Bridge\r\n---\r\nText.").title == "Bridge"


def test_prose_between_rules_is_not_front_matter() -> None:
    assert "Note: the bridge" in read("---\nNote: the bridge is closed.\n\n---\n\nText.").text
    assert "Just prose" in read("---\nJust prose here.\n\n---\n\nText.").text


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2024-03-05", date(2024, 3, 5)),
        ("2024/3/5", date(2024, 3, 5)),
        ("20240305", date(2024, 3, 5)),
        ("5 March 2024", date(2024, 3, 5)),
        ("Tuesday, March 5th, 2024", date(2024, 3, 5)),
        ("Sept. 5, 2024", date(2024, 9, 5)),
        ("Tue, 05 Mar 2024 10:00:00 GMT", date(2024, 3, 5)),
        ("05.03.2024", date(2024, 3, 5)),
        ("03/05/2024", None),
        ("March 2024", None),
        ("2024", None),
        ("2024-02-31", None),
        ("soon", None),
    ],
)
def test_only_a_full_unambiguous_date_is_taken(stated: str, expected: date | None) -> None:
    assert read(f"---\ntitle: Bridge\ndate: {stated}\n---\nText.").published == expected


def test_a_page_named_md_is_read_as_a_page() -> None:
    page = (
        "<!DOCTYPE html><html><body><p>The bridge over the river Sal was opened.</p></body></html>"
    )
    assert read(page).text == "The bridge over the river Sal was opened."


def test_hostile_nesting_takes_no_long_time() -> None:
    start = time.perf_counter()
    read("word " + "> " * 3000 + "- " * 3000 + "*a " * 5000 + "`" * 5000 + "<a " * 5000)
    assert time.perf_counter() - start < 5


def test_a_paragraph_of_a_million_brackets_takes_no_time_worth_mentioning() -> None:
    began = time.process_time()
    assert read_markdown("![" * 500_000).text.startswith("![![")
    assert time.process_time() - began < 10
