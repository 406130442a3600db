"""A chapter of an e-book is an article; what is printed around the chapters is none."""

from __future__ import annotations

from datetime import date

import pytest
from document_samples import CHAPTERS, PARAGRAPHS, article_epub, chapter_page, with_package

from index.formats import read_document
from index.formats.draft import Draft
from index.formats.epub import read_epub
from index.records import Article, Document, Format
from index.settings import IndexSettings

SETTINGS = IndexSettings()
TITLES = [title for title, _ in CHAPTERS]


def read(data: bytes) -> list[Draft]:
    return read_epub(data, SETTINGS)


def titles(data: bytes) -> list[str | None]:
    return [draft.title for draft in read(data)]


def prose(subject: str, sentences: int = 4) -> list[str]:
    return [
        f"The {subject} was seen from the tower in year {n} of the watch." for n in range(sentences)
    ]


def spine(*chapters: tuple[str, list[str]]) -> dict[str, str]:
    return {f"c{n}.xhtml": chapter_page(*chapter) for n, chapter in enumerate(chapters)}


def test_each_chapter_has_its_title_and_what_the_book_says_of_itself() -> None:
    chapters = read(article_epub())
    assert [chapter.title for chapter in chapters] == TITLES
    first = chapters[0]
    assert first.text == "The boat\n\n" + "\n\n".join(CHAPTERS[0][1])
    assert first.author == "Tove Halden"
    assert first.site == "Ferries of the north"
    assert first.published == date(2021, 4, 6)
    assert first.language == "en-GB"


def test_the_articles_have_their_format_and_the_file_as_their_source() -> None:
    found = read_document(Document(article_epub(), "ferries.epub"), SETTINGS)
    assert [(one.source, one.title) for one in found if isinstance(one, Article)] == [
        ("ferries.epub", title) for title in TITLES
    ]
    assert {one.format for one in found if isinstance(one, Article)} == {Format.EPUB}


def test_lists_tables_and_headings_are_kept_and_pictures_are_not() -> None:
    body = (
        "<section><h1>Fares</h1><p>What it <em>costs</em> to sail in the summer months:</p>"
        "<ol><li>a seat</li><li>a cabin</li></ol><table><tr><td>Adult</td><td>9</td></tr>"
        "<tr><td>Child</td><td>0</td></tr></table><img alt='A boat' src='b.jpg'/>"
        "<p>Dogs pay nothing, and neither do the goats that live on the island.</p></section>"
    )
    (fares,) = read(article_epub(spine={"a.xhtml": chapter_page("", (), body)}))
    assert fares.text == (
        "Fares\n\nWhat it costs to sail in the summer months:\n\n1. a seat\n2. a cabin\n\n"
        "Adult | 9\nChild | 0\n\n"
        "Dogs pay nothing, and neither do the goats that live on the island."
    )


def test_files_without_an_entry_go_on_with_the_chapter_before() -> None:
    pages = spine(("One", prose("boat")), ("", prose("mast")), ("Two", prose("sea")))
    book = article_epub(spine=pages, contents=[("One", "c0.xhtml"), ("Two", "c2.xhtml")])
    one, two = read(book)
    assert (one.title, two.title) == ("One", "Two")
    assert "The mast was seen" in one.text
    assert "The boat was seen" in one.text
    assert "The mast was seen" not in two.text


def test_chapters_that_share_a_file_are_divided_where_the_contents_say() -> None:
    body = "".join(
        f"<h2 id='k{n}'>Part of {name}</h2>" + "".join(f"<p>{line}</p>" for line in prose(name))
        for n, name in enumerate(["boat", "mast", "sea"])
    )
    book = article_epub(
        spine={"all.xhtml": chapter_page("", (), body)},
        contents=[
            (f"The {name}", f"all.xhtml#k{n}") for n, name in enumerate(["boat", "mast", "sea"])
        ],
    )
    drafts = read(book)
    assert [draft.title for draft in drafts] == ["The boat", "The mast", "The sea"]
    assert drafts[1].text.startswith("Part of mast\n\nThe mast was seen")
    assert "The sea" not in drafts[1].text


def nested(*entries: tuple[str, str, tuple[tuple[str, str], ...]]) -> str:
    rows = ""
    for title, link, below in entries:
        inner = "".join(f"<li><a href='{to}'>{name}</a></li>" for name, to in below)
        rows += (
            f"<li><a href='{link}'>{title}</a>" + (f"<ol>{inner}</ol>" if inner else "") + "</li>"
        )
    return f"<nav epub:type='toc'><ol>{rows}</ol></nav>"


def test_sections_of_a_chapter_stay_in_it_and_those_of_a_long_part_are_chapters() -> None:
    def body(sentences: int) -> str:
        return "".join(
            f"<h2 id='s{n}'>{name}</h2>"
            + "".join(f"<p>{line}</p>" for line in prose(name, sentences))
            for n, name in enumerate(["boat", "mast"])
        )

    sections = (("The boat", "c0.xhtml#s0"), ("The mast", "c0.xhtml#s1"))
    navigation = nested(("One", "c0.xhtml", sections), ("Two", "c1.xhtml", ()))
    two = chapter_page("Two", prose("sea"))
    short = {"c0.xhtml": chapter_page("", (), body(5)), "c1.xhtml": two}
    assert titles(article_epub(spine=short, navigation=navigation)) == ["One", "Two"]
    long = {"c0.xhtml": chapter_page("", (), body(1000)), "c1.xhtml": two}
    assert titles(article_epub(spine=long, navigation=navigation)) == [
        "The boat",
        "The mast",
        "Two",
    ]


def test_chapters_of_a_part_with_files_of_their_own_are_chapters() -> None:
    pages = spine(("PART ONE", []), ("One", prose("boat")), ("PART TWO", []), ("Two", prose("sea")))
    navigation = nested(
        ("Part one", "c0.xhtml", (("One", "c1.xhtml"),)),
        ("Part two", "c2.xhtml", (("Two", "c3.xhtml"),)),
    )
    one, two = read(article_epub(spine=pages, navigation=navigation))
    assert (one.title, two.title) == ("One", "Two")
    # The name of a part stands above its first chapter, so that no word of the text is lost.
    assert two.text.startswith("PART TWO\n\nTwo\n\nThe sea")


def test_the_contents_of_an_older_book_are_read() -> None:
    ncx = (
        '<?xml version="1.0"?><ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>'
        '<navPoint id="a"><navLabel><text>The &amp; boat</text></navLabel>'
        '<content src="../OEBPS/c%30.xhtml"/></navPoint>'
        '<navPoint id="b"><navLabel><text>The sea</text></navLabel>'
        '<content src="c1.xhtml#x"/></navPoint></navMap></ncx>'
    )
    book = article_epub(
        spine=spine(("1", prose("boat")), ("2", prose("sea"))), more={"OEBPS/toc.ncx": ncx}
    )
    book = with_package(
        book,
        "</manifest>",
        '<item id="n" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest>',
    )
    assert titles(book) == ["The & boat", "The sea"]


def test_without_contents_each_file_is_a_chapter_and_tiny_ones_are_joined() -> None:
    pages = spine(("The boat", prose("boat")), ("* * *", []), ("The sea", prose("sea")))
    boat, sea = read(article_epub(spine=pages))
    assert (boat.title, sea.title) == ("The boat", "The sea")
    assert sea.text.startswith("* * *\n\nThe sea\n\n")
    pages = spine(("", prose("boat")), ("", prose("sea")))
    assert titles(article_epub(spine=pages)) == [
        "Ferries of the north (part 1)",
        "Ferries of the north (part 2)",
    ]
    assert titles(article_epub(spine=spine(("", prose("boat"))))) == ["Ferries of the north"]


IMPRINT = "Copyright © 2021 Tove Halden. All rights reserved. Published by The Lantern. ISBN 1."


def test_covers_imprints_and_tables_of_contents_are_no_chapters() -> None:
    pages = {
        "cover.xhtml": chapter_page("", (), "<p>Ferries of the north, a book about boats.</p>" * 9),
        "title.xhtml": chapter_page("Ferries of the north", ["Tove Halden"]),
        "imprint.xhtml": chapter_page("", [IMPRINT] * 3),
        "lists.xhtml": chapter_page("Contents", TITLES * 5),
        "self.xhtml": chapter_page(
            "", (), "<section epub:type='titlepage'><p>By Tove Halden of Ostrel</p></section>" * 9
        ),
        **{f"c{n}.xhtml": chapter_page(*chapter) for n, chapter in enumerate(CHAPTERS)},
        "end.xhtml": chapter_page("", [IMPRINT] * 3),
    }
    contents = [("Cover", "cover.xhtml"), ("Imprint", "imprint.xhtml")]
    contents += [("Contents", "lists.xhtml"), ("Title", "self.xhtml")]
    contents += [(title, f"c{n}.xhtml") for n, title in enumerate(TITLES)]
    contents += [("Rights", "end.xhtml")]
    guide = '<guide><reference type="cover" href="cover.xhtml"/></guide>'
    book = article_epub(spine=pages, contents=contents, guide=guide)
    assert [draft.text.split("\n")[0] for draft in read(book)] == TITLES


def test_the_landmarks_of_a_newer_book_tell_its_cover_too() -> None:
    pages = {"front.xhtml": chapter_page("", prose("title")), **spine(("One", prose("boat")))}
    navigation = nested(("One", "c0.xhtml", ())) + (
        "<nav epub:type='landmarks'><ol><li><a epub:type='cover' href='front.xhtml'>Front</a>"
        "</li></ol></nav>"
    )
    assert titles(article_epub(spine=pages, navigation=navigation)) == ["One"]


def test_an_article_with_a_notice_of_its_rights_is_no_imprint() -> None:
    body = [*PARAGRAPHS, "© 2021 The Lantern. All rights reserved."]
    (one,) = read(article_epub([("One", body)]))
    assert one.text.endswith("All rights reserved.")


def test_a_book_that_is_nothing_but_short_is_read_whole() -> None:
    (only,) = read(article_epub([("One", ["The ferry sails."]), ("Two", ["It is green."])]))
    assert only.text == "One\n\nThe ferry sails.\n\nTwo\n\nIt is green."


@pytest.mark.parametrize(
    ("metadata", "published"),
    [
        ("<dc:date>2021-04-06T10:00:00Z</dc:date>", date(2021, 4, 6)),
        ('<meta property="dcterms:modified">2024-01-02T00:00:00Z</meta>', None),
        ('<dc:date opf:event="modification">2024-01-02</dc:date>', None),
        (
            '<dc:date opf:event="modification">2024-01-02</dc:date>'
            '<dc:date opf:event="publication">2019-05-06</dc:date>',
            date(2019, 5, 6),
        ),
        ("<dc:date>0101-01-01T00:00:00+00:00</dc:date>", None),
        ("<dc:date>1925</dc:date>", None),
    ],
)
def test_only_the_date_of_publication_is_taken(metadata: str, published: date | None) -> None:
    assert read(article_epub(metadata=metadata))[0].published == published


def test_authors_are_named_and_translators_are_not() -> None:
    metadata = (
        '<dc:creator opf:role="trl">Bo Ek</dc:creator>'
        '<dc:creator opf:role="aut">Ann Lee</dc:creator>'
        '<dc:creator id="c3">Cy Ott</dc:creator><meta refines="#c3" property="role">ill</meta>'
    )
    assert read(article_epub(metadata=metadata))[0].author == "Tove Halden, Ann Lee"
