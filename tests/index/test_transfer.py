"""Export and import: whole articles, nothing encoded twice, all of a file or none of it."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from library_samples import (
    WITHOUT_READER,
    RefusingEncoder,
    article,
    fill,
    found,
    pages_of,
    plain_archive,
    samples,
    write,
)

from index.archive import Archive
from index.errors import ImportFileError, SourceNotFoundError, StorageError
from index.library import Library
from index.records import Article, Format, ReceiptStatus
from index.settings import IndexSettings

ODD = Article(
    text="Jose\u0301 said:\u2028“👩‍👩‍👧 in 国务卿.”\n\nA second paragraph.",
    title="Odd 👩‍👩‍👧 title",
    author="A. Author",
    site="A site",
    published=date(2024, 2, 29),
    source="odd.txt",
    added=datetime(2020, 1, 2, 3, 4, 5, 678901, tzinfo=timezone.utc),
    language="pt",
    format=Format.SCAN,
    pages=(0, 24, 24, 40),
    address="https://odd.example/a?b=ü",
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with plain_archive(tmp_path / "here") as opened:
        fill(opened, *samples(), ODD)
        yield opened


@pytest.fixture
def file(archive: Archive, tmp_path: Path) -> Path:
    path = tmp_path / "export.jsonl"
    assert archive.library().export(path) == len(samples()) + 1
    return path


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Archive]:
    with plain_archive(tmp_path / "there") as opened:
        yield opened


def whole(library: Library) -> list[Any]:
    """Everything that an export must keep."""
    return [
        (replace(stored, id=0), library.text(stored.id), pages_of(library, stored.id))
        for stored in library.articles()
    ]


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def embedding(count: int, value: float = 1.0) -> str:
    return b64encode(np.full(count, value, "<f4").tobytes()).decode()


def test_what_was_exported_is_imported_whole_without_encoding(
    archive: Archive, file: Path, tmp_path: Path
) -> None:
    with Archive(tmp_path / "there", WITHOUT_READER, encoder=RefusingEncoder()) as there:
        library = there.library()
        receipts = list(library.import_(file))
        assert {receipt.status for receipt in receipts} == {ReceiptStatus.ADDED}
        assert whole(library) == whole(archive.library())
        assert library.check().problems == ()
        for question in ("stolen observatory clock", "the bees on the night train"):
            answers = [opened.library().ask(question) for opened in (archive, there)]
            assert [hit.text for hit in answers[0].passages] == [
                hit.text for hit in answers[1].passages
            ]
            assert [hit.relevance for hit in answers[0].passages] == pytest.approx(
                [hit.relevance for hit in answers[1].passages]
            )
        again = tmp_path / "again.jsonl"
        library.export(again)
        assert lines_of(again)[1:] == lines_of(file)[1:]
        assert {r.status for r in library.import_(file)} == {ReceiptStatus.KNOWN}


def test_an_import_into_another_encoder_encodes_again(
    archive: Archive, file: Path, tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []
    with plain_archive(tmp_path / "there", "another") as there:
        list(there.library().import_(file, lambda *done: told.append(done)))
        assert whole(there.library()) == whole(archive.library())
        assert there.library().check().problems == ()
        assert there.library().check().encoder == "another"
    assert told[-1][0] == told[-1][1] > 0
    with (
        Archive(tmp_path / "refused", WITHOUT_READER, encoder=RefusingEncoder("third")) as refused,
        pytest.raises(AssertionError, match="encoded again"),
    ):
        list(refused.library().import_(file))


def test_a_text_that_was_edited_in_the_file_is_encoded_again(
    file: Path, other: Archive, tmp_path: Path
) -> None:
    header, *lines = lines_of(file)
    lines[0]["text"] += "\r\nA line more."
    write(file, header, *lines)
    library = other.library()
    list(library.import_(file))
    assert library.text(library.articles()[-1].id).endswith("\nA line more.")
    assert library.check().problems == ()
    with (
        Archive(tmp_path / "refused", WITHOUT_READER, encoder=RefusingEncoder()) as refused,
        pytest.raises(AssertionError, match="encoded again"),
    ):
        list(refused.library().import_(file))


def test_an_ordinary_list_of_articles_can_be_imported(other: Archive, tmp_path: Path) -> None:
    path = tmp_path / "list.jsonl"
    header = {"cuttings": 1, "encoder": "", "dimension": 1}
    bare = {"title": " ", "text": "One is here. Two is there.", "author": "A\0\tB", "more": 1}
    write(path, header, bare, "", {"title": "Title", "text": "Three.", "source": "3"})
    receipts = list(other.library().import_(path))
    assert [receipt.source for receipt in receipts] == ["One is here.", "3"]
    (_, stored) = other.library().articles()
    assert stored.author == "A\tB"
    assert found(other, "three")[0] == other.library().articles()[0].id


def test_an_export_of_an_earlier_version_is_read_as_it_was(
    archive: Archive, file: Path, other: Archive
) -> None:
    header, *lines = lines_of(file)
    for line in lines:
        for key in ("language", "format", "pages", "address"):
            line.pop(key)
    write(file, header, *lines)
    library = other.library()
    assert {receipt.status for receipt in library.import_(file)} == {ReceiptStatus.ADDED}
    bare = {"language": None, "format": None, "pages": 0, "address": None}
    assert whole(library) == [
        (replace(stored, **bare), text, ()) for stored, text, _ in whole(archive.library())
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("not json", "json"),
        ("[]", ""),
        ({"title": "T"}, "text"),
        ({"title": "", "text": "Good."}, "title"),
        ({"title": "T", "text": " ?! \n"}, "empty"),
        ({"title": "T", "text": "Good. " * 100}, "max_article_characters"),
        ({"published": "yesterday"}, "published"),
        ({"added": "2024-01-01T00:00:00"}, "added"),
        ({"address": "a" * 2001}, "address"),
        ({"address": 7}, "address"),
        ({"pages": [0, "two"]}, "pages"),
        ({"pages": 3}, "pages"),
        ({"added": "9999-12-31T23:59:59-05:00"}, "added"),
        ({"passages": [{"start": 0, "end": 99, "embedding": embedding(64)}]}, "outside"),
        ({"passages": [{"start": 3, "end": 3, "embedding": embedding(64)}]}, "outside"),
        ({"passages": [{"start": -1, "end": 3, "embedding": embedding(64)}]}, "start"),
        ({"passages": [{"start": 0, "end": 3, "embedding": embedding(63)}]}, "64 numbers"),
        ({"passages": [{"start": 0, "end": 3, "embedding": "####"}]}, ""),
        ({"passages": [{"start": 0, "end": 3, "embedding": "AAA="}]}, ""),
        ({"passages": [{"start": 0, "end": 3, "embedding": embedding(64, np.nan)}]}, "64 numbers"),
        ('{"title": "T", "text": "half a character: \\ud800"}', ""),
    ],
)
def test_a_line_that_is_no_article_is_named_and_nothing_is_imported(
    tmp_path: Path, line: dict[str, Any] | str, reason: str
) -> None:
    path = tmp_path / "bad.jsonl"
    header = {"cuttings": 1, "encoder": "words", "dimension": 64}
    good = [{"title": f"T{n}", "text": f"The article {n}."} for n in range(300)]
    bad: object = line
    if isinstance(line, dict) and not {"title", "text"} & line.keys():
        digest = hashlib.sha256(b"T\nGood words.").hexdigest()
        bad = {"title": "T", "text": "Good words.", "hash": digest, **line}
    write(path, header, *good, bad, *good)
    settings = IndexSettings(reader="none", max_article_characters=100)
    with plain_archive(tmp_path / "there", settings=settings) as there:
        library = there.library()
        with pytest.raises(ImportFileError, match="Line 302 ") as caught:
            list(library.import_(path))
        assert reason in str(caught.value)
        assert "nothing" in caught.value.hint
        assert library.articles() == []


@pytest.mark.parametrize(
    "first",
    [
        "",
        "An article, not an export.",
        "\ufffd",
        {"cuttings": 2, "encoder": "words", "dimension": 64},
        {"cuttings": 1, "encoder": "words", "dimension": 0},
        {"cuttings": 1, "encoder": "words", "dimension": 7},
        {"title": "T", "text": "An article."},
    ],
)
def test_a_file_that_is_no_export_is_refused(
    other: Archive, tmp_path: Path, first: dict[str, Any] | str
) -> None:
    path = tmp_path / "other.jsonl"
    good = {
        "title": "T",
        "text": "Good words.",
        "passages": [{"start": 0, "end": 4, "embedding": embedding(7)}],
    }
    write(path, first, good)
    with pytest.raises(ImportFileError, match="is not an export") as caught:
        list(other.library().import_(path))
    assert caught.value.hint
    path.write_bytes(b"\xff\xfe" + path.read_bytes())
    with pytest.raises(ImportFileError):
        list(other.library().import_(path))
    assert other.library().articles() == []


def test_a_file_that_is_not_there_is_said(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(SourceNotFoundError):
        list(archive.library().import_(tmp_path / "none.jsonl"))
    with pytest.raises(StorageError):
        archive.library().export(tmp_path / "no-folder" / "export.jsonl")


def test_an_export_replaces_a_file_whole_or_not_at_all(
    archive: Archive, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = file.read_bytes()
    fill(archive, article("more"))

    def failing(*_: object) -> str:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(archive.catalog, "text", failing)
        with pytest.raises(StorageError, match="full"):
            archive.library().export(file)
    assert file.read_bytes() == before
    assert [one.name for one in file.parent.iterdir() if one.is_file()] == [file.name]
    archive.library().export(file)
    assert len(lines_of(file)) == len(samples()) + 3
