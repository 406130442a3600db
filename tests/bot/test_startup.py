from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

MODELS = {"torch", "faiss", "sentence_transformers", "transformers", "onnxruntime"}
ROOT = Path(__file__).resolve().parents[2]


def modules_after(*arguments: str) -> set[str]:
    """The top-level modules that are loaded when `cuttings ARGUMENTS` ends."""
    program = (
        "import atexit, json, sys\n"
        "names = lambda: sorted({name.split('.')[0] for name in sys.modules})\n"
        "atexit.register(lambda: print(json.dumps(names())))\n"
        "from bot.cli import main\n"
        f"sys.argv[1:] = {list(arguments)!r}\n"
        "main()\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(result.stdout.splitlines()[-1]))


def test_help_imports_no_model_no_database_and_no_settings() -> None:
    heavy = {"numpy", "sqlalchemy", "pydantic", "prompt_toolkit", "rich"}
    assert not modules_after("--help") & (MODELS | heavy)


@pytest.mark.parametrize("arguments", [["ask", "--help"], ["--version"]])
def test_the_help_of_a_command_and_the_version_import_no_model(arguments: list[str]) -> None:
    assert not modules_after(*arguments) & (MODELS | {"numpy", "sqlalchemy", "prompt_toolkit"})


def test_articles_imports_no_model(data: Path) -> None:
    assert not modules_after("articles", "--data", str(data)) & MODELS


def test_show_imports_no_model(data: Path) -> None:
    assert not modules_after("show", "1", "--data", str(data)) & MODELS


def test_what_cannot_be_a_token_is_told_at_once_and_not_shown(
    process: Callable[..., subprocess.CompletedProcess[str]], home: Path
) -> None:
    found = process("run", env={"CUTTINGS_BOT__TOKEN": "not-a-token", "CUTTINGS_DATA": str(home)})
    assert found.returncode == 1
    assert "Telegram does not know this token" in found.stderr
    assert "not-a-token" not in found.stdout + found.stderr


def test_without_a_token_it_is_told_how_to_get_one_and_the_playground_is_offered(
    process: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    found = process("run")
    assert found.returncode == 1
    assert "@BotFather" in found.stdout
    assert "cuttings playground" in found.stdout
