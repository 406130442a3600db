"""Which answers contradict each other, and which may say the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.likeness import always_names, contradict, words_of

WHO, WHEN, MANY, WHERE, WHAT, WHY = (
    "Who did Orla Finch call?",
    "When does the tunnel open?",
    "How many people were hurt?",
    "Where was it found?",
    "What caused the fire?",
    "Why was it closed?",
)


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (WHO, "Finch", "Orla Finch"),
        (WHO, "the mayor, Orla Finch", "Mayor Orla Finch of Brennick"),
        (WHO, "Secretary of State Finch", "Orla Finch"),
        (WHO, "Orla Finch", "the head of the port"),
        (WHO, "Finch", "Orla Finch's"),
        (WHO, "Finch", "Orla Finch’s"),
        (WHO, "Órla Finch", "Orla Finch"),
        (MANY, "12", "twelve people"),
        (MANY, "thirty-two", "32"),
        (MANY, "about 1,200", "1200 people"),
        (MANY, "1.2 million", "1,200,000"),
        (MANY, "two hundred", "200"),
        (MANY, "12", "many"),
        (MANY, "12 hurt and 3 killed", "12 people"),
        (WHEN, "5 May", "May 5, 2024"),
        (WHEN, "on Monday", "5 May"),
        (WHEN, "next Monday", "on Friday"),
        (WHEN, "yesterday", "on 5 May"),
        (WHEN, "soon", "in 2025"),
        (WHERE, "in Vessel Bay", "the harbour of Vessel Bay"),
        (WHAT, "the storm", "a storm"),
        (WHAT, "", "a storm"),
        (WHAT, "the", "!"),
        (WHY, "falling rocks", "rocks fell from the ceiling"),
        (WHERE, "東京都", "東京"),
    ],
)
def test_these_may_say_the_same(question: str, one: str, other: str) -> None:
    assert not contradict(question, one, other)
    assert not contradict(question, other, one)


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (WHO, "Orla Finch", "Tomas Rade"),
        (WHERE, "New York", "New Jersey"),
        (WHERE, "University of Aske", "University of Thorn"),
        (MANY, "11", "seventeen"),
        (MANY, "about 11 people", "17 people"),
        (MANY, "1.2 million", "1.3 million"),
        (MANY, "twenty-one", "twenty-two"),
        (MANY, "21", "22"),
        (WHEN, "5 May", "5 June"),
        (WHEN, "12 May", "20 September"),
        (WHEN, "on Monday", "on Friday"),
        (WHEN, "2019", "in 2021"),
        (WHAT, "a faulty heater", "fireworks"),
        (WHERE, "東京", "大阪"),
    ],
)
def test_these_say_different_things(question: str, one: str, other: str) -> None:
    assert contradict(question, one, other)
    assert contradict(question, other, one)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("thirty-two", ["32"]),
        ("the 1,250.5 crowns", ["1250.5", "crowns"]),
        ("two hundred and five thousand", ["200", "5000"]),
        ("twenty twenty-five", ["20", "25"]),
        ("3.11.2024", ["3.11.2024"]),
        ("Müller’s", ["muller"]),
        ("½ km²", ["1", "2", "km", "2"]),
        ("", []),
    ],
)
def test_numbers_become_digits_and_words_lose_capitals_and_accents(
    text: str, words: list[str]
) -> None:
    assert words_of(text) == words


def test_a_name_is_what_is_never_written_small() -> None:
    assert always_names("Police came. The police asked Orla.") == {"orla"}


@given(st.text(), st.text(), st.sampled_from([WHO, WHEN, MANY, WHAT]))
def test_any_two_texts_can_be_compared_either_way(one: str, other: str, question: str) -> None:
    assert contradict(question, one, other) == contradict(question, other, one)
    assert not contradict(question, one, one)


@given(st.lists(st.sampled_from(["9" * 400, "million", "twenty", "five", "0", "1,5", "."])))
def test_any_number_can_be_read(parts: list[str]) -> None:
    words_of(" ".join(parts))
