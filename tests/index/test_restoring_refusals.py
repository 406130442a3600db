"""A backup that is not as it was written is refused, and nothing is changed."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from backup_samples import BOTH, folder_with, held_in, heron_backup, names_in
from storage_samples import damage_table

from index import BackupError, restore


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    return heron_backup(tmp_path)


def again(backup: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """Pack a backup anew; each file as it is changed, or not at all."""
    with zipfile.ZipFile(backup) as packed:
        contents = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(backup, "w") as out:
        for name, content in contents.items():
            if (changed := change(name, content)) is not None:
                out.writestr(name, changed)


def in_manifest(**fields: object) -> Callable[[str, bytes], bytes]:
    def change(name: str, content: bytes) -> bytes:
        if name != "manifest.json":
            return content
        manifest = json.loads(content)
        for key, value in fields.items():
            part = manifest if key in manifest else manifest["databases"][1]
            part[key] = value
        return json.dumps(manifest).encode()

    return change


def torn(backup: Path) -> None:
    """Something else stands in the middle."""
    content = bytearray(backup.read_bytes())
    content[len(content) // 3 : len(content) // 3 + 50] = bytes(range(50))
    backup.write_bytes(content)


def truncated(backup: Path) -> None:
    backup.write_bytes(backup.read_bytes()[:-2000])


def emptied(backup: Path) -> None:
    backup.write_bytes(b"")


def with_other_words(backup: Path) -> None:
    again(backup, lambda _, content: content.replace(b"The heron", b"The raven"))


def with_more(backup: Path) -> None:
    again(backup, lambda name, content: content + b"!" if name == "cuttings.db" else content)


def without_a_database(backup: Path) -> None:
    again(backup, lambda name, content: None if name == "cuttings.db" else content)


def without_manifest(backup: Path) -> None:
    again(backup, lambda name, content: None if name == "manifest.json" else content)


def with_nonsense(backup: Path) -> None:
    again(backup, lambda name, content: b"{" if name == "manifest.json" else content)


def of_another_schema(backup: Path) -> None:
    """Its manifest says another revision than the database itself."""
    again(backup, in_manifest(revision="0001"))


def climbing_out(backup: Path) -> None:
    again(backup, in_manifest(name="../cuttings.db"))


def of_a_newer_schema(backup: Path) -> None:
    again(backup, in_manifest(revision="9999"))


def of_a_newer_format(backup: Path) -> None:
    again(backup, in_manifest(cuttings_backup=2, databases={"all": "other"}))


def corrupt_within(backup: Path) -> None:
    """A database that is broken, though every checksum is right."""
    path = backup.parent / "broken.db"
    with zipfile.ZipFile(backup) as packed:
        path.write_bytes(packed.read("cuttings.db"))
    damage_table(path, "articles")
    broken = path.read_bytes()
    again(backup, lambda name, content: broken if name == "cuttings.db" else content)
    again(backup, in_manifest(sha256=hashlib.sha256(broken).hexdigest()))


@pytest.mark.parametrize(
    ("harm", "word"),
    [
        (torn, "damaged"),
        (truncated, "damaged"),
        (emptied, "damaged"),
        (with_other_words, "damaged"),
        (with_more, "damaged"),
        (without_a_database, "damaged"),
        (without_manifest, "not a backup"),
        (with_nonsense, "not a backup"),
        (of_another_schema, "damaged"),
        (corrupt_within, "damaged"),
        (climbing_out, "newer version"),
        (of_a_newer_schema, "newer version"),
        (of_a_newer_format, "newer version"),
    ],
)
def test_what_is_not_as_it_was_written_is_refused_and_nothing_is_changed(
    backup: Path, tmp_path: Path, harm: Callable[[Path], None], word: str
) -> None:
    harm(backup)
    target = folder_with(tmp_path / "data", "curlew")
    before = names_in(target)
    with pytest.raises(BackupError, match=word) as caught:
        restore(backup, target, BOTH, replace=True)
    assert caught.value.hint
    assert names_in(target) == before
    assert held_in(target) == ("curlew", "curlew")


def test_no_more_is_unpacked_than_it_says(backup: Path, tmp_path: Path) -> None:
    again(backup, lambda name, content: content + bytes(50_000_000) * (name == "notes.db"))
    told: list[int] = []
    with pytest.raises(BackupError, match="damaged"):
        restore(backup, tmp_path / "data", BOTH, progress=lambda done, _: told.append(done))
    assert len(told) < 3


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="There is no file"):
        restore(tmp_path / "none.zip", tmp_path / "data", BOTH)
    with pytest.raises(BackupError, match="cannot be read"):
        restore(tmp_path, tmp_path / "data", BOTH)
    assert not (tmp_path / "data").exists()
