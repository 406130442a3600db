"""Articles listed, found by their titles, and counted; models loaded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from library_samples import WordEncoder, article, fill, plain_archive

from index.archive import Archive
from index.errors import ModelError
from index.reader import PackagedReader
from index.reading import Reading
from index.records import Article, Candidate, Totals

pytest_plugins = ["library_fixtures"]

TITLED = [
    Article("First words here.", "Lavrov calls Rubio", author="Ann Reed", site="The Evening News"),
    Article("Second words here, more of them.", "Лавров позвонил Рубио", site="Вечерние новости"),
    Article("Third.", "Café society", author="Zoë Straße"),
    Article("Fourth.", '100% of_it (NEAR) "quoted" it\'s'),
    Article("国务卿。", "国务卿打了电话", site="晚报"),
]


@pytest.fixture(scope="module")
def titled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Holds `TITLED`, which get the ids 1 to 5; no test changes it."""
    with plain_archive(tmp_path_factory.mktemp("titled")) as opened:
        assert fill(opened, *TITLED) == [1, 2, 3, 4, 5]
        fill(opened, replace(TITLED[0], title="Lavrov elsewhere"), library="other")
        yield opened


@pytest.mark.parametrize(
    ("matching", "ids"),
    [
        (None, [5, 4, 3, 2, 1]),
        ("", [5, 4, 3, 2, 1]),
        (" \n", [5, 4, 3, 2, 1]),
        ("lavrov", [1]),
        ("RUBIO lav", [1]),
        ("rubio reed evening", [1]),
        ("rubio zoë", []),
        ("лавров", [2]),
        ("НОВОСТИ рубио", [2]),
        ("cafe", [3]),
        ("CAFÉ strasse", [3]),
        ("cafe\u0301 zoe", [3]),
        ("100%", [4]),
        ("0_of", []),
        ("_", [4]),
        ('"quoted', [4]),
        ("it's (near)", [4]),
        ("电话 晚报", [5]),
        ("words", []),
        ("nobody", []),
    ],
)
def test_articles_are_found_by_all_words_of_title_author_and_site(
    titled: Archive, matching: str | None, ids: list[int]
) -> None:
    library = titled.library()
    assert [stored.id for stored in library.articles(matching=matching)] == ids
    assert library.count(matching) == len(ids)
    pages = [library.articles(offset, 2, matching) for offset in range(0, 6, 2)]
    assert [stored.id for page in pages for stored in page] == ids


@settings(deadline=None)  # a database takes as long as the machine is busy
@given(st.text(st.characters()) | st.text("aе\u0301 \0\ud800%_'\"", max_size=3000))
def test_any_words_may_be_looked_for(titled: Archive, matching: str) -> None:
    found = titled.library().articles(matching=matching)
    assert len(found) == titled.library().count(matching) <= len(TITLED)


@settings(deadline=None)
@given(st.sampled_from(TITLED), st.data())
def test_every_piece_of_a_title_finds_it(
    titled: Archive, one: Article, data: st.DataObject
) -> None:
    words = one.title.split()
    word = data.draw(st.sampled_from(words))
    start = data.draw(st.integers(0, len(word) - 1))
    end = data.draw(st.integers(start + 1, len(word)))
    found = titled.library().articles(matching=word[start:end].upper())
    assert one.title in [stored.title for stored in found]


def test_a_long_text_to_look_for_is_no_trouble(titled: Archive) -> None:
    assert titled.library().count("lavrov " * 40_000) == 1
    assert titled.library().count("lavrov " + " ".join(map(str, range(40_000)))) == 0


def test_totals_add_up_what_is_there(titled: Archive, plain: Archive) -> None:
    stored = titled.library().articles()
    assert titled.library().totals() == Totals(
        articles=5,
        passages=sum(one.passages for one in stored),
        words=sum(one.words for one in stored),
    )
    assert titled.library("other").totals() == Totals(1, 1, 3)
    empty = plain.library()
    assert (empty.totals(), empty.count(), empty.count("x")) == (Totals(0, 0, 0), 0, 0)
    fill(plain, article("one"))
    empty.remove([1])
    assert (empty.totals(), empty.count()) == (Totals(0, 0, 0), 0)


def test_loading_runs_every_model_once(tmp_path: Path) -> None:
    asked: list[str] = []
    read: list[str] = []

    class ListeningEncoder(WordEncoder):
        def encode_question(self, question: str) -> np.ndarray:
            asked.append(question)
            return super().encode_question(question)

    class ListeningReader(PackagedReader):
        def read(self, question: str, candidates: Sequence[Candidate]) -> list[Reading]:
            readings = super().read(question, candidates)
            read.extend(candidate.text for candidate in candidates)
            return readings

    with Archive(tmp_path, encoder=ListeningEncoder(), reader=ListeningReader()) as opened:
        assert (asked, read) == ([], [])
        opened.load()
        assert (len(asked), len(read)) == (1, 1)
        assert opened.names() == []


def test_a_model_that_cannot_be_loaded_is_told_of_when_loading(tmp_path: Path) -> None:
    broken = PackagedReader(weights=tmp_path)
    with Archive(tmp_path, encoder=WordEncoder(), reader=broken) as opened:
        with pytest.raises(ModelError) as caught:
            opened.load()
        assert caught.value.hint
