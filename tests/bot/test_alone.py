"""One bot works on a data folder; other commands may be used beside it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from cheap_models import article, cheap_archive

from bot.alone import LOCK, only_bot
from index import StorageBusyError, StorageError

Run = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[2]
HOLD = """
import sys
from pathlib import Path
from bot.alone import only_bot
with only_bot(Path(sys.argv[1])):
    print("alone", flush=True)
    sys.stdin.read()
"""


@contextmanager
def bot_on(data: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that is the bot of a folder."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(data)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "alone\n"
            yield process
        finally:
            process.kill()


def test_a_second_bot_is_refused_until_the_first_is_gone_however_it_ended(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with bot_on(data) as first:
        with pytest.raises(StorageBusyError, match="A bot is running") as caught, only_bot(data):
            raise AssertionError("There are two of them.")
        assert str(data) in str(caught.value)
        assert "--data" in caught.value.hint
        first.kill()
        first.wait()
        assert (data / LOCK).exists()
        with only_bot(data):
            pass
    with only_bot(data):
        pass


def test_bots_of_different_folders_do_not_meet(tmp_path: Path) -> None:
    with only_bot(tmp_path / "one"), only_bot(tmp_path / "two"):
        pass


def test_run_and_playground_are_refused_beside_a_bot(
    cuttings: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUTTINGS_BOT__TOKEN", "4200000002:AAPlaygroundOnlyNotATokenEither")
    with bot_on(tmp_path):
        for arguments in (["run"], ["playground", "--port", "0"]):
            refused = cuttings(*arguments, "--data", tmp_path)
            assert refused.exit_code == 1
            assert refused.stderr.startswith(
                f"error: A bot is running on the data folder {tmp_path}.\nStop it first"
            )


def test_articles_are_added_listed_and_removed_beside_a_bot(cuttings: Run, tmp_path: Path) -> None:
    with cheap_archive(tmp_path) as archive, bot_on(tmp_path):
        list(archive.library_for_adding().add([article("The lamp of Ostrel")]))
        assert "The lamp" in cuttings("articles", "--data", tmp_path).stdout
        assert cuttings("remove", "1", "--data", tmp_path).exit_code == 0
        assert archive.library().articles() == []


def test_a_folder_that_cannot_be_one_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", "utf-8")
    refused = pytest.raises(StorageError, match="cannot be read or written")
    with refused as caught, only_bot(tmp_path / "file"):
        pass
    assert caught.value.hint
