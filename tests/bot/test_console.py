from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date, datetime, timezone
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text

from bot import console, machine
from bot.fitting import ASCII, UNICODE, one_line, shortened, shown
from index import (
    Answer,
    CheckReport,
    Earlier,
    Format,
    Hit,
    Obstacle,
    Outcome,
    Receipt,
    ReceiptStatus,
    Span,
    StoredArticle,
)

TEXT = "The lamp was lit on Monday. Its keeper, Agnes Moray, climbed the steps. Nobody fell."
NAME = TEXT.index("Agnes Moray")
HIT = Hit(7, "The lighthouse", TEXT, 100, 100 + len(TEXT), 0.9, 100 + NAME, 100 + NAME + 11)
OTHER = Hit(8, "The harbour", "The harbour trust paid. " * 20, 0, 480, 0.4)
ARTICLE = StoredArticle(
    id=7,
    title="The lighthouse",
    author=None,
    site="example.org",
    published=date(2024, 3, 9),
    source="lighthouse.txt",
    added=datetime(2024, 3, 10, 8, 5, tzinfo=timezone.utc),
    words=1843,
    passages=1,
)
ANSWER = Answer("Who?", Outcome.ANSWER, "Agnes Moray", 0.9, (HIT, OTHER))


def bold_parts(line: Text) -> list[str]:
    return [line.plain[span.start : span.end] for span in line.spans if span.style == "bold"]


def plain(lines: list[Text]) -> list[str]:
    return [line.plain for line in lines]


def test_an_answer_is_followed_by_its_proof_its_origin_and_the_other_passages() -> None:
    lines = plain(console.answer_lines(ANSWER, ARTICLE, UNICODE))
    assert lines[:4] == [
        "Agnes Moray",
        "",
        "“Its keeper, Agnes Moray, climbed the steps.”",
        "“The lighthouse” · example.org · 9 March 2024 · #7",
    ]
    assert lines[4:6] == ["", "See also:"]
    assert lines[6].startswith("  #8 “The harbour”: The harbour trust paid.")
    assert lines[6].endswith("…")
    assert len(lines) == 7


def test_what_was_said_earlier_stands_below_the_origin_and_in_the_object() -> None:
    said = Earlier("the trust", replace(OTHER, page=3), date(2024, 2, 1))
    answer = replace(ANSWER, earlier=(said,))
    lines = console.answer_lines(answer, ARTICLE, UNICODE)
    assert lines[4].plain == "Earlier: the trust, from “The harbour”, page 3, 1 February 2024 · #8"
    assert bold_parts(lines[4]) == ["the trust"]
    assert plain(lines)[5:7] == ["", "See also:"]
    told = {"answer": "the trust", "day": "2024-02-01", "passage": asdict(said.passage)}
    assert machine.answer_object(answer)["earlier"] == [told]
    assert machine.answer_object(ANSWER)["earlier"] == []


def test_the_title_of_an_article_is_not_repeated() -> None:
    again = replace(HIT, answer_start=None, answer_end=None)
    lines = plain(
        console.answer_lines(replace(ANSWER, passages=(HIT, again, OTHER, OTHER)), ARTICLE, UNICODE)
    )
    starts = [line.split(":")[0] for line in lines[6:]]
    assert starts == ["  #7", "  #8 “The harbour”", "  #8"]


def test_passages_about_something_else_are_not_shown_beside_an_answer() -> None:
    foreign = replace(OTHER, relevance=0.001)
    lines = plain(console.answer_lines(replace(ANSWER, passages=(HIT, foreign)), ARTICLE, UNICODE))
    assert "See also:" not in lines


def test_the_answer_is_bold_in_the_sentence_that_proves_it() -> None:
    assert bold_parts(console.proof_line(HIT, UNICODE)) == ["Agnes Moray"]
    assert bold_parts(console.proof_line(HIT, ASCII)) == ["Agnes Moray"]


@pytest.mark.parametrize(
    ("sentence", "line"),
    [
        ("“I am Agnes Moray.”", "“I am Agnes Moray.”"),
        ("“I fell,” said Agnes Moray.", "“I fell,” said Agnes Moray."),
        ("“I am Agnes Moray.", "“I am Agnes Moray.”"),
        ("I am Agnes Moray.”", "“I am Agnes Moray.”"),
        ("She said: “Agnes Moray.”", "She said: “Agnes Moray.”"),
        ("« Agnes Moray »", "« Agnes Moray »"),
        ("‘Up,’ said Agnes Moray.", "“‘Up,’ said Agnes Moray.”"),
        ("The “lamp” of Agnes Moray.", "“The “lamp” of Agnes Moray.”"),
    ],
)
def test_a_sentence_with_quotation_marks_at_an_end_is_given_no_second_ones(
    sentence: str, line: str
) -> None:
    start = sentence.index("Agnes")
    hit = Hit(7, "T", sentence, 0, len(sentence), 0.9, start, start + 11)
    proof = console.proof_line(hit, UNICODE)
    assert proof.plain == line
    assert bold_parts(proof) == ["Agnes Moray"]


@given(st.text(st.sampled_from("ab “”„\"«»'’")))
def test_no_quotation_mark_is_doubled(text: str) -> None:
    before, after = UNICODE.marks(text)
    assert not before or text[:1] not in '“”„"«»' or not text
    assert not after or text[-1:] not in '“”„"«»' or not text


def test_an_endless_sentence_is_shortened_around_the_answer() -> None:
    text = "so " * 2000 + "Agnes Moray " + "and " * 2000
    start = text.index("Agnes")
    line = console.proof_line(Hit(1, "T", text, 0, len(text), 0.9, start, start + 11), UNICODE)
    assert len(line.plain) <= console.PROOF_LIMIT + 4
    assert bold_parts(line) == ["Agnes Moray"]


def test_passages_without_an_answer_are_offered_as_such() -> None:
    lines = plain(
        console.answer_lines(
            replace(ANSWER, outcome=Outcome.PASSAGES, answer=None, passages=(OTHER,)), None, UNICODE
        )
    )
    assert lines[0] == "No exact answer, but these passages may hold it:"
    assert lines[1].startswith("  #8")


def test_no_answer_is_said_plainly_with_the_nearest_passages_below() -> None:
    nothing = replace(ANSWER, outcome=Outcome.NOTHING, answer=None, passages=(OTHER,))
    lines = plain(console.answer_lines(nothing, None, UNICODE))
    assert lines[:3] == ["Not in your articles.", "", "The nearest passages:"]
    lines = plain(console.answer_lines(replace(nothing, passages=()), None, UNICODE))
    assert lines == ["Not in your articles."]


@pytest.mark.parametrize(
    ("receipt", "line"),
    [
        (
            Receipt("a.txt", ReceiptStatus.ADDED, ARTICLE),
            "✓ added #7 “The lighthouse” · 1,843 words",
        ),
        (
            Receipt("a.pdf", ReceiptStatus.ADDED, replace(ARTICLE, format=Format.PDF, pages=12)),
            "✓ added #7 “The lighthouse” · PDF · 12 pages · 1,843 words",
        ),
        (
            Receipt("a.pdf", ReceiptStatus.ADDED, replace(ARTICLE, format=Format.SCAN, pages=1)),
            "✓ added #7 “The lighthouse” · scanned PDF, read by text recognition · 1 page ·"
            " 1,843 words",
        ),
        (
            Receipt("a.png", ReceiptStatus.ADDED, replace(ARTICLE, format=Format.PICTURE)),
            "✓ added #7 “The lighthouse” · picture, read by text recognition · 1,843 words",
        ),
        (
            Receipt(
                "https://example.org",
                ReceiptStatus.UPDATED,
                replace(ARTICLE, format=Format.PAGE),
                replaced=3,
            ),
            "✓ read again #7 “The lighthouse” · web page · 1,843 words",
        ),
        (Receipt("a.txt", ReceiptStatus.KNOWN, ARTICLE), "= already here #7 “The lighthouse”"),
        (
            Receipt("a.txt", ReceiptStatus.FAILED, None, "There are no words in it.", "Add some."),
            "✗ a.txt: There are no words in it. Add some.",
        ),
        (
            Receipt("a.txt", ReceiptStatus.FAILED, None, "There is no file named a.txt.", ""),
            "✗ There is no file named a.txt.",
        ),
    ],
)
def test_a_receipt_is_one_line(receipt: Receipt, line: str) -> None:
    assert console.receipt_line(receipt, UNICODE).plain == line


@pytest.mark.parametrize("format_", list(Format))
def test_every_format_has_a_name_for_people(format_: Format) -> None:
    assert console.FORMATS[format_]


def test_what_is_known_of_an_article_says_what_it_was_read_from() -> None:
    paged = replace(ARTICLE, format=Format.PDF, language="en", pages=12)
    head = plain(console.article_head(paged))
    assert "Read from: PDF" in head
    assert "Language: en" in head
    assert "Length: 12 pages, 1,843 words, 1 passage" in head
    bare = plain(console.article_head(ARTICLE))
    assert "Length: 1,843 words, 1 passage" in bare
    assert not [line for line in bare if line.startswith(("Read from", "Language"))]


def test_an_answer_out_of_a_document_says_its_page() -> None:
    paged = replace(ANSWER, passages=(replace(HIT, page=7), replace(OTHER, page=12)))
    lines = plain(console.answer_lines(paged, ARTICLE, UNICODE))
    assert lines[3] == "“The lighthouse” · example.org · 9 March 2024 · page 7 · #7"
    assert lines[6].startswith("  #8 “The harbour”, page 12: The harbour trust paid.")
    again = replace(HIT, answer_start=None, answer_end=None, page=8)
    lines = plain(console.answer_lines(replace(paged, passages=(HIT, again)), ARTICLE, UNICODE))
    assert "page" not in lines[3]
    assert lines[6].startswith("  #7, page 8: The lamp")


def test_for_programs_a_receipt_says_what_was_read_replaced_or_in_the_way() -> None:
    article = replace(ARTICLE, format=Format.PDF, language="en", pages=12, address="https://a.b")
    done = Receipt("a.pdf", ReceiptStatus.UPDATED, article, replaced=3)
    told = json.loads(json.dumps(machine.receipt_object(done)))
    assert told["status"] == "updated"
    assert (told["format"], told["language"], told["pages"]) == ("pdf", "en", 12)
    assert (told["address"], told["replaced"], told["obstacle"]) == ("https://a.b", 3, None)
    failed = Receipt(
        "a.pdf", ReceiptStatus.FAILED, None, "It needs a password.", "", Obstacle.ENCRYPTED
    )
    told = json.loads(json.dumps(machine.receipt_object(failed)))
    assert (told["status"], told["obstacle"]) == ("failed", "encrypted")
    assert machine.article_object(ARTICLE)["format"] is None
    paged = replace(ANSWER, passages=(replace(HIT, page=7), OTHER))
    passages = json.loads(json.dumps(machine.answer_object(paged)))["passages"]
    assert [passage["page"] for passage in passages] == [7, None]


def test_an_article_cannot_steer_the_terminal() -> None:
    evil = replace(ARTICLE, title="\x1b[2JGone\r\x07", site="\x9b31m")
    for line in (
        console.origin_line(evil, UNICODE).plain,
        console.article_line(evil),
        *plain(console.article_head(evil)),
        shown("\x1b]0;title\x07\x85"),
    ):
        assert not any(
            (ord(char) < 32 and char not in "\n\t") or 127 <= ord(char) < 160 for char in line
        )


def test_an_article_is_one_tab_separated_line_in_a_pipe() -> None:
    article = replace(ARTICLE, title="Tabs\tand\nlines")
    assert console.article_line(article) == "7\tTabs and lines\texample.org\t2024-03-09\t1843"


@pytest.mark.parametrize("width", [1, 8, 20, 200])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_every_view_fits_any_terminal(width: int, encoding: str) -> None:
    file = StringIO()
    screen = Console(file=file, force_terminal=True, width=width)
    signs = UNICODE if encoding == "utf-8" else ASCII
    for line in console.answer_lines(ANSWER, ARTICLE, signs) + console.article_head(ARTICLE):
        screen.print(line)
    screen.print(console.articles_table([ARTICLE]))
    assert max(len(line) for line in Text.from_ansi(file.getvalue()).plain.splitlines()) <= width


def test_signs_are_plain_where_the_encoding_lacks_them(monkeypatch: pytest.MonkeyPatch) -> None:
    for encoding, signs in (("utf-8", UNICODE), ("latin-1", ASCII), ("ascii", ASCII)):
        monkeypatch.setattr(Console, "encoding", encoding)
        assert console.signs_of(console.terminal()) is signs


def test_off_a_terminal_nothing_is_coloured_or_wrapped(capsys: pytest.CaptureFixture[str]) -> None:
    console.terminal().print(Text("long " * 100, style="bold red"))
    assert capsys.readouterr().out == "long " * 100 + "\n"


def test_a_check_names_every_problem_and_says_so_when_there_is_none() -> None:
    report = CheckReport("default", 2, 3, 3, "e", 384, "r", 1_500_000, ("The index is bad.",))
    lines = plain(console.check_lines(report, UNICODE))
    assert lines[0] == "Library default: 2 articles · 3 passages · 3 vectors · 1.5 MB"
    assert lines[-1] == "✗ The index is bad."
    lines = plain(console.check_lines(replace(report, problems=()), UNICODE))
    assert lines[-1] == "✓ The library is whole."


@given(st.text(), st.data(), st.integers(1, 50))
def test_shortening_keeps_what_must_be_kept(text: str, data: st.DataObject, limit: int) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    short, kept = shortened(text, limit, Span(start, end), "…")
    assert short[kept.start : kept.end] == text[start:end]
    assert len(short) <= max(limit, end - start) + 2


@given(st.text())
def test_one_line_keeps_the_length_so_that_offsets_stay_right(text: str) -> None:
    line = one_line(text)
    assert len(line) == len(text)
    assert "\n" not in line
