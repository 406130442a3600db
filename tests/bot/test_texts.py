from __future__ import annotations

import inspect
import re
from datetime import date, datetime, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sentences import COUNTS, LONGEST, kind_of, laid_out, places, sentences_of

from bot.group_variants import IN_GROUP
from bot.markup import LIMIT, VALUE_LIMIT, fill, units
from bot.texts import PLACES, Texts
from bot.tongues import LANGUAGES, SENTENCES, texts_in
from index import Obstacle

TEXTS = Texts()


@pytest.fixture(params=LANGUAGES)
def said(request: pytest.FixtureRequest) -> dict[str, str]:
    """The sentences of each language."""
    return sentences_of(texts_in(request.param))


def test_every_sentence_takes_its_documented_places_and_fits(said: dict[str, str]) -> None:
    values: dict[str, object] = {
        place: 1_000_000_000 if place in COUNTS else "&" * VALUE_LIMIT for place in PLACES
    }
    for name, sentence in said.items():
        assert set(places(sentence)) <= PLACES.keys(), name
        limit = LONGEST.get(kind_of(name), LIMIT)
        assert 0 < units(fill(sentence, **values)) <= limit, f"{name}: {sentence}"


def test_every_sentence_is_plain_text_and_html_at_once(said: dict[str, str]) -> None:
    for name, sentence in said.items():
        assert not re.search(r"[<>&!¡]|  |\t|[ ]\n|\n[ ]|\n{3}", sentence), f"{name}: {sentence}"
        assert sentence == sentence.strip(), name


def test_every_documented_place_is_used() -> None:
    used = {place for sentence in sentences_of(TEXTS).values() for place in places(sentence)}
    assert used == PLACES.keys()


def test_no_sentence_speaks_of_the_command_line_or_the_settings(said: dict[str, str]) -> None:
    for name, sentence in said.items():
        for word in ("`", "cuttings ", "max_", "config.", "config ", ".toml", "--"):
            assert word not in sentence.lower(), name


def test_the_short_description_and_the_labels_have_no_places(said: dict[str, str]) -> None:
    for name, sentence in said.items():
        if kind_of(name) in LONGEST:
            assert not places(sentence), name


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


def test_every_noun_that_is_counted_has_a_place_for_its_number(said: dict[str, str]) -> None:
    for name, sentence in said.items():
        if name.split(".")[0].endswith("_forms"):
            assert places(sentence) == ["count"], name


def test_a_date_is_written_out() -> None:
    assert TEXTS.day(date(2022, 7, 28)) == "28 July 2022"
    assert len({TEXTS.day(date(2024, month, 1)) for month in range(1, 13)}) == 12


def test_a_moment_is_told_as_the_day_and_the_time_it_was_in_the_chat() -> None:
    late = datetime(2024, 12, 1, 22, 30, tzinfo=timezone.utc)
    kyiv = Texts(zone=ZoneInfo("Europe/Kyiv"))
    assert TEXTS.added(late) == "saved 1 December 2024"
    assert kyiv.added(late) == "saved 2 December 2024"
    assert Texts(zone=ZoneInfo("America/Lima")).day_of(late) == "1 December 2024"
    assert TEXTS.time_of(late) == "22:30"
    assert kyiv.time_of(late) == "00:30"


def test_no_name_stands_for_two_sentences() -> None:
    classes = [each for each in Texts.__mro__ if each is not object]
    named = [name for each in classes for name in each.__annotations__]
    source = "".join(Path(inspect.getfile(each)).read_text("utf-8") for each in classes)
    assert [name for name in named if len(re.findall(rf"^    {name}:", source, re.M)) > 1] == []


def test_what_is_said_otherwise_in_groups_replaces_a_sentence_with_the_same_places() -> None:
    told = sentences_of(TEXTS)
    more = {"in_group_privacy": ["days"]}
    for name in told:
        if name.startswith(IN_GROUP):
            replaced = [*places(told[name.removeprefix(IN_GROUP)]), *more.get(name, [])]
            assert places(told[name]) == replaced, name


def test_every_sentence_has_a_name_of_its_own_kind() -> None:
    for name in SENTENCES:
        assert bool(name.endswith("_forms")) == ("." in min(laid_out(name, getattr(TEXTS, name))))


@pytest.mark.parametrize("obstacle", Obstacle)
def test_every_obstacle_has_a_sentence_and_what_to_do_instead(obstacle: Obstacle) -> None:
    for code in LANGUAGES:
        for sentence in texts_in(code).refused(obstacle):
            assert sentence.endswith("."), f"{code}: {sentence}"


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_two_obstacles_are_told_alike(code: str) -> None:
    texts = texts_in(code)
    assert len({texts.refused(obstacle)[0] for obstacle in Obstacle}) == len(Obstacle)
