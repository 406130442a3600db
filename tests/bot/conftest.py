"""A person's machine for each test, and a small library that several tests share."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import app

LIGHTHOUSE = """The lighthouse at Skerry Point

The lighthouse at Skerry Point was lit again on Monday after forty years in the dark.
Its keeper, Agnes Moray, climbed the 112 steps at dusk and turned the lamp by hand.
The harbour trust paid for the repair with a grant of 340,000 pounds.
"""
BRIDGE = """A new bridge for Tallow

The town of Tallow opened a wooden footbridge over the river Elm on Saturday.
The carpenter Ruben Hale designed it and built most of it himself from local oak.
It replaces a ferry that had carried walkers since 1911.
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder and a home of its own: no test reads or writes a person's files."""
    for name in list(os.environ):
        if name.startswith("CUTTINGS_") or name in ("FORCE_COLOR", "GITHUB_ACTIONS", "PY_COLORS"):
            monkeypatch.delenv(name)
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return work


@pytest.fixture
def articles(home: Path) -> Path:
    """A folder with two articles."""
    folder = home / "articles"
    folder.mkdir()
    (folder / "bridge.txt").write_text(BRIDGE, "utf-8")
    (folder / "lighthouse.txt").write_text(LIGHTHOUSE, "utf-8")
    return folder


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose default library holds the bridge (1) and the lighthouse (2)."""
    folder = tmp_path_factory.mktemp("library")
    sources = []
    for name, text in (("bridge.txt", BRIDGE), ("lighthouse.txt", LIGHTHOUSE)):
        (folder / name).write_text(text, "utf-8")
        sources.append(str(folder / name))
    result = CliRunner().invoke(app, ["add", *sources, "--data", str(folder / "data")])
    assert result.exit_code == 0, result.output
    return folder / "data"


@pytest.fixture
def cuttings() -> Callable[..., Any]:
    """Run the command in this process: `cuttings("ask", "who?").stdout`."""
    return lambda *arguments, **more: CliRunner().invoke(app, [*map(str, arguments)], **more)


@pytest.fixture
def process() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command in a process of its own."""

    def run(*arguments: object, **more: Any) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "bot.cli", *map(str, arguments)]
        settings: dict[str, Any] = {"capture_output": True, "text": True, "timeout": 120, **more}
        root = str(Path(__file__).resolve().parents[2])
        environment = {**os.environ, "PYTHONPATH": root, **settings.pop("env", {})}
        return subprocess.run(command, env=environment, **settings)

    return run
