from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground import utf16
from bot.playground.cutting import pieces

SENTENCE = "The ferry to Ostrel was late again on Monday. "


def cut(text: str, limit: int = 4096) -> list[str]:
    return [text[start:end] for start, end in pieces(text, limit)]


def test_a_text_that_fits_is_one_piece_without_white_space_around_it() -> None:
    assert cut("  a b\n") == ["a b"]
    assert cut("x" * 4096) == ["x" * 4096]
    assert cut(" \n ") == []


def test_a_cut_is_made_at_a_blank_line_of_the_second_half_rather_than_later() -> None:
    first, second = SENTENCE * 50, SENTENCE * 50
    assert len(first) == 2300
    assert cut(f"{first}\n\n{second}") == [first.strip(), second.strip()]


def test_a_blank_line_of_the_first_half_is_passed_over_for_a_newline_of_the_second() -> None:
    head, middle, tail = SENTENCE * 20, SENTENCE * 40, SENTENCE * 40
    assert cut(f"{head}\n\n{middle}\n{tail}") == [
        f"{head}\n\n{middle}".strip(),
        tail.strip(),
    ]


def test_a_sentence_is_a_better_end_than_a_space() -> None:
    text = "word " * 700 + "end. " + "word " * 400
    assert cut(text)[0].endswith(" end.")


def test_one_long_word_is_cut_where_the_room_ends() -> None:
    assert [len(piece) for piece in cut("x" * 9000)] == [4096, 4096, 808]


def test_emoji_count_twice_and_are_never_halved() -> None:
    parts = cut("a" + "😀" * 3000)
    assert [utf16.length(part) for part in parts] == [4095, 1906]


@given(
    st.lists(
        st.sampled_from(
            ["word", "End.", "字。", "😀", " ", "\n", "\n\n", " \n \n ", "x" * 37, "é!"]
        ),
        max_size=120,
    ).map("".join),
    st.integers(8, 60),
)
@settings(max_examples=300, deadline=None)
def test_nothing_but_white_space_is_lost_and_no_piece_is_too_long(text: str, limit: int) -> None:
    found = pieces(text, limit)
    assert "".join("".join(text[a:b].split()) for a, b in found) == "".join(text.split())
    previous = 0
    for start, end in found:
        assert start >= previous
        assert not text[previous:start].strip()
        assert 0 < utf16.length(text[start:end]) <= limit
        assert text[start:end] == text[start:end].strip()
        previous = end
    assert not text[previous:].strip()


@given(st.lists(st.sampled_from(["one", "two.", "three"]), min_size=1, max_size=200))
@settings(max_examples=100, deadline=None)
def test_words_stay_whole_where_there_are_spaces_and_pieces_are_at_least_half_full(
    words: list[str],
) -> None:
    text = " ".join(words)
    parts = cut(text, 40)
    assert [word for part in parts for word in part.split()] == words
    assert all(len(part) >= 20 - len("three") for part in parts[:-1])
