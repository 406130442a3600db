"""Word, OpenDocument and Rich Text documents become the text a careful reader would copy."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from odfdo import Annotation, Header, Paragraph
from office_samples import (
    KITE,
    KITE_TITLE,
    article_docx,
    article_odt,
    article_rtf,
    items,
    odt_of,
    saved,
    table,
)

from index.errors import DamagedSourceError, SourceError
from index.formats.docx import read_docx
from index.formats.odt import read_odt
from index.formats.rtf import read_rtf
from index.records import Format
from index.settings import IndexSettings

SETTINGS = IndexSettings()
WHOLE = "\n\n".join([KITE_TITLE, *KITE])


def test_a_word_document_is_its_heading_and_paragraphs() -> None:
    draft = read_docx(article_docx(), SETTINGS)
    assert draft.text == WHOLE
    assert draft.title == KITE_TITLE
    assert draft.format is Format.WORD
    assert draft.author is None, "python-docx is no author"
    assert draft.published is None, "its template is of 2013"


def test_an_opendocument_text_is_its_heading_and_paragraphs() -> None:
    draft = read_odt(article_odt(), SETTINGS)
    assert (draft.text, draft.title, draft.format) == (WHOLE, KITE_TITLE, Format.OPENDOCUMENT)


def test_a_rich_text_document_is_its_paragraphs_with_title_and_author() -> None:
    draft = read_rtf(article_rtf(), SETTINGS)
    assert draft.text == "\n\n".join(KITE)
    assert (draft.title, draft.author, draft.format) == (KITE_TITLE, "Nils Aker", Format.RTF)


def test_a_rich_text_document_in_any_script_is_read() -> None:
    words = "Ирма Сольберг купила будку за 900 крон. “Wütend?” – “Nein.”"
    assert read_rtf(article_rtf([words]), SETTINGS).text == words
    cyrillic = b"{\\rtf1\\ansi\\ansicpg1251 \\'c8\\'f0\\'ec\\'e0\\par}"
    assert read_rtf(cyrillic, SETTINGS).text == "Ирма"


def test_the_picture_in_a_rich_text_document_is_not_text() -> None:
    picture = "{\\pict\\pngblip " + "89504e47" * 50_000 + "}"
    data = f"{{\\rtf1\\ansi Before.\\par {picture}\\par After.\\par}}".encode()
    assert read_rtf(data, SETTINGS).text == "Before.\n\nAfter."


def test_lists_of_a_word_document_keep_their_numbers_and_bullets() -> None:
    document = docx.Document()
    document.add_paragraph("Bring three things:")
    for text in ("a rope", "a lamp"):
        document.add_paragraph(text, style="List Bullet")
    number = document.styles["List Number"].element.pPr.numPr.numId.val
    for text in ("Tie it.", "Light it."):
        paragraph = document.add_paragraph(text)
        properties = paragraph._p.get_or_add_pPr()
        properties.append(
            parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
            )
        )
    text = read_docx(saved(document), SETTINGS).text
    assert text == "Bring three things:\n\n- a rope\n- a lamp\n1. Tie it.\n2. Light it."


def test_a_table_is_a_line_for_each_row() -> None:
    rows = [["Day", "Catch"], ["Monday", "nine eels"]]
    document = docx.Document()
    cells = document.add_table(2, 2)
    for row, words in enumerate(rows):
        for column, word in enumerate(words):
            cells.cell(row, column).text = word
    expected = "Day | Catch\nMonday | nine eels"
    assert read_docx(saved(document), SETTINGS).text == expected
    assert read_odt(odt_of(table(rows)), SETTINGS).text == expected


def test_what_was_deleted_with_changes_tracked_is_gone_and_what_was_inserted_is_there() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("The box is ")
    paragraph._p.append(
        parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>blue</w:delText></w:r></w:del>")
    )
    paragraph._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>green.</w:t></w:r></w:ins>"))
    assert read_docx(saved(document), SETTINGS).text == "The box is green."


def test_the_words_of_a_link_and_of_a_content_control_are_there() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("See ")
    paragraph._p.append(
        parse_xml(f"<w:hyperlink {nsdecls('w')}><w:r><w:t>the list</w:t></w:r></w:hyperlink>")
    )
    document.element.body.insert(
        0,
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>Written by hand.</w:t></w:r></w:p>"
            "</w:sdtContent></w:sdt>"
        ),
    )
    assert read_docx(saved(document), SETTINGS).text == "Written by hand.\n\nSee the list"


def test_an_opendocument_list_a_note_and_a_comment() -> None:
    paragraph = Paragraph("The heron needs four people.")
    paragraph.insert_note(after="heron", note_id="n1", citation="1", body="It is called Otto.")
    paragraph.insert_annotation(
        Annotation(text_or_element="check this!", creator="Editor"), after="four"
    )
    draft = read_odt(odt_of(Header(1, "Kites"), paragraph, items("silk", "ash")), SETTINGS)
    assert draft.text == (
        "Kites\n\nThe heron needs four people.\n\n- silk\n- ash\n\nIt is called Otto."
    )


def test_a_byline_tells_the_date_and_the_days_of_the_file_do_not() -> None:
    dated = [KITE[0], "By Nils Aker, 5 March 2024", *KITE[1:]]
    for read, made in (
        (read_docx, article_docx),
        (read_odt, article_odt),
        (read_rtf, article_rtf),
    ):
        assert read(made(dated), SETTINGS).published == date(2024, 3, 5)
        assert read(made(), SETTINGS).published is None


def test_the_properties_of_a_word_document_are_believed_unless_a_program_made_them_up() -> None:
    document = docx.Document()
    document.add_paragraph(KITE[0])
    document.core_properties.title, document.core_properties.author = "Kites", "Nils Aker"
    draft = read_docx(saved(document), SETTINGS)
    assert (draft.title, draft.author) == ("Kites", "Nils Aker")
    document.core_properties.title = "Microsoft Word - kites_final2.docx"
    document.core_properties.author = "Microsoft Office User"
    draft = read_docx(saved(document), SETTINGS)
    assert (draft.title, draft.author) == (None, None)


@pytest.mark.parametrize("made", [article_docx(), article_odt()], ids=["docx", "odt"])
def test_a_document_cut_short_is_damaged(made: bytes) -> None:
    read = read_docx if b"word/" in made else read_odt
    for share in (0.2, 0.5, 0.9):
        with pytest.raises(DamagedSourceError):
            read(made[: int(len(made) * share)], SETTINGS)


@pytest.mark.parametrize(
    ("made", "part"),
    [(article_docx(), "word/document.xml"), (article_odt(), "content.xml")],
    ids=["docx", "odt"],
)
def test_an_entity_of_a_document_is_never_filled_in(made: bytes, part: str) -> None:
    secret = "the words of another file"
    declared = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e "' + secret.encode() + b'">'
        b'<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    )
    data = replaced(
        made,
        part,
        lambda xml: (
            declared
            + xml.partition(b"?>")[2].replace(KITE[0].encode(), KITE[0].encode() + b"&e;&f;")
        ),
    )
    read = read_docx if part.startswith("word") else read_odt
    try:
        text = read(data, SETTINGS).text
    except SourceError:
        text = ""
    assert secret not in text
    assert "root:" not in text


def test_a_document_that_unpacks_to_too_much_is_refused() -> None:
    data = replaced(article_docx(), "word/document.xml", lambda xml: xml + b" " * 3_000_000)
    with pytest.raises(SourceError, match=r"[Ll]arge|more than"):
        read_docx(data, IndexSettings(max_unpacked_bytes=2_000_000))


def replaced(data: bytes, part: str, change: object) -> bytes:
    """The same document with one of its parts changed."""
    assert callable(change)
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
    return out.getvalue()
