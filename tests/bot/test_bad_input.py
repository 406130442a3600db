"""Bad sources and settings through the command: told, with the next step, and nothing stored."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

PAGE_WITHOUT_ARTICLE = """<html><head><title>Sign in</title></head><body>
<nav><a href="/">Home</a> <a href="/login">Sign in</a></nav><form><input name="user"></form>
</body></html>"""


def missing(_: Path) -> None:
    """No such file."""


def empty_folder(path: Path) -> None:
    path.mkdir()
    (path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")


def empty_file(path: Path) -> None:
    path.write_text(" \n\n")


def binary(path: Path) -> None:
    path.write_bytes(b"\x7fELF" + bytes(range(256)) * 20)


def unknown_encoding(path: Path) -> None:
    generator = random.Random(5)
    path.write_bytes(bytes(generator.choice(range(1, 256)) for _ in range(4000)))


def fifty_megabytes(path: Path) -> None:
    with path.open("wb") as file:
        for _ in range(50):
            file.write(b"A short sentence here. " * 43_478 + b"\n")
    assert path.stat().st_size > 49_000_000


def page_without_article(path: Path) -> None:
    path.write_text(PAGE_WITHOUT_ARTICLE)


@pytest.mark.parametrize(
    ("make", "name", "told"),
    [
        (missing, "bridgge.txt", "There is no file"),
        (empty_folder, "folder", "no articles"),
        (empty_file, "empty.txt", "no"),
        (binary, "program.txt", "not text"),
        (unknown_encoding, "strange.txt", ""),
        (fifty_megabytes, "large.txt", "max_source_bytes"),
        (page_without_article, "login.html", "asks to log in"),
    ],
)
def test_a_bad_source_is_told_of_and_the_good_one_beside_it_is_added(
    cuttings: Run, articles: Path, home: Path, make: Callable[[Path], None], name: str, told: str
) -> None:
    bad = home / name
    make(bad)
    result = cuttings("add", bad, articles / "bridge.txt", "--data", home / "d", "--json")
    assert result.exit_code == 1
    failed, added = (json.loads(line) for line in result.stdout.splitlines())
    assert (failed["status"], added["status"]) == ("failed", "added")
    assert name in failed["source"]
    assert told in failed["error"]
    assert len(failed["hint"]) > 10
    listed = json.loads(cuttings("articles", "--data", home / "d", "--json").stdout)["articles"]
    assert [article["title"] for article in listed] == ["A new bridge for Tallow"]
    in_words = cuttings("add", bad, "--data", home / "d")
    assert in_words.exit_code == 1
    assert in_words.stdout.startswith("✗ ")
    assert cuttings("check", "--data", home / "d").exit_code == 0


def test_a_slip_in_the_configuration_names_the_nearest_key(cuttings: Run, home: Path) -> None:
    config = home / "my.toml"
    config.write_text("[index]\nread_candidate = 3\n")
    result = cuttings("articles", "--config", config, "--data", home / "d")
    assert result.exit_code == 1
    assert "read_candidate" in result.stderr
    assert "read_candidates" in result.stderr
    assert not (home / "d").exists()


def test_a_library_whose_encoder_is_not_to_be_had_is_refused_and_stays_as_it_is(
    cuttings: Run, articles: Path, data: Path, home: Path
) -> None:
    folder = home / "moved"
    shutil.copytree(data, folder)
    with closing(sqlite3.connect(folder / "cuttings.db")) as database:
        database.execute("UPDATE libraries SET encoder = 'gone/encoder'")
        database.commit()
    before = cuttings("articles", "--data", folder, "--json").stdout
    for arguments in (["ask", "Who designed the bridge?"], ["add", articles]):
        result = cuttings(*arguments, "--data", folder)
        assert result.exit_code == 1
        assert "gone/encoder" in result.stderr
        assert "cuttings reencode" in result.stderr
    assert cuttings("articles", "--data", folder, "--json").stdout == before


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_data_folder_without_leave_to_write_is_told(cuttings: Run, home: Path) -> None:
    closed = home / "closed"
    closed.mkdir(mode=0o500)
    result = cuttings("articles", "--data", closed / "data")
    assert result.exit_code == 1
    assert result.stderr.startswith("error: ")
