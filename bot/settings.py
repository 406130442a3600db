"""The configuration: a TOML file, overridden by environment variables, checked key by key."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import platformdirs
from pydantic import BaseModel, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot import settings_faults as faults
from bot.telegram_settings import BotSettings
from index import IndexSettings, SettingsError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PREFIX = "CUTTINGS_"
OPTION_VARIABLES = ("CUTTINGS_CONFIG", "CUTTINGS_DATA")
"""Variables that stand for --config and --data; every other one is a setting."""


class Settings(BaseSettings):
    """The whole configuration, a table for each package."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True
    )

    index: IndexSettings = Field(default_factory=IndexSettings)
    bot: BotSettings = Field(default_factory=BotSettings)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take what `load_settings` gathered and nothing else."""
        return (init_settings,)


def load_settings(config: Path | None, environ: Mapping[str, str]) -> Settings:
    """The settings of the file `config`, overridden by the variables in `environ`.

    Without `config`: `config.toml` in the working folder, else in the user's configuration
    folder, else the defaults. Raises SettingsError.
    """
    tables = known_keys()
    path = config or _found()
    text = _read(path) if path else ""
    values = _parse(path, text)
    if path:
        faults.refuse_unknown_keys(values, tables, path, text)
    names = {name: value for name, value in environ.items() if name.upper().startswith(PREFIX)}
    for option in OPTION_VARIABLES:
        names.pop(option, None)
    faults.refuse_unknown_variables(names, tables, PREFIX, OPTION_VARIABLES)
    for table, keys in _from_variables(names).items():
        values[table] = {**values.get(table, {}), **keys}
    try:
        return Settings(**values)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        raise faults.bad_value(fault, names, PREFIX, path, text) from None


def known_keys() -> dict[str, list[str]]:
    """The keys of every table of the configuration."""
    tables: dict[str, list[str]] = {}
    for name, field in Settings.model_fields.items():
        model = field.annotation
        assert isinstance(model, type)
        assert issubclass(model, BaseModel)
        tables[name] = list(model.model_fields)
    return tables


def _found() -> Path | None:
    user = platformdirs.user_config_path("cuttings", appauthor=False)
    for path in (Path("config.toml"), user / "config.toml"):
        if path.is_file():
            return path
    return None


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise SettingsError(
            f"There is no configuration file {path}.",
            "Check the path, or leave --config out to use the defaults.",
        ) from None
    except UnicodeDecodeError:
        raise SettingsError(
            f"The configuration file {path} is not UTF-8 text.", "Save it as UTF-8."
        ) from None
    except OSError as error:
        raise SettingsError(
            f"The configuration file {path} cannot be read: {error.strerror}.",
            "Check the path and its permissions.",
        ) from None


def _parse(path: Path | None, text: str) -> dict[str, Any]:
    try:
        values: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"{path} is not valid TOML: {error}.",
            'A setting is written as key = value, and text stands in quotes: encoder = "name".',
        ) from None
    return values


def _from_variables(names: Mapping[str, str]) -> dict[str, Any]:
    source = EnvSettingsSource(Settings)
    source.env_vars = {name.lower(): value for name, value in names.items()}
    values: dict[str, Any] = source()
    return values
