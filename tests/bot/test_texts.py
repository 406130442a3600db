from __future__ import annotations

from dataclasses import fields
from datetime import date
from string import Formatter

import pytest

from bot.markup import LIMIT, VALUE_LIMIT, fill, units
from bot.texts import PLACES, Texts
from index import Obstacle

TEXTS = Texts()
SENTENCES = [field.name for field in fields(Texts) if isinstance(getattr(TEXTS, field.name), str)]
NUMBERS = ("count", "day", "first", "last", "megabytes", "number", "percent", "total", "year")
LONGEST = {"alert": 200, "button": 30, "command": 60, "description": 512, "short": 120}
"""By the first word of a name; Telegram's limits, and less where less looks better."""


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("name", SENTENCES)
def test_every_sentence_takes_its_documented_places_and_fits(name: str) -> None:
    sentence = getattr(TEXTS, name)
    assert places(sentence) <= PLACES.keys()
    values: dict[str, object] = {
        place: 1_000_000_000 if place in NUMBERS else "&" * VALUE_LIMIT for place in PLACES
    }
    filled = fill(sentence, **values)
    assert 0 < units(filled) <= LONGEST.get(name.split("_")[0], LIMIT)


@pytest.mark.parametrize("name", SENTENCES)
def test_every_sentence_is_plain_text_and_html_at_once(name: str) -> None:
    sentence = getattr(TEXTS, name)
    assert not set("<>&") & set(sentence)
    assert sentence == sentence.strip()
    assert "!" not in sentence
    assert "  " not in sentence


def test_every_documented_place_is_used() -> None:
    used = set().union(*(places(getattr(TEXTS, name)) for name in SENTENCES))
    assert used == PLACES.keys()


def test_no_sentence_speaks_of_the_command_line_or_the_settings() -> None:
    for name in SENTENCES:
        sentence = getattr(TEXTS, name).lower()
        for word in ("`", "cuttings ", "max_", "config", ".toml", "--"):
            assert word not in sentence, name


def test_the_short_description_and_the_labels_have_no_places() -> None:
    for name in SENTENCES:
        if name.split("_")[0] in LONGEST:
            assert not places(getattr(TEXTS, name)), name


def test_things_are_counted() -> None:
    assert [TEXTS.articles(number) for number in (0, 1, 2)] == [
        "0 articles",
        "1 article",
        "2 articles",
    ]
    assert TEXTS.words(1) == "1 word"
    assert TEXTS.words(31_000) == "31,000 words"
    assert TEXTS.passages(1) == "1 passage"
    assert TEXTS.passages(412) == "412 passages"


def test_a_date_is_written_out() -> None:
    assert TEXTS.day(date(2022, 7, 28)) == "28 July 2022"
    assert TEXTS.added(date(2024, 12, 1)) == "saved 1 December 2024"
    assert len({TEXTS.day(date(2024, month, 1)) for month in range(1, 13)}) == 12


@pytest.mark.parametrize("obstacle", Obstacle)
def test_every_obstacle_has_a_sentence_and_what_to_do_instead(obstacle: Obstacle) -> None:
    said, advice = TEXTS.refused(obstacle)
    assert said.endswith(".")
    assert advice.endswith(".")


def test_no_two_obstacles_are_told_alike() -> None:
    assert len({TEXTS.refused(obstacle)[0] for obstacle in Obstacle}) == len(Obstacle)
