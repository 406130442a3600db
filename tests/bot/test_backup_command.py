"""cuttings backup and cuttings restore: everything to one file and back, beside a running bot."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from cheap_models import article, cheap_archive

from bot.alone import only_bot
from bot.commands.backup import DATABASES
from bot.store.records import Kind, Person, Role
from bot.store.store import Store
from index import CATALOG_FILE

Run = Callable[..., Any]
ANN = 1001


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A data folder of a bot with an owner, who has saved an article and asks a question."""
    folder = tmp_path / "kept"
    with cheap_archive(folder) as archive:
        list(archive.library_for_adding(f"chat {ANN}").add([article("The lamp of Ostrel")]))
    store = Store(folder)
    store.claim(Person(ANN, "Ann", Role.OWNER))
    store.exchanges.begin(ANN, 5, Kind.ASK, question="Who lit the lamp?")
    store.take_in(70, ANN, "waiting")
    store.close()
    return folder


def assert_as_kept(folder: Path) -> None:
    with cheap_archive(folder) as archive:
        library = archive.library(f"chat {ANN}")
        assert library.check().problems == ()
        assert [library.text(stored.id)[:18] for stored in library.articles()] == [
            "The lamp of Ostrel"
        ]
    store = Store(folder)
    try:
        assert [person.name for person in store.people()] == ["Ann"]
        asked = store.exchanges.of_message(ANN, 5, Kind.ASK)
        assert asked
        assert asked.question == "Who lit the lamp?"
        assert [update.payload for update in store.pending()] == ["waiting"]
    finally:
        store.close()


def test_everything_comes_back_in_another_folder(cuttings: Run, kept: Path, home: Path) -> None:
    written = cuttings("backup", "all.zip", "--data", kept)
    assert written.exit_code == 0
    assert re.fullmatch(r"Wrote the backup to all\.zip: \d+ kB\.\n", written.stdout)
    restored = cuttings("restore", "all.zip", "--data", home / "new")
    assert restored.exit_code == 0
    assert restored.stdout.startswith("Restored the backup of 20")
    assert restored.stdout.endswith(f" into {home / 'new'}.\n")
    assert_as_kept(home / "new")
    assert_as_kept(kept)


def test_json_says_what_was_written_and_restored(cuttings: Run, kept: Path, home: Path) -> None:
    written = json.loads(cuttings("backup", "all.zip", "--data", kept, "--json").stdout)
    assert written["file"] == "all.zip"
    assert written["bytes"] == Path("all.zip").stat().st_size
    assert [one["name"] for one in written["databases"]] == ["bot.db", "cuttings.db"]
    assert [one["revision"] for one in written["databases"]] == [
        database.migrations.head for database in DATABASES
    ]
    restored = json.loads(cuttings("restore", "all.zip", "--data", home / "d", "--json").stdout)
    assert (restored["folder"], restored["aside"]) == (str(home / "d"), None)
    assert restored["databases"] == written["databases"]
    assert restored["made"] == written["made"]


def test_a_backup_is_made_while_a_bot_runs_and_not_restored(
    cuttings: Run, kept: Path, home: Path
) -> None:
    store = Store(kept)
    with only_bot(kept), cheap_archive(kept), closing(store):
        assert cuttings("backup", "all.zip", "--data", kept).exit_code == 0
        refused = cuttings("restore", "all.zip", "--data", kept, "--replace")
        assert refused.exit_code == 1
        assert refused.stderr.startswith(f"error: A bot is running on the data folder {kept}.\n")
    assert_as_kept(kept)
    assert cuttings("restore", "all.zip", "--data", home / "d").exit_code == 0
    assert_as_kept(home / "d")


def test_what_is_there_is_replaced_on_demand_and_kept(
    cuttings: Run, kept: Path, home: Path
) -> None:
    cuttings("backup", "all.zip", "--data", kept)
    other = home / "other"
    with cheap_archive(other) as archive:
        list(archive.library_for_adding().add([article("The quay of Tallow")]))
    refused = cuttings("restore", "all.zip", "--data", other)
    assert refused.exit_code == 1
    assert refused.stderr.startswith(f"error: {other} holds libraries already.\n")
    assert "--replace" in refused.stderr
    done = cuttings("restore", "all.zip", "--data", other, "--replace")
    _, told, _ = done.stdout.splitlines()
    aside = Path(told.removeprefix("What was there before is now in ").removesuffix("."))
    assert aside.parent == other
    assert_as_kept(other)
    with cheap_archive(aside) as archive:
        assert archive.library().articles()[0].title == "The lamp"


def test_a_backup_is_not_replaced_unasked(cuttings: Run, kept: Path) -> None:
    assert cuttings("backup", "all.zip", "--data", kept).exit_code == 0
    refused = cuttings("backup", "all.zip", "--data", kept)
    assert refused.exit_code == 1
    assert "--force" in refused.stderr
    assert cuttings("backup", "all.zip", "--data", kept, "--force").exit_code == 0


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_backup_is_of_all_libraries(cuttings: Run, kept: Path, command: str) -> None:
    refused = cuttings(command, "all.zip", "--data", kept, "--library", "default")
    assert refused.exit_code == 1
    assert "all libraries" in refused.stderr


def test_a_mistake_is_told_and_makes_no_file(cuttings: Run, home: Path) -> None:
    for arguments in (["backup", "all.zip"], ["restore", "none.zip"]):
        refused = cuttings(*arguments, "--data", home / "none", "--json")
        assert refused.exit_code == 1
        told = json.loads(refused.stdout)
        assert told["kind"] == "BackupError"
        assert told["hint"]
    assert not (home / "all.zip").exists()
    assert not (home / "none" / CATALOG_FILE.name).exists()


def test_what_one_moment_of_the_bot_names_is_in_the_libraries(kept: Path) -> None:
    """The records are read first: an article that they name was stored before."""
    assert [database.name for database in DATABASES] == ["bot.db", "cuttings.db"]


def test_nothing_of_the_work_is_left_in_a_restored_folder(
    cuttings: Run, kept: Path, home: Path
) -> None:
    cuttings("backup", "all.zip", "--data", kept)
    cuttings("restore", "all.zip", "--data", home / "d")
    assert {file.name for file in (home / "d").iterdir()} == {
        "bot.db",
        "bot.lock",
        "cuttings.db",
        "cuttings.lock",
    }
