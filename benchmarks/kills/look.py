"""What a data folder holds when it is opened again, and whether it is whole."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import closing, suppress
from itertools import product
from pathlib import Path

import numpy as np

from benchmarks.kills.children import Tell
from benchmarks.kills.ledger import MESSAGES, State
from benchmarks.kills.steps import opened
from benchmarks.kills.stories import DIMENSION, ENCODERS, MARK, Story, WordsEncoder, story_of
from bot.store.store import FILE, Store
from index import Library
from index.vectors import load

GROW_AT = 30, 60, 120, 100_000
"""Passages at which an index becomes approximate, so that most grow and shrink by and by."""
ASKED = 8
"""Stories that are looked for by their words, besides those that were touched last."""


def look(
    folder: Path,
    encoder: str,
    touched: Sequence[Story],
    known: Set[Story],
    seed: int,
    tell: Tell,
) -> None:
    """Open the folder, check it, read and ask everything, and tell what was found.

    Those `touched` last are asked for in any case; of all that are `known` and not there any more
    no trace may be in a file. Every second time the words are looked for by the vector index alone.
    """
    generator = random.Random(seed)
    grow_at, keywords = generator.choice(GROW_AT), generator.choice([0, 50])
    with opened(folder, encoder, grow_at, keyword_candidates=keywords) as archive:
        held: dict[str, list[tuple[int, int]]] = {}
        if (folder / FILE).exists():
            held[MESSAGES] = list(_messages(folder, tell))
        for name in archive.names():
            library = archive.library(name)
            _check(library, tell)
            stories = _read(library, tell)
            held[name] = [(story.number, story.version) for story in stories.values()]
            wanted = [number for number, story in stories.items() if story in set(touched)]
            others = sorted(set(stories) - set(wanted))
            wanted += generator.sample(others, min(ASKED, len(others)))
            _ask(library, {number: stories[number] for number in wanted}, tell)
        tell({"held": held})
        for trace in traces(folder, state_of(held), known):
            tell({"trace": f"{trace}, while it was open"})


def _messages(folder: Path, tell: Tell) -> Iterator[tuple[int, int]]:
    """The messages that the bot would go on with."""
    with closing(Store(folder)) as store:
        for pending in store.pending():
            story = Story(pending.update_id)
            if json.loads(pending.payload) != [story.title, story.article.text]:
                tell({"unsound": [f"The message {pending.update_id} has other words."]})
            yield story.number, story.version


def state_of(held: dict[str, list[tuple[int, int]]]) -> State:
    """What `look` tells as held, as a state."""
    return {name: dict(stories) for name, stories in held.items()}


def _check(library: Library, tell: Tell) -> None:
    report = library.check()
    for note in report.notes:
        if "vector index" in note:
            tell({"note": note})
    if report.problems:
        library.rebuild()
        again = library.check().problems
        tell({"repaired" if not again else "unsound": [*report.problems, *again]})


def _read(library: Library, tell: Tell) -> dict[int, Story]:
    """The stories by the id of their article; one that is not word for word is told of."""
    found: dict[int, Story] = {}
    for article in library.articles():
        story = story_of(article.title)
        if story is None or library.text(article.id) != story.article.text:
            tell({"unsound": [f"The article {article.title!r} has other words."]})
        elif story in found.values():
            tell({"unsound": [f"The article {article.title!r} is there twice."]})
        else:
            found[article.id] = story
    return found


def _ask(library: Library, stories: dict[int, Story], tell: Tell) -> None:
    for number, story in stories.items():
        for question in story.questions():
            hits = library.ask(question).passages
            if number not in [hit.article for hit in hits[:1]]:
                tell({"unfound": f"{library.name}: {story.title}"})
                break


def traces(folder: Path, state: State, known: Set[Story] = frozenset()) -> list[str]:
    """Words of any stories that are not held, and embeddings of `known` ones, in which files."""
    held = {Story(number, v) for stories in state.values() for number, v in stories.items()}
    live: set[bytes] = set()
    for story in held:
        live |= story.words
    found = []
    for file in _files(folder):
        words = set(MARK.findall(_content(file))) - live
        found += [f"{file.name}: {word.decode()}" for word in sorted(words)[:3]]
    return [*found, *_vectors_left(folder, known - held)]


def _vectors_left(folder: Path, gone: Iterable[Story]) -> list[str]:
    """Which of these stories have an embedding left in a file."""
    # An approximate index has no embeddings, only how far each is from the middle of some.
    contents = [(file, _content(file)) for file in _files(folder) if not _approximate(file)]
    found = []
    for story, encoder in product(gone, map(WordsEncoder, ENCODERS)):
        for row in encoder.encode_passages(story.passages()):
            piece = row[4:12].tobytes()
            if files := {file.name for file, content in contents if piece in content}:
                found.append(f"{', '.join(sorted(files))}: an embedding of {story.title}")
                break
    return found


def _files(folder: Path) -> list[Path]:
    """All, but for those that a restoring has moved aside."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return sorted(file for file in files if not file.parent.name.startswith("replaced-"))


def _approximate(file: Path) -> bool:
    if ".vectors" not in file.name:
        return False
    loaded = load(file, DIMENSION, lambda ids: (ids, np.empty((0, DIMENSION), np.float32)))
    return loaded is not None and loaded[0].kind == "approximate"


def _content(file: Path) -> bytes:
    with suppress(FileNotFoundError):
        return file.read_bytes()
    return b""
