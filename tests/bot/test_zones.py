"""Time zones by the names of cities."""

from __future__ import annotations

from datetime import datetime, timezone
from zoneinfo import available_timezones

import pytest

from bot.texts import Texts
from bot.tongues import LANGUAGES, texts_in
from bot.zones import AREAS, COMMON, zone_label, zone_number, zone_of, zones_named

TEXTS = Texts()
NOON = datetime(2026, 7, 1, 12, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("Kyiv", "Europe/Kyiv"),
        ("  são   paulo ", "America/Sao_Paulo"),
        ("LONDON", "Europe/London"),
        ("york", "America/New_York"),
        ("Ho Chi", "Asia/Ho_Chi_Minh"),
        ("utc", "UTC"),
    ],
)
def test_a_city_is_found_however_it_is_written(words: str, zone: str) -> None:
    assert zones_named(words, TEXTS) == [zone]


@pytest.mark.parametrize(
    ("language", "words", "city"),
    [
        ("ru", "Москва", "Moscow"),
        ("ru", "чикаго", "Chicago"),
        ("de", "Athen", "Athens"),
        ("es", "nueva york", "New_York"),
        ("fr", "Le Caire", "Cairo"),
        ("fr", "London", "London"),
    ],
)
def test_a_city_is_found_by_its_name_in_the_language_of_the_chat(
    language: str, words: str, city: str
) -> None:
    assert [name.rpartition("/")[2] for name in zones_named(words, texts_in(language))] == [city]


def test_several_names_of_one_place_are_one() -> None:
    """Some machines know the earlier names of zones, too."""
    for words, city in (("Indianapolis", "Indianapolis"), ("Kolkata", "Kolkata")):
        (zone,) = zones_named(words, TEXTS)
        assert zone.endswith(f"/{city}")
    (zone,) = zones_named("Киев", texts_in("ru"))
    assert zone in ("Europe/Kyiv", "Europe/Kiev")


@pytest.mark.parametrize("words", ["", " ", "Atlantis", "/", "Etc/GMT+5", "\0", "x" * 5000])
def test_what_is_no_city_finds_nothing(words: str) -> None:
    assert zones_named(words, TEXTS) == []


def test_each_zone_has_a_number_of_its_own() -> None:
    names = {name for name in available_timezones() if name.partition("/")[0] in AREAS}
    assert len({zone_number(name) for name in names}) == len(names)
    assert all(zone_of(zone_number(name)) == name for name in names)
    for number in (0, -1, 2**60, zone_number("Etc/GMT+5"), zone_number("../../etc/passwd")):
        assert zone_of(number) is None


def test_a_zone_is_shown_with_its_time() -> None:
    assert zone_label("Europe/Kyiv", TEXTS, NOON) == "Kyiv, 15:00"
    assert zone_label("America/Argentina/Buenos_Aires", TEXTS, NOON) == "Buenos Aires, 09:00"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_zones_on_offer_run_from_west_to_east_and_fit_their_buttons(language: str) -> None:
    texts = texts_in(language)
    january = datetime(2026, 1, 15, 12, tzinfo=timezone.utc)
    labels = [zone_label(name, texts, january) for name in COMMON]
    assert len(set(labels)) == len(COMMON)
    assert max(map(len, labels)) <= 30
    assert all(zone_of(zone_number(name)) == name for name in COMMON)
