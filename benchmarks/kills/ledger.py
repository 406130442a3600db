"""What a data folder must hold after what was acknowledged, and what it may hold beside (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from benchmarks.kills.children import Message
from benchmarks.kills.stories import Story

State = Mapping[str, Mapping[int, int]]
"""By the name of the library and the number of the story: its version."""


class Kind(str, Enum):
    """What a process can be about when it is killed."""

    OPEN = "opening"
    ASK = "asking"
    ADD = "adding"
    REPLACE = "replacing"
    REMOVE = "removing"
    FORGET = "forgetting a library"
    RENAME = "renaming a library"
    IMPORT = "importing"
    REBUILD = "rebuilding"
    CLOSE = "saving the index"
    IDLE = "idle after something was acknowledged"
    MIGRATE = "migrating"
    GROW = "asking while the index grows or shrinks"
    REENCODE = "encoding anew"
    BACKUP = "backing up"
    RESTORE = "restoring"
    TAKE_IN = "taking in messages"
    FINISH = "finishing messages"
    BETWEEN = "between two of these"


MESSAGES = "(messages)"
"""The bot's unfinished messages: not a library, and held in the same way."""
STORY_BY_STORY = {Kind.ADD, Kind.REPLACE, Kind.IMPORT, Kind.TAKE_IN}
"""Done with one story after the other, each acknowledged by itself; all else is done or not."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a process does with a data folder."""

    kind: Kind
    library: str = ""
    stories: tuple[Story, ...] = ()
    other: str = ""
    """The new name of a library, or the encoder's."""
    file: Path | None = None
    state: State | None = None
    """What a backup holds."""


@dataclass(slots=True)
class Verdict:
    """What a look into the folder says of a process that was killed."""

    lost: list[str] = field(default_factory=list)
    """Acknowledged, and not there."""
    came_back: list[str] = field(default_factory=list)
    """Removed, and there."""


@dataclass(slots=True)
class Outcome:
    """What became of one process."""

    aimed: str
    killed: str | None
    """What it was about when it was killed; None if it was done before."""
    acknowledged: int = 0
    """Articles whose adding, replacing or removing it had told of."""
    mended: int = 0
    """What the next start or the check has put right."""
    lost: list[str] = field(default_factory=list)
    came_back: list[str] = field(default_factory=list)
    unsound: list[str] = field(default_factory=list)
    traces: list[str] = field(default_factory=list)
    """Words and embeddings of removed articles in the files after the next start."""
    where: str = ""
    """A copy of the folder as the kill left it, where something is wrong."""

    @property
    def good(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.lost or self.came_back or self.unsound or self.traces)


def after(state: State, step: Step) -> State:
    """The state after a step that was done."""
    libraries = {name: dict(stories) for name, stories in state.items()}
    if step.kind is Kind.RESTORE and step.state is not None:
        return step.state
    if step.kind in STORY_BY_STORY:
        held = libraries.setdefault(step.library, {})
        held.update((story.number, story.version) for story in step.stories)
    elif step.kind in {Kind.REMOVE, Kind.FINISH}:
        for story in step.stories:
            libraries[step.library].pop(story.number, None)
    elif step.kind is Kind.FORGET:
        libraries.pop(step.library, None)
    elif step.kind is Kind.RENAME:
        libraries.setdefault(step.other, {}).update(libraries.pop(step.library, {}))
    return libraries


def in_flight(steps: Sequence[Step], said: Sequence[Message]) -> Step | None:
    """The step that a process had begun and not told the end of."""
    begun = [message["begin"] for message in said if "begin" in message]
    done = [message["done"] for message in said if "done" in message]
    return steps[begun[-1]] if begun and begun[-1] not in done else None


def judged(before: State, steps: Sequence[Step], said: Sequence[Message], found: State) -> Verdict:
    """Whether the folder holds what the steps told of, and nothing that they had removed.

    `said` is what the process told, `found` what the folder held when it was opened again.
    """
    sure = before
    for message in said:
        if "done" in message:
            sure = after(sure, steps[message["done"]])
    open_step = in_flight(steps, said)
    if open_step is None:
        return _compared(sure, found, {})
    if open_step.kind in STORY_BY_STORY:
        told = {message["receipt"] for message in said if "receipt" in message}
        known = tuple(story for story in open_step.stories if story.title in told)
        rest = tuple(story for story in open_step.stories if story.title not in told)
        sure = after(sure, Step(open_step.kind, open_step.library, known))
        return _compared(sure, found, {open_step.library: rest})
    verdicts = [_compared(state, found, {}) for state in (sure, after(sure, open_step))]
    return min(verdicts, key=lambda verdict: len(verdict.lost) + len(verdict.came_back))


def _compared(sure: State, found: State, free: Mapping[str, Sequence[Story]]) -> Verdict:
    """`free` are the stories that may have taken their places already."""
    verdict = Verdict()
    for library in sorted({*sure, *found, *free}):
        expected, held = sure.get(library, {}), found.get(library, {})
        open_places = {story.number: story.version for story in free.get(library, ())}
        for number in sorted({*expected, *held}):
            version, there = expected.get(number), held.get(number)
            if there == version or (number in open_places and there == open_places[number]):
                continue
            if version is not None:
                verdict.lost.append(f"{library}: {Story(number, version).title}")
            if there is not None:
                verdict.came_back.append(f"{library}: {Story(number, there).title}")
    return verdict
