"""The real `cuttings` command, killed: its receipts are the promises."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.kills.children import Message, Tell, run
from benchmarks.kills.ledger import STORY_BY_STORY, Kind, Outcome, State, Step, judged
from benchmarks.kills.look import traces
from benchmarks.kills.plans import MAIN
from benchmarks.kills.steps import opened
from benchmarks.kills.stories import ENCODERS, Story, story_of

STORIES = 30
"""A command adds so many, in several parts."""


class Commands:
    """A data folder that commands work on; each is killed once, and the next goes on."""

    def __init__(self, folder: Path, seed: int) -> None:
        """Make what commands read; this loads the models once."""
        self._folder = folder
        self._data = folder / "data"
        self._generator = random.Random(seed)
        self._state: State = {}
        self._stories = tuple(Story(number) for number in range(1, STORIES + 1))
        self._articles, self._export = folder / "articles", folder / "export.jsonl"
        _write(self._articles, self._stories)
        begun = time.monotonic()
        self._json("add", str(self._articles))
        self._whole = {Kind.ADD: time.monotonic() - begun}
        self._json("export", str(self._export))
        shutil.rmtree(self._data)

    def round(self) -> Outcome:
        """Let a command work and kill it at a random moment; look at what it has left."""
        step, arguments = self._next()
        said, killed = self._worked(step, arguments)
        return self._looked(step, said, killed)

    def _next(self) -> tuple[Step, list[str]]:
        held = self._state.get(MAIN, {})
        kind = self._generator.choice([Kind.ADD, Kind.IMPORT, Kind.REMOVE, Kind.REBUILD])
        if kind is Kind.REMOVE and held:
            # Many: what comes next is to be new.
            chosen = self._generator.sample(sorted(held), (len(held) + 1) // 2)
            stories = tuple(Story(number, held[number]) for number in chosen)
            titles = {story.title for story in stories}
            articles = self._json("articles")[0]["articles"]
            ids = [str(article["id"]) for article in articles if article["title"] in titles]
            return Step(kind, MAIN, stories), ["remove", *ids]
        if kind is Kind.REBUILD and held:
            return Step(kind, MAIN), ["rebuild"]
        if kind is Kind.IMPORT:
            return Step(kind, MAIN, self._stories), ["import", str(self._export)]
        return Step(Kind.ADD, MAIN, self._stories), ["add", str(self._articles)]

    def _worked(self, step: Step, arguments: Sequence[str]) -> tuple[list[Message], bool]:
        """What a command told, and whether it was killed before its end."""
        begun = time.monotonic()
        whole = self._whole.get(step.kind, 2.0)
        with subprocess.Popen(
            self._command(*arguments), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as process:
            assert process.stdout is not None
            moment: float | None = self._generator.uniform(whole / 4, whole)
            first = b""
            if step.kind in STORY_BY_STORY and self._generator.random() < 0.5:
                # In the midst of the receipts.
                first, moment = process.stdout.readline(), self._generator.uniform(0, whole / 4)
            try:
                process.wait(moment)
            except subprocess.TimeoutExpired:
                process.kill()
            output = first + process.stdout.read()
            killed = process.wait() < 0
        if not killed:
            self._whole[step.kind] = time.monotonic() - begun
        said: list[Message] = [{"begin": 0}]
        if step.kind in STORY_BY_STORY:
            # A line without its end was not printed whole: nobody has read it.
            receipts = [json.loads(line) for line in output.decode().split("\n")[:-1]]
            said += [{"receipt": receipt["title"]} for receipt in receipts if receipt["id"]]
        if process.returncode == 0 or (step.kind is Kind.REMOVE and output.endswith(b"\n")):
            said.append({"done": 0})
        elif not killed:
            raise RuntimeError(f"{arguments} failed: {output.decode()}")
        return said, killed

    def _looked(self, step: Step, said: list[Message], killed: bool) -> Outcome:
        ((checked,), log) = self._json("check", may_fail=True), self._folder / "log"
        unsound = []
        if checked["problems"]:
            self._json("rebuild")
            ((again,),) = (self._json("check", may_fail=True),)
            unsound = [*checked["problems"], *again["problems"]] if again["problems"] else []
        held: dict[str, list[int]] = {}
        for message in run(lambda tell: _read(self._data, tell), log):
            held.setdefault(MAIN, []).extend(message.get("held", []))
            unsound += message.get("unsound", [])
        found = {name: dict.fromkeys(numbers, 0) for name, numbers in held.items()}
        verdict = judged(self._state, [step], said, found)
        self._state = found
        receipts = sum("receipt" in message for message in said)
        return Outcome(
            aimed=f"cuttings {step.kind.value}",
            killed=f"cuttings: {step.kind.value}" if killed else None,
            acknowledged=receipts,
            mended=len(checked["notes"]) + bool(checked["problems"]),
            lost=verdict.lost,
            came_back=verdict.came_back,
            unsound=unsound,
            traces=traces(self._data, found),
        )

    def _json(self, *arguments: str, may_fail: bool = False) -> list[dict[str, Any]]:
        command = self._command(*arguments)
        done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode and not may_fail:
            raise RuntimeError(f"{arguments} failed: {done.stderr.decode()}")
        return [json.loads(line) for line in done.stdout.splitlines()]

    def _command(self, name: str, *arguments: str) -> list[str]:
        common = ["--data", str(self._data), "--json"]
        return [sys.executable, "-m", "bot.cli", name, *common, *arguments]


def _write(folder: Path, stories: Sequence[Story]) -> None:
    folder.mkdir(parents=True)
    for story in stories:
        (folder / f"{story.number}.txt").write_text(f"{story.title}\n\n{story.article.text}")


def _read(data: Path, tell: Tell) -> None:
    """Which stories are there, word for word."""
    with opened(data, ENCODERS[0]) as archive:
        library = archive.library()
        for article in library.articles():
            story = story_of(article.title)
            if story and library.text(article.id).endswith(story.article.text):
                tell({"held": [story.number]})
            else:
                tell({"unsound": [f"The article {article.title!r} has other words."]})
