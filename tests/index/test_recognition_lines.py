"""Seen lines become the text that a person reads: columns, paragraphs, whole words."""

from __future__ import annotations

from math import cos, radians, sin

import pytest

from index.formats.recognised_lines import (
    SeenLine,
    legible_lines,
    straightened,
    upright_share,
    without_phone_bars,
)
from index.formats.recognised_paragraphs import text_of

HEIGHT = 30.0
PITCH = 36.0
LETTER = 10.0


def line(text: str, left: float, top: float, score: float = 0.99, scale: float = 1) -> SeenLine:
    width = len(text) * LETTER * scale
    return SeenLine(text, score, left, top, left + width, top + HEIGHT * scale)


def column(*texts: str, left: float = 100, top: float = 200) -> list[SeenLine]:
    return [line(text, left, top + number * PITCH) for number, text in enumerate(texts)]


LEFT = column(
    "The ferry at Tallow carried",
    "walkers for a hundred years",
    "and stopped in the spring",
    "when its captain retired at",
)
RIGHT = column(
    "the age of seventy-one with",
    "a party on the quay and six",
    "barrels of beer, which were",
    "all empty before midnight.",
    left=480,
)
READ = (
    "The ferry at Tallow carried walkers for a hundred years and stopped in the spring when its "
    "captain retired at the age of seventy-one with a party on the quay and six barrels of beer, "
    "which were all empty before midnight."
)


def test_lines_of_a_paragraph_are_joined() -> None:
    assert text_of(LEFT[:2]) == "The ferry at Tallow carried walkers for a hundred years"


def test_a_line_that_is_seen_too_high_stays_in_its_paragraph() -> None:
    high = SeenLine("Moray steered her for the", 0.99, 100, 230, 350, 230 + 1.45 * HEIGHT)
    rows = [*column("When it stopped, Agnes"), high, *column("last time.", top=272)]
    assert text_of(rows) == "When it stopped, Agnes Moray steered her for the last time."


def test_two_columns_are_read_one_after_the_other() -> None:
    assert text_of([*RIGHT, *LEFT]) == READ


def test_three_columns_are_read_one_after_the_other() -> None:
    third = column("Nobody knows what", "comes next, said", "the mayor Brandt.", left=860)
    assert (
        text_of([*third, *RIGHT, *LEFT])
        == f"{READ}\n\nNobody knows what comes next, said the mayor Brandt."
    )


def test_a_headline_across_the_columns_comes_first() -> None:
    headline = line("The last ferry has left Tallow for ever", 100, 100, scale=1.6)
    assert text_of([*LEFT, headline, *RIGHT]) == f"{headline.text}\n\n{READ}"


def test_a_line_across_parts_the_columns_above_from_those_below() -> None:
    across = line("A picture of the quay in the year 1911, with the ferry", 100, 400)
    below = [
        *column("Below the line on the left", "there are more words", "and these.", top=500),
        *column("On the right there are", "the very last words", "of all.", left=480, top=500),
    ]
    text = text_of([*LEFT, *RIGHT, across, *below])
    places = [text.index(part) for part in (READ, across.text, "Below the", "On the right")]
    assert places == sorted(places)


def test_the_messages_of_a_chat_are_read_from_top_to_bottom() -> None:
    said = ["Are you coming to the quay?", "Yes, at nine o'clock sharp.", "Bring your boots then."]
    messages = [
        line(f"{number} {said[number % 3]}", 100 + 400 * (number % 2), 100 + 80 * number)
        for number in range(8)
    ]
    numbers = [paragraph[0] for paragraph in text_of(messages).split("\n\n")]
    assert numbers == list("01234567")


def test_a_narrow_row_of_labels_is_no_column() -> None:
    labels = column("1", "2", "3", "4", left=40)
    assert text_of([*labels, *LEFT]).split("\n\n")[0].startswith("1 The ferry at Tallow")


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["the whole foot-", "bridge is open to walk"], "the whole footbridge is open to walk"),
        (["he met Anna-", "Lena on the bridge again"], "he met Anna-Lena on the bridge again"),
        (["a well-known inn and a well-", "known boat"], "a well-known inn and a well-known boat"),
        (
            ["in the years 1911-", "2014 it ran every day of"],
            "in the years 1911- 2014 it ran every day of",
        ),
        (["这座桥在周六重新开放了，", "市长说游客很多"], "这座桥在周六重新开放了，市长说游客很多"),
    ],
)
def test_words_divided_at_the_end_of_a_line_are_whole_again(lines: list[str], text: str) -> None:
    assert text_of(column(*lines)) == text


def test_a_larger_gap_begins_a_paragraph() -> None:
    first, second = (
        column("The ferry stopped in spring"),
        column("It had run since 1911 daily", top=260),
    )
    assert (
        text_of([*first, *second]) == "The ferry stopped in spring\n\nIt had run since 1911 daily"
    )


def test_an_indented_line_after_a_full_stop_begins_a_paragraph() -> None:
    lines = column(
        "The ferry stopped last spring.",
        "It had run daily since 1911,",
        "and nobody had ever drowned.",
    )
    lines[1] = line(lines[1].text, 125, lines[1].top)
    assert text_of(lines).count("\n\n") == 1


def test_a_line_that_breaks_off_ends_its_paragraph() -> None:
    lines = column("The ferry stopped in the spring", "of 2014.", "It had run every day since 1911")
    assert text_of(lines).split("\n\n")[1] == lines[2].text


def test_a_line_that_is_full_does_not_end_its_paragraph() -> None:
    lines = column("The ferry stopped in spring.", "Schoolchildren walked a long way")
    assert "\n" not in text_of(lines)


def test_pieces_of_one_line_are_joined_in_order() -> None:
    pieces = [line("stopped in spring", 228, 202), line("The old ferry", 80, 200)]
    assert text_of(pieces) == "The old ferry stopped in spring"


def test_a_page_that_is_askew_is_set_straight() -> None:
    slope = radians(4)

    def turned(seen: SeenLine) -> list[list[float]]:
        corners = [
            (seen.left, seen.top),
            (seen.right, seen.top),
            (seen.right, seen.bottom),
            (seen.left, seen.bottom),
        ]
        return [
            [x * cos(slope) - y * sin(slope), x * sin(slope) + y * cos(slope)] for x, y in corners
        ]

    seen = [*LEFT, *RIGHT]
    texts, scores = [one.text for one in seen], [one.score for one in seen]
    corners = [turned(one) for one in seen]
    straight = straightened(corners, texts, scores)
    assert text_of(straight) == READ
    assert straight[0].top == pytest.approx(straight[len(LEFT)].top, abs=0.5)
    assert upright_share(corners) == 1


def test_lines_that_stand_are_told_from_those_that_lie() -> None:
    lying = [[0, 0], [300, 0], [300, 20], [0, 20]]
    standing = [[0, 0], [20, 0], [20, 100], [0, 100]]
    assert upright_share([lying, standing]) == pytest.approx(0.75)
    assert upright_share([]) == 1


@pytest.mark.parametrize(
    "seen",
    [
        line("tues e t e ee ee elt", 100, 100, score=0.6),
        line("ib", 100, 100, score=0.85),
        line("--- | ... ~", 100, 100),
        SeenLine(", 1911 , 2014-.", 0.97, 100, 100, 900, 130),
        line("φυρα νοιξε πρυσι ναονωσε", 100, 100),
    ],
    ids=["guess", "scrap", "rule", "Russian", "Greek"],
)
def test_what_was_not_read_is_left_out(seen: SeenLine) -> None:
    kept = line("The ferry stopped in 2014.", 100, 200)
    assert legible_lines([seen, kept]) == [kept]


def test_nothing_is_kept_of_an_alphabet_that_is_known_in_part() -> None:
    assert legible_lines([line("ca vào th By sau", 0, 0), line("th trưng nói", 0, 40)]) == []


BARS = [line("9:41", 60, 20), line("87%", 900, 20), line("www.tallow-news.example", 300, 90)]


def test_the_bars_of_a_phone_are_left_out() -> None:
    assert without_phone_bars([*BARS, *LEFT], 1080, 2340) == LEFT


def test_an_address_or_an_hour_in_the_text_stays() -> None:
    seen = [line("9:41", 60, 700), line("www.tallow-news.example", 300, 800), *LEFT]
    assert without_phone_bars(seen, 1080, 2340) == seen


def test_a_page_wider_than_a_phone_keeps_its_first_line() -> None:
    assert without_phone_bars([*BARS, *LEFT], 1654, 2339) == [*BARS, *LEFT]


def test_no_lines_are_no_text() -> None:
    assert text_of([]) == ""
