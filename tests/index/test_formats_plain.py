"""Plain text stays as it was written, and gets a title from its first words."""

from __future__ import annotations

import time

import pytest

from index.errors import EmptySourceError, SourceError, SourceTooLargeError
from index.formats import PICTURE_SUFFIXES, READABLE_SUFFIXES, read_article, read_text
from index.formats.normalise import normalise
from index.obstacles import Obstacle
from index.settings import IndexSettings

SETTINGS = IndexSettings()


def title(text: str) -> str:
    return read_text(text, SETTINGS).title


def test_the_words_stay_verbatim() -> None:
    text = "“Ünïcode” ﬁsh — it’s 5\u00a0km…\n\n\tIndented, ½ kept."
    assert read_text(text, SETTINGS).text == text


def test_line_ends_spaces_and_invisible_characters_are_cleaned() -> None:
    assert normalise("\ufeffOne \t\r\nTwo\rThree\x00\x07\n\n\n\n Four\x0cFive  \n") == (
        "One\nTwo\nThree\n\n Four\nFive"
    )


def test_halves_of_a_character_are_joined_and_lonely_ones_replaced() -> None:
    assert normalise("a\ud83d\ude00b\ud83dc") == "a😀b\ufffdc"


def test_a_long_run_of_spaces_takes_no_long_time() -> None:
    start = time.perf_counter()
    normalise(" " * 1_000_000 + "x" + "\n " * 500_000)
    assert time.perf_counter() - start < 2


def test_a_short_first_line_is_the_title_and_stays_in_the_text() -> None:
    article = read_text("Night ferry returns\n\nThe ferry sailed.", SETTINGS)
    assert article.title == "Night ferry returns"
    assert article.text.startswith("Night ferry returns\n")


def test_a_single_line_is_titled_by_its_first_sentence() -> None:
    assert title("Dr. Vint came home. She was tired.") == "Dr. Vint came home."


def test_a_paragraph_broken_into_lines_is_titled_by_its_first_sentence() -> None:
    assert title("The council voted\nfor the bridge. It costs 3 crowns.\n\nMore.") == (
        "The council voted for the bridge."
    )


def test_a_long_first_sentence_is_cut_at_a_word() -> None:
    made = title("wonderful " * 40 + ".")
    assert len(made) <= 120
    assert made.endswith("wonderful…")
    assert title("木" * 500) == "木" * 119 + "…"


def test_a_line_of_ornaments_is_no_title() -> None:
    assert title("* * *\n\nThe bridge\n\nIt stands.") == "The bridge"


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"...", b"\xef\xbb\xbf", "—…—".encode()])
def test_a_source_without_words_is_empty(data: bytes) -> None:
    with pytest.raises(EmptySourceError) as caught:
        read_article(data, "a.txt", SETTINGS)
    assert caught.value.hint


def test_an_article_over_the_limit_is_refused_with_size_limit_and_setting() -> None:
    with pytest.raises(SourceTooLargeError, match=r"1,200 .* 1,000 .*max_article_characters"):
        read_text("words " * 199 + "wordss", IndexSettings(max_article_characters=1000))


def test_a_file_over_the_limit_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(SourceTooLargeError, match=r"2,000 .* 1,000 .*max_source_bytes"):
        read_article(b"\x00" * 2000, "a.txt", IndexSettings(max_source_bytes=1000))


def test_the_source_is_the_name_and_standard_input_has_none() -> None:
    assert read_article(b"Some words.", "notes", SETTINGS).source == "notes"
    assert read_article(b"Some words.", "", SETTINGS).source is None
    assert read_text("Some words.", SETTINGS, source="chat").source == "chat"


def test_markdown_signs_in_plain_text_are_text() -> None:
    assert read_article(b"# One *two*", "a.txt", SETTINGS).text == "# One *two*"


def test_the_recognised_suffixes_are_these() -> None:
    texts = ["", ".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".mht", ".mhtml"]
    others = [".pdf", ".docx", ".odt", ".rtf", ".epub", ".eml", ".zip"]
    assert sorted(READABLE_SUFFIXES) == sorted(texts + others)
    # A folder of articles may well hold the pictures in them.
    assert not PICTURE_SUFFIXES & READABLE_SUFFIXES


@pytest.mark.parametrize(
    "data", ['{"cuttings": 1}\n{"title": "A"}\n', "[1, 2, 3]", '{\n "a": [\n 1]\n}\n']
)
def test_data_for_programs_is_no_article(data: str) -> None:
    with pytest.raises(SourceError, match="data for programs") as error:
        read_article(data.encode(), "export.backup", IndexSettings())
    assert error.value.obstacle is Obstacle.NOT_TEXT


def test_an_article_that_begins_with_a_bracket_is_one() -> None:
    text = "[Orlsby, Monday] The ferry left at noon.\n\nIt came back on Tuesday."
    assert read_article(text.encode(), "note.txt", IndexSettings()).text == text
