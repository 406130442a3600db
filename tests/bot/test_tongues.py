"""Each language says all that English says, and says it as it is written."""

from __future__ import annotations

import re
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from sentences import commands, laid_out, places, sentences_of

from bot import tongues
from bot.texts import Texts
from bot.tongues import ENGLISH, FOLDER, LANGUAGES, SENTENCES, read, texts_in, zone_named

IN_ENGLISH = sentences_of(Texts())
OTHERS = [code for code in LANGUAGES if code != ENGLISH]
SAME = {
    *("read_pdf", "read_pdf_pages"),
    *(
        f"{noun}_forms.{form}"
        for noun in ("article", "message", "page", "passage")
        for form in ("one", "other")
    ),
    *("feed_titled", "page"),
}
"""What may be the same in English and in another language."""
ENGLISH_WORDS = re.compile(
    r"\b(the|and|you|your|is|are|with|this|that|it|of|from|not|will|can|have|has|what|which)\b",
    re.IGNORECASE,
)
OTHER_ADDRESS = {
    "de": re.compile(r"\b(Ihnen|Ihr|Ihre[mnrs]?)\b|\b[a-zäöü]+ Sie\b"),
    "es": re.compile(r"\b(usted|ustedes|vos|vosotros|su mensaje)\b", re.IGNORECASE),
    "fr": re.compile(r"\b(tu|te|toi|ton|ta|tes|t')\b", re.IGNORECASE),
    "ru": re.compile(r"\b(ты|тебя|тебе|тобой|тво\w+)\b", re.IGNORECASE),
}
"""How a person is not addressed: it is du, tú, vous and вы."""
NAMES = re.compile(
    r"result\.json|\.zip|PDF|RTF|EPUB|Word(?!\w)|OpenDocument|Cuttings|Telegram Desktop|BotFather"
)
CLOSING = ".:?…"


@pytest.fixture(params=OTHERS)
def code(request: pytest.FixtureRequest) -> str:
    """Each language but English."""
    found: str = request.param
    return found


def translated(code: str) -> dict[str, tuple[str, str]]:
    """What a language has of the English sentences: each in English, and in the language."""
    said: dict[str, str] = {}
    for name, value in read(code).items():
        said.update(laid_out(name, value))
    return {
        name: (IN_ENGLISH.get(name) or IN_ENGLISH[f"{name.split('.')[0]}.other"], sentence)
        for name, sentence in said.items()
        if name.split(".")[0] in SENTENCES
    }


def test_every_language_has_a_file_and_every_file_is_a_language() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {f"{code}.toml" for code in OTHERS}


def test_no_sentence_is_missing(code: str) -> None:
    missing = [name for name in SENTENCES if name not in read(code)]
    assert not missing, f"bot/languages/{code}.toml lacks:\n" + "\n".join(
        f"{name} = {getattr(Texts(), name)!r}" for name in missing
    )


def test_no_sentence_is_superfluous(code: str) -> None:
    assert [name for name in read(code) if name not in SENTENCES] == []


def test_the_sentences_stand_in_the_order_of_the_english_ones(code: str) -> None:
    stand = [name for name in read(code) if name in SENTENCES]
    assert stand == [name for name in SENTENCES if name in stand]


def test_a_sentence_has_the_same_places_commands_and_lines_as_in_english(code: str) -> None:
    for name, (english, sentence) in translated(code).items():
        assert places(sentence) == places(english), f"{name}: {sentence}"
        assert commands(sentence) == commands(english), f"{name}: {sentence}"
        assert sentence.count("\n") == english.count("\n"), f"{name}: {sentence}"
        assert re.findall(r"\d+", sentence) == re.findall(r"\d+", english), name


def test_names_of_files_and_programs_stay_what_they_are(code: str) -> None:
    for name, (english, sentence) in translated(code).items():
        assert set(NAMES.findall(sentence)) == set(NAMES.findall(english)), f"{name}: {sentence}"


def test_a_sentence_begins_and_ends_with_the_same_signs_as_in_english(code: str) -> None:
    for name, (english, sentence) in translated(code).items():
        for end, signs in ((-1, CLOSING), (0, "✓‹•")):
            of_english, of_this = english[end], sentence[end]
            expected = of_english if of_english in signs else ""
            assert (of_this if of_this in signs else "") == expected, f"{name}: {sentence}"


def test_nothing_was_left_in_english(code: str) -> None:
    for name, (english, sentence) in translated(code).items():
        assert sentence != english or name in SAME, f"{name}: {sentence}"
        assert len(ENGLISH_WORDS.findall(re.sub(r"[/{]\w+", "", sentence))) < 2, name


def test_a_file_says_sentences_and_the_plural_forms_that_the_language_has(code: str) -> None:
    categories = set(Locale.parse(code).plural_form.tags) | {"other"}
    for name, value in read(code).items():
        if name.endswith("_forms"):
            assert isinstance(value, dict), name
            assert value.keys() == categories, name
        else:
            assert isinstance(value, str), name


def test_people_are_addressed_in_one_way(code: str) -> None:
    for name, (_, sentence) in translated(code).items():
        assert not OTHER_ADDRESS[code].search(sentence), f"{name}: {sentence}"


def test_russian_is_written_in_cyrillic() -> None:
    for name, (_, sentence) in translated("ru").items():
        words = re.sub(r"\{\w+\}|/[a-z]+", "", sentence)
        assert re.search("[а-я]", words, re.IGNORECASE) or name in SAME, f"{name}: {sentence}"
        assert not re.search(r"[а-яё][a-z]|[a-z][а-яё]", words, re.IGNORECASE), name


def test_french_has_narrow_spaces_before_its_double_signs() -> None:
    for name, (_, sentence) in translated("fr").items():
        assert not re.search(r"[^\u00a0\u202f\d/][:;?»%]|«[^\u00a0]", sentence), name


def test_quotation_marks_are_those_of_the_language(code: str) -> None:
    marks = {"de": "„“", "es": "«»", "fr": "«»", "ru": "«»"}[code]
    for name, (english, sentence) in translated(code).items():
        used = re.findall(r"[\"“”„‟«»‹›]", sentence)
        assert set(used) <= {*marks, *"‹›"}, f"{name}: {sentence}"
        assert len(used) == len(re.findall("[“”‹›]", english)), f"{name}: {sentence}"


@pytest.mark.parametrize(
    ("tag", "locale"),
    [
        ("de", "de"),
        ("de-AT", "de"),
        ("fr_CA", "fr"),
        ("ES", "es"),
        ("ru-ru", "ru"),
        ("en-US", "en_GB"),
        ("pl", "en_GB"),
        ("deu", "en_GB"),
        ("../de", "en_GB"),
        ("", "en_GB"),
        (None, "en_GB"),
    ],
)
def test_a_language_is_found_by_its_tag_and_is_english_otherwise(
    tag: str | None, locale: str
) -> None:
    assert texts_in(tag).locale == locale


@pytest.mark.parametrize("zone", [None, "", "Europe", "Europe/Nowhere", "../zones", "a\0b"])
def test_a_zone_that_is_none_is_utc(zone: str | None) -> None:
    assert zone_named(zone) is None
    late = datetime(2024, 12, 31, 23, 30, tzinfo=timezone.utc)
    assert texts_in("en", zone).day_of(late) == "31 December 2024"
    assert texts_in("en", "Asia/Tokyo").day_of(late) == "1 January 2025"


def test_things_are_counted_as_each_language_counts() -> None:
    def counted(code: str, *counts: int) -> list[str]:
        return [texts_in(code).articles(count).replace("\u202f", "\u00a0") for count in counts]

    assert counted("de", 0, 1, 2, 31_000) == [
        *("0 Artikel", "1 Artikel", "2 Artikel", "31.000 Artikel"),
    ]
    assert [texts_in("de").words(count) for count in (0, 1, 2)] == [
        "0 Wörter",
        "1 Wort",
        "2 Wörter",
    ]
    assert counted("es", 0, 1, 2, 31_000, 2_000_000) == [
        *("0 artículos", "1 artículo", "2 artículos", "31.000 artículos"),
        "2.000.000 de artículos",
    ]
    assert counted("fr", 0, 1, 2, 31_000, 2_000_000) == [
        *("0 article", "1 article", "2 articles", "31\u00a0000 articles"),
        "2\u00a0000\u00a0000 d’articles",
    ]
    assert counted("ru", 0, 1, 2, 5, 11, 12, 21, 22, 25, 111, 31_001) == [
        *("0 статей", "1 статья", "2 статьи", "5 статей", "11 статей", "12 статей"),
        *("21 статья", "22 статьи", "25 статей", "111 статей", "31\u00a0001 статья"),
    ]


def test_days_are_written_as_each_language_writes_them() -> None:
    day = date(2022, 7, 28)
    assert texts_in("de").day(day) == "28. Juli 2022"
    assert texts_in("es").day(day) == "28 de julio de 2022"
    assert texts_in("fr").day(day) == "28 juillet 2022"
    assert texts_in("ru").day(day).split() == ["28", "июля", "2022", "г."]


def test_a_half_done_file_is_completed_with_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "de.toml").write_text(
        'saved = "✓ Gespeichert"\nword_forms.other = "{count} Wörter"\ngone_since = "?"\n', "utf-8"
    )
    monkeypatch.setattr(tongues, "FOLDER", tmp_path)
    texts_in.cache_clear()
    try:
        half: Any = texts_in("de")
        assert half.saved == "✓ Gespeichert"
        assert half.saved_none == Texts().saved_none
        assert [half.words(1), half.words(2_000)] == ["1 Wörter", "2.000 Wörter"]
        assert half.articles(2_000) == "2.000 articles"
    finally:
        texts_in.cache_clear()
