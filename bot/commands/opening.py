"""From the options to an open library."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs

from bot.options import Options
from bot.settings import Settings, load_settings
from index import DEFAULT_LIBRARY, Archive, IndexSettings, Library


def library_name(options: Options) -> str:
    """The library that was asked for."""
    return DEFAULT_LIBRARY if options.library is None else options.library


def data_folder(options: Options) -> Path:
    """--data, else CUTTINGS_DATA, else the platform's folder for a user's data."""
    chosen = options.data or os.environ.get("CUTTINGS_DATA")
    return Path(chosen) if chosen else platformdirs.user_data_path("cuttings", appauthor=False)


def all_settings(options: Options) -> Settings:
    """The settings of --config, else of CUTTINGS_CONFIG, else of where a configuration may be."""
    config = options.config or os.environ.get("CUTTINGS_CONFIG")
    return load_settings(Path(config) if config else None, os.environ)


def index_settings(options: Options) -> IndexSettings:
    """The [index] table of the settings."""
    return all_settings(options).index


@contextmanager
def open_library(options: Options) -> Iterator[Library]:
    """The library that was asked for; raises UnknownLibraryError if there is none."""
    with Archive(data_folder(options), index_settings(options)) as archive:
        yield archive.library(library_name(options))
