"""From what a person names on the command line to articles, or why there is none."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path

from index import (
    Article,
    Document,
    FailedSource,
    Feed,
    IndexSettings,
    Link,
    LinkReader,
    Obstacle,
    Parser,
    SourceError,
    SourceProblem,
    find_sources,
    read_source,
)

AHEAD = 8
"""Sources that are fetched and parsed while those before them are encoded."""

Sources = list[Article | FailedSource]


def read_sources(
    arguments: Sequence[str | Path], settings: IndexSettings, parser: Parser, *, entries: int = 0
) -> Iterator[Article | FailedSource]:
    """Read the articles that `arguments` name, in order and a little ahead of their taking.

    Of a feed the latest `entries` are read.
    """
    found = find_sources(arguments)
    waiting: deque[Future[Sources]] = deque()
    with ThreadPoolExecutor(AHEAD, "reading") as pool:
        try:
            while True:
                for source in islice(found, AHEAD - len(waiting)):
                    waiting.append(pool.submit(_read, source, settings, parser, entries))
                if not waiting:
                    return
                yield from waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _read(
    source: Path | Link | SourceProblem, settings: IndexSettings, parser: Parser, entries: int
) -> Sources:
    if isinstance(source, SourceProblem):
        error = source.error
        return [FailedSource(source.source, str(error), error.hint, error.obstacle)]
    if isinstance(source, Link):
        return asyncio.run(_follow(source.address, settings, parser, entries))
    standard_input = source == Path("-")
    name = "standard input" if standard_input else str(source)
    try:
        data = read_source(source, settings)
    except SourceError as error:
        return [FailedSource(name, str(error), error.hint, error.obstacle)]
    return parser.read(Document(data, "" if standard_input else name))


async def _follow(address: str, settings: IndexSettings, parser: Parser, entries: int) -> Sources:
    reader = LinkReader(settings, parser)
    try:
        found = await reader.read(address)
        if not isinstance(found, Feed):
            return found
        if not entries:
            return [_choose(found, address)]
        wanted = found.entries[:entries]
        results = await asyncio.gather(*(reader.read(entry.address) for entry in wanted))
    finally:
        await reader.close()
    read: Sources = []
    for entry, result in zip(wanted, results, strict=True):
        read += [_choose(result, entry.address)] if isinstance(result, Feed) else result
    return read


def _choose(feed: Feed, address: str) -> FailedSource:
    count = len(feed.entries)
    return FailedSource(
        address,
        f"This is a feed of {count} article{'' if count == 1 else 's'}, not an article.",
        "Add the latest of them: `cuttings add --entries 5 ADDRESS`.",
        Obstacle.FEED,
    )
