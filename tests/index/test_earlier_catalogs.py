"""Databases of every earlier version, with data in them: brought up to date, or left whole."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pytest
from alembic import command
from earlier_catalogs import (
    ARTICLES,
    DETAILS,
    ENCODER,
    LAST_IDS,
    LIBRARIES,
    SCHEMAS,
    THEN,
    Kept,
    make_catalog,
)
from interruptions import (
    StoppedError,
    bring_to,
    content,
    kill_migrations,
    known_until,
    revisions,
    schema,
    spread,
    stopped_at,
)
from library_samples import article, fill, found, pages_of, plain_archive
from test_migrations import migrate

from index import Archive, Database, Format, StorageError, StoredArticle
from index.catalog.schema import SCHEMA

REVISIONS = revisions(SCHEMA)
EARLIER = REVISIONS[:-1]
STEPS = list(zip(EARLIER, REVISIONS[1:], strict=True))
STOPS, KILLS = 5, 4
"""How often each migration is stopped, and killed."""


def catalog_of(folder: Path, revision: str) -> Path:
    """A database of this version with everything in it; later ones are made by the migrations."""
    path = folder / "cuttings.db"
    make_catalog(path, max(version for version in SCHEMAS if version <= revision))
    bring_to(path, SCHEMA, revision)
    return path


def stored(kept: Kept, details: bool) -> StoredArticle:
    """What must be told of an article; `details` were not kept by the first version."""
    return StoredArticle(
        id=kept.id,
        title=kept.title,
        author=kept.author,
        site=kept.site,
        source=kept.source,
        published=date.fromisoformat(kept.published) if kept.published else None,
        words=len(kept.text.split()),
        added=datetime.fromisoformat(f"{THEN}+00:00"),
        passages=len(kept.spans),
        language=kept.language if details else None,
        format=Format(kept.format) if details and kept.format else None,
        pages=len(kept.pages) if details else 0,
        address=kept.address if details else None,
    )


def assert_everything_is_there(archive: Archive, *, details: bool) -> None:
    """Every article with its text, its passages and embeddings, found by its words."""
    assert archive.names() == sorted(LIBRARIES.values())
    for library_id, name in LIBRARIES.items():
        library, catalog = archive.library(name), archive.catalog
        assert catalog.library(name).id == library_id
        held = [kept for kept in ARTICLES if kept.library == library_id]
        listed = [
            replace(one, words=len(library.text(one.id).split())) for one in library.articles()
        ]
        assert listed == [stored(kept, details) for kept in reversed(held)]
        for kept in held:
            assert library.text(kept.id) == kept.text
            assert pages_of(library, kept.id) == (kept.pages if details else ())
            passages = catalog.passages(library_id, kept.id)
            assert [(passage.start, passage.end) for passage in passages] == kept.spans
            ((ids, vectors),) = catalog.embeddings(library_id, [one.id for one in passages])
            assert ids.tolist() == [passage.id for passage in passages]
            texts = [kept.text[start:end] for start, end in kept.spans]
            assert np.array_equal(vectors, ENCODER.encode_passages(texts))
            assert found(archive, kept.question, name)[0] == kept.id
            if details and kept.address:
                assert catalog.held(library_id, [kept.address])[kept.address].id == kept.id
        for word, articles in (("Heron", [3, 10]), ("angstrom", [4]), ("sacks", [9])):
            there = catalog.keyword_search(library_id, word, 5)
            candidates = catalog.candidates(library_id, [passage for passage, _ in there])
            assert {one.article for one in candidates.values()} == {
                kept.id for kept in held if kept.id in articles
            }
        assert library.check().problems == ()


@pytest.mark.parametrize("version", SCHEMAS)
def test_the_migrations_of_earlier_versions_are_what_they_were(
    tmp_path: Path, version: str
) -> None:
    make_catalog(tmp_path / "then.db", version)
    bring_to(tmp_path / "now.db", SCHEMA, version)
    assert schema(tmp_path / "then.db") == schema(tmp_path / "now.db")


@pytest.mark.parametrize("revision", REVISIONS)
def test_what_an_earlier_version_kept_is_all_there_and_goes_on(
    tmp_path: Path, revision: str
) -> None:
    path = catalog_of(tmp_path, revision)
    with plain_archive(tmp_path) as archive:
        assert_everything_is_there(archive, details=revision >= DETAILS)
        bring_to(tmp_path / "new.db", SCHEMA, SCHEMA.head)
        assert schema(path) == schema(tmp_path / "new.db")

        (added,) = fill(archive, article("A late ruff in the reeds"))
        assert added == LAST_IDS["articles"] + 1
        library = archive.library()
        (passage,) = archive.catalog.passages(archive.catalog.library("default").id, added)
        assert passage.id == LAST_IDS["passages"] + 1
        fill(archive, article("A late ruff in the reeds"), library="another")
        assert archive.catalog.library("another").id == LAST_IDS["libraries"] + 1
        archive.forget("another")
        library.remove([added])
        assert_everything_is_there(archive, details=revision >= DETAILS)

        library.remove([3, 9])
        archive.forget("chat -1001234")
        assert [one.id for one in library.articles()] == [4]
        assert library.check().problems == ()


@pytest.mark.parametrize("revision", EARLIER)
def test_an_earlier_version_can_have_back_what_it_knows(tmp_path: Path, revision: str) -> None:
    path = catalog_of(tmp_path, REVISIONS[-1])
    migrate(path, command.downgrade, revision)
    then = catalog_of(tmp_path / "then", revision)
    assert schema(path) == schema(then)
    with plain_archive(tmp_path) as archive:
        assert_everything_is_there(archive, details=revision >= DETAILS)


@pytest.mark.parametrize("older", EARLIER)
def test_an_earlier_version_refuses_each_later_one_and_leaves_it_as_it_is(
    tmp_path: Path, older: str
) -> None:
    known = known_until(SCHEMA, older, tmp_path / "older")
    for newer in REVISIONS[REVISIONS.index(older) + 1 :]:
        path = catalog_of(tmp_path / newer, newer)
        before = content(path)
        with pytest.raises(StorageError, match="newer") as caught:
            Database(path, known)
        assert "Update" in caught.value.hint
        assert content(path) == before


@pytest.mark.parametrize(("older", "newer"), STEPS)
def test_a_migration_that_fails_anywhere_leaves_the_database_as_it_was(
    tmp_path: Path, older: str, newer: str
) -> None:
    template = catalog_of(tmp_path / "template", older)
    before = content(template)
    shutil.copy(template, tmp_path / "whole.db")
    with stopped_at(0) as count:
        bring_to(tmp_path / "whole.db", SCHEMA, newer)
    for number in spread(count[0], STOPS):
        path = tmp_path / str(number) / "cuttings.db"
        path.parent.mkdir()
        shutil.copy(template, path)
        with stopped_at(number), pytest.raises(StoppedError):
            bring_to(path, SCHEMA, newer)
        assert content(path) == before
    with plain_archive(path.parent) as archive:  # the one that came farthest
        assert_everything_is_there(archive, details=older >= DETAILS)


def test_a_migration_that_is_killed_anywhere_leaves_the_database_as_it_was(tmp_path: Path) -> None:
    templates = {newer: catalog_of(tmp_path / newer, older) for older, newer in STEPS}
    killed = kill_migrations(templates, SCHEMA, KILLS)
    for older, newer in STEPS:
        before = content(templates[newer])
        assert len(killed[newer]) == KILLS
        for path in killed[newer]:
            assert content(path) == before
        for path in killed[newer][:2]:
            path.rename(templates[newer])
            with plain_archive(tmp_path / newer) as archive:
                assert_everything_is_there(archive, details=older >= DETAILS)
