from __future__ import annotations

import sys
from pathlib import Path

import pytest
import typer.main
from typer.testing import CliRunner

from bot.cli import app
from bot.settings import Settings, load_settings

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "config.example.toml"
COMMANDS = sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def test_the_example_configuration_has_every_setting_with_its_default_and_nothing_else() -> None:
    written = {
        f"{table}.{key}": value
        for table, keys in tomllib.loads(EXAMPLE.read_text("utf-8")).items()
        for key, value in keys.items()
    }
    known = {
        f"{table}.{key}": value
        for table, keys in Settings().model_dump(mode="json").items()
        for key, value in keys.items()
    }
    assert sorted(known.keys() - written.keys()) == [], "not in config.example.toml"
    assert sorted(written.keys() - known.keys()) == [], "in config.example.toml, but no setting"
    assert written == known


def test_every_setting_of_the_example_is_explained() -> None:
    lines = EXAMPLE.read_text("utf-8").splitlines()
    for number, line in enumerate(lines):
        if "=" in line and not line.startswith("#"):
            before = lines[number - 1]
            assert before.startswith("#") or "=" in before, f"{line} stands without a comment"


def test_the_example_configuration_can_be_used_as_it_is() -> None:
    assert load_settings(EXAMPLE, {}) == Settings()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"cuttings {command}" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_help_and_explains_itself(command: str) -> None:
    listed = CliRunner().invoke(app, ["--help"]).output
    assert f" {command} " in listed
    own = CliRunner().invoke(app, [command, "--help"])
    assert own.exit_code == 0
    for option in ("--config", "--data", "--library", "--json"):
        assert option in own.output
