"""The check names what is wrong with the keyword tables, and they can be made anew."""

from __future__ import annotations

import pytest
from keyword_samples import add, change, records, segments
from storage_samples import library_id, new_article

from index.catalog.catalog import Catalog
from index.errors import StorageError, UnknownLibraryError
from index.terms import terms_of

pytest_plugins = ["keyword_fixtures"]


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        ("DELETE FROM postings", "Passage 2 of article 1 is not in the keyword table."),
        ("DELETE FROM postings WHERE term = :mill", "Passage 1 of article 1 has other words"),
        ("UPDATE postings SET term = 1 WHERE term = :mill", "Passage 1 of article 1 has other"),
        (
            "UPDATE postings SET data = CAST(substr(data, 1, 2) || x'0203' AS BLOB)"
            " WHERE term = :mill",
            "Passage 1 of article 1 has other words",
        ),
        (
            "INSERT INTO postings VALUES (1, 5, x'09000103')",
            "The keyword table has words of passage 10, which is not there.",
        ),
        ("INSERT INTO postings VALUES (1, 5, x'09000103')", "beyond 2, where a part of it ends"),
        ("UPDATE postings SET data = substr(data, 2)", "Part of the keyword table is damaged."),
        ("UPDATE postings SET data = 'four'", "Part of the keyword table is damaged."),
        (
            "UPDATE keyword_segments SET passages = 7",
            "The keyword table counts 7 passages with 6 terms from passage 1 on, and has 2 with 6.",
        ),
        ("UPDATE keyword_segments SET terms = 7", "counts 2 passages with 7 terms"),
        ("UPDATE keyword_segments SET library_id = 2", "Passage 1 of article 1 is not in the key"),
        ("UPDATE articles SET title = 'fen' WHERE id = 1", "Passage 2 of article 1 has other"),
    ],
)
def test_the_check_names_each_damage_of_the_words(
    catalog: Catalog, damage: str, sentence: str
) -> None:
    with catalog:
        library, _ = library_id(catalog), library_id(catalog, "other")
        add(catalog, library, new_article("fen mill", "hill bell", title="inn"))
        assert catalog.check(library) == []
        (mill,) = terms_of("mill")
        change(catalog, damage.replace(":mill", str(mill)))
        assert any(sentence in problem for problem in catalog.check(library))


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM keyword_segments",
        "UPDATE postings SET term = term / 2",
        "UPDATE postings SET data = substr(data, 2)",
        "UPDATE keyword_segments SET passages = 7, last = 1",
    ],
)
def test_what_is_damaged_is_made_anew_from_the_texts(catalog: Catalog, damage: str) -> None:
    with catalog:
        library, other = library_id(catalog), library_id(catalog, "other")
        for number in range(3):
            add(catalog, library, new_article(f"fen {number}", "hill bell", title="inn"))
            add(catalog, other, new_article(f"fen {number}"))
        whole, parts = records(catalog), segments(catalog)
        change(catalog, damage)
        assert catalog.check(library) != []
        catalog.keywords.rebuild(library)
        assert catalog.check(library) == []
        assert catalog.check(other) != []
        catalog.keywords.rebuild(other)
        assert (records(catalog), segments(catalog)) == (whole, parts)
        with pytest.raises(UnknownLibraryError):
            catalog.keywords.rebuild(9)


def test_a_search_in_damaged_words_says_how_to_mend_them(catalog: Catalog) -> None:
    with catalog:
        library = library_id(catalog)
        add(catalog, library, new_article("fen mill"))
        change(catalog, "UPDATE postings SET data = substr(data, 2)")
        with pytest.raises(StorageError) as caught:
            catalog.keyword_search(library, "fen", 5)
        assert "cuttings rebuild" in caught.value.hint


def test_words_in_two_places_are_told_of(catalog: Catalog) -> None:
    with catalog:
        library = library_id(catalog)
        add(catalog, library, new_article("fen mill", "hill bell", title="inn"))
        change(catalog, "INSERT INTO keyword_segments VALUES (2, ?, 2, 1, 1)", library)
        change(catalog, "INSERT INTO postings VALUES (2, 5, x'00000101')")
        problem = "The keyword table has words of passage 2 in two places."
        assert problem in catalog.check(library)
