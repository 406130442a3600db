"""From what a person names on the command line to articles, or why there is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from index import (
    Article,
    FailedSource,
    IndexSettings,
    SourceError,
    SourceProblem,
    find_sources,
    read_article,
    read_source,
)


def read_sources(
    arguments: Sequence[str | Path], settings: IndexSettings
) -> Iterator[Article | FailedSource]:
    """Read the articles that `arguments` name, one at a time, as they are taken."""
    for found in find_sources(arguments):
        if isinstance(found, SourceProblem):
            yield FailedSource(found.source, str(found.error), found.error.hint)
            continue
        name = "standard input" if found == Path("-") else str(found)
        try:
            data = read_source(found, settings)
            yield read_article(data, "" if found == Path("-") else name, settings)
        except SourceError as error:
            yield FailedSource(name, str(error), error.hint)
