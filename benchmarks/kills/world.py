"""One data folder that is worked on, killed at, looked into and gone on with, kill after kill."""

from __future__ import annotations

import random
import shutil
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks.kills.children import Child, ChildError, Message, Tell, run
from benchmarks.kills.ledger import (
    Kind,
    Outcome,
    State,
    Step,
    after,
    in_flight,
    judged,
)
from benchmarks.kills.look import GROW_AT, look, state_of, traces
from benchmarks.kills.older import to_older
from benchmarks.kills.plans import MAIN, Plan, Planner
from benchmarks.kills.steps import DATABASES, perform, write_export
from benchmarks.kills.stories import ENCODERS, Story
from index import restore

KINDS = {
    Kind.ADD: 5,
    Kind.REPLACE: 5,
    Kind.REMOVE: 6,
    Kind.FORGET: 2,
    Kind.RENAME: 2,
    Kind.IMPORT: 3,
    Kind.REBUILD: 3,
    Kind.CLOSE: 4,
    Kind.IDLE: 6,
    Kind.OPEN: 2,
    Kind.MIGRATE: 3,
    Kind.GROW: 4,
    Kind.REENCODE: 4,
    Kind.BACKUP: 2,
    Kind.RESTORE: 3,
    Kind.TAKE_IN: 2,
    Kind.FINISH: 2,
}
"""How often each is aimed at."""
AGAIN = 0.15
"""How often a process is killed while it opens what another kill has left."""
BESIDE = 0.2
"""How often another process adds meanwhile, which is not killed."""
BY_ITSELF = {Kind.FORGET, Kind.RENAME, Kind.MIGRATE, Kind.RESTORE, Kind.TAKE_IN, Kind.FINISH}
"""What is not done while another process adds."""


class World:
    """A data folder, and what it must hold."""

    def __init__(self, folder: Path, seed: int, keep: Path | None = None) -> None:
        """`keep` is where a folder goes that was not found as it must be."""
        self._folder = folder
        self._data = folder / "data"
        self._keep = keep
        self._generator = random.Random(seed)
        self._planner = Planner(self._generator)
        self._state: State = {}
        self._encoder = ENCODERS[0]
        self._beside: tuple[Story, ...] = ()
        self._traces: set[str] = set()
        self._rounds = 0
        self._seconds: dict[Kind, deque[float]] = {}
        self.broken = False
        """Whether what a child left cannot be gone on with."""
        folder.mkdir(parents=True)

    def round(self) -> Outcome:
        """Let a process work and kill it at a random moment; look at what it has left."""
        self._rounds += 1
        plan = Plan(Kind.OPEN, ())
        said: list[Message] = []
        killed = False
        try:
            plan = self._plan()
            said, killed = self._worked(plan)
            if killed and self._generator.random() < AGAIN:
                again = self._planner.plan(Kind.OPEN, {})
                self._killed(self._child(again.steps), again)
            return self._looked(plan, said, killed)
        except ChildError as error:
            self.broken = True
            outcome = Outcome(plan.kind.value, plan.kind.value if killed else None)
            outcome.unsound.append(str(error))
            self._kept(plan, said, outcome)
            return outcome

    def _plan(self) -> Plan:
        kinds = list(KINDS)
        if not self._state.get(MAIN):
            return self._planner.plan(Kind.ADD, self._state)
        kind = self._generator.choices(kinds, [KINDS[kind] for kind in kinds])[0]
        if kind is Kind.IMPORT:
            return self._importing()
        if kind is Kind.RESTORE:
            return self._restoring()
        if kind is Kind.BACKUP:
            file = self._folder / "backup.zip"
            file.unlink(missing_ok=True)
            return Plan(kind, (Step(Kind.OPEN), Step(kind, file=file), Step(Kind.CLOSE)))
        if kind is Kind.REENCODE:
            other = ENCODERS[self._encoder == ENCODERS[0]]
            opening = Step(Kind.OPEN, other=other)
            return Plan(kind, (opening, Step(kind, other=other), Step(Kind.CLOSE)))
        if kind is Kind.MIGRATE:
            choice = self._generator.randrange(100)
            self._alone(lambda _: to_older(self._data, choice))
        return self._planner.plan(kind, self._state)

    def _importing(self) -> Plan:
        """From a file that was written before, elsewhere; embeddings may be another encoder's."""
        stories, file = self._planner.new(10), self._folder / "export.jsonl"
        encoder = self._generator.choice(ENCODERS)
        self._alone(lambda _: write_export(self._folder / "elsewhere", encoder, stories, file))
        shutil.rmtree(self._folder / "elsewhere")
        importing = Step(Kind.IMPORT, MAIN, stories, file=file)
        return Plan(Kind.IMPORT, (Step(Kind.OPEN), importing, Step(Kind.CLOSE)))

    def _restoring(self) -> Plan:
        """A backup of what is there, before it changes."""
        file = self._folder / "restored.zip"
        steps = (Step(Kind.OPEN), Step(Kind.BACKUP, file=file), Step(Kind.CLOSE))
        self._undisturbed(steps)
        restoring = Step(Kind.RESTORE, file=file, state=self._state)
        self._undisturbed(self._planner.plan(Kind.REMOVE, self._state).steps)
        self._undisturbed(self._planner.plan(Kind.ADD, self._state).steps)
        return Plan(Kind.RESTORE, (restoring, Step(Kind.OPEN), Step(Kind.CLOSE)))

    def _undisturbed(self, steps: tuple[Step, ...]) -> None:
        self._alone(lambda tell: perform(self._data, self._encoder, GROW_AT[-1], steps, tell))
        for step in steps:
            self._state = after(self._state, step)

    def _worked(self, plan: Plan) -> tuple[list[Message], bool]:
        """What a process told, and whether it was killed before it came to its end."""
        beside = None
        self._beside = ()
        if plan.kind not in BY_ITSELF and self._generator.random() < BESIDE:
            self._beside = self._planner.new(6)
            steps = (Step(Kind.OPEN), Step(Kind.ADD, MAIN, self._beside), Step(Kind.CLOSE))
            beside = self._child(steps)
            self._state = after(self._state, steps[1])
        try:
            return self._killed(self._child(plan.steps), plan)
        finally:
            if beside:
                while beside.next() is not None:
                    pass
                beside.wait()

    def _killed(self, child: Child, plan: Plan) -> tuple[list[Message], bool]:
        said: list[Message] = []
        begun: dict[int, float] = {}
        until: float | None = None
        while (message := child.next(until)) is not None:
            said.append(message)
            now = time.monotonic()
            if "begin" in message:
                begun[message["begin"]] = now
                if message["begin"] == plan.target:
                    until = now + self._generator.uniform(0, 1.3 * self._typical(plan.kind))
            elif message.get("done") in begun:
                kind = plan.steps[message["done"]].kind
                self._seconds.setdefault(kind, deque(maxlen=8)).append(now - begun[message["done"]])
        if not child.ended:
            child.kill()
        while (message := child.next()) is not None:
            said.append(message)
        return said, not child.wait()

    def _child(self, steps: tuple[Step, ...]) -> Child:
        data, encoder, grow_at = self._data, self._encoder, self._generator.choice(GROW_AT)
        return Child(
            lambda tell: perform(data, encoder, grow_at, steps, tell), self._folder / "log"
        )

    def _typical(self, kind: Kind) -> float:
        times = self._seconds.get(kind)
        return median(times) if times else 0.1

    def _looked(self, plan: Plan, said: list[Message], killed: bool) -> Outcome:
        copy = self._folder / "left"
        shutil.rmtree(copy, ignore_errors=True)
        if self._data.exists():
            shutil.copytree(self._data, copy)
        seed = self._generator.randrange(1 << 30)
        if plan.kind is Kind.REENCODE:
            # Whichever is configured next: a library is asked with the one it was made with.
            self._encoder = self._generator.choice(ENCODERS)
        encoder, touched = self._encoder, plan.touched
        known = {Story(n, v) for stories in self._state.values() for n, v in stories.items()}
        known |= set(touched)
        found = self._alone(lambda tell: look(self._data, encoder, touched, known, seed, tell))
        actual = state_of(next(message["held"] for message in found if "held" in message))
        verdict = judged(self._state, plan.steps, said, actual)
        flight = in_flight(plan.steps, said)
        outcome = Outcome(
            aimed=plan.kind.value,
            killed=(flight.kind if flight else Kind.BETWEEN).value if killed else None,
            acknowledged=_acknowledged(plan.steps, said),
            mended=sum("note" in message or "repaired" in message for message in found),
            lost=verdict.lost,
            came_back=verdict.came_back,
            unsound=[line for message in found for line in message.get("unsound", [])]
            + [f"Not found by its words: {m['unfound']}" for m in found if "unfound" in m],
            traces=[message["trace"] for message in found if "trace" in message],
        )
        if plan.kind is Kind.BACKUP:
            outcome.unsound += self._backup_flaws(plan, said)
        self._gone_on(known, actual, outcome)
        if not outcome.good:
            self._kept(plan, said, outcome)
        self.broken = bool(outcome.unsound)
        return outcome

    def _backup_flaws(self, plan: Plan, said: list[Message]) -> list[str]:
        """What is wrong with the file: none may be there, or one that can be restored whole."""
        file, folder = self._folder / "backup.zip", self._folder / "restored"
        if not file.exists():
            return ["There is no backup."] if {"done": plan.target} in said else []
        shutil.rmtree(folder, ignore_errors=True)
        self._alone(lambda tell: tell({"restored": bool(restore(file, folder, DATABASES))}))
        found = self._alone(lambda tell: look(folder, self._encoder, (), set(), 0, tell))
        held = state_of(next(message["held"] for message in found if "held" in message))
        # What another process has added meanwhile may be in it, or not.
        certain = after(self._state, Step(Kind.REMOVE, MAIN, self._beside))
        lost = judged(held, (), (), self._state).lost
        missing = judged(certain, (), (), held).lost
        wrong = [line for message in found for line in message.get("unsound", [])]
        return [f"In the backup: {line}" for line in [*lost, *missing, *wrong]]

    def _gone_on(self, known: set[Story], actual: State, outcome: Outcome) -> None:
        """Take what is there as what must be there from now on; tell of each trace once."""
        for aside in self._data.glob("replaced-*"):
            shutil.rmtree(aside)
        found = {*outcome.traces, *traces(self._data, actual, known)}
        outcome.traces = sorted(found - self._traces)
        self._traces |= found
        self._state = actual

    def _kept(self, plan: Plan, said: list[Message], outcome: Outcome) -> None:
        if self._keep is None:
            return
        place = self._keep / f"{self._folder.name}-{self._rounds}"
        if (self._folder / "left").exists():
            shutil.copytree(self._folder / "left", place, dirs_exist_ok=True)
        place.mkdir(parents=True, exist_ok=True)
        (place / "told.txt").write_text(f"{plan}\n{said}\n{outcome}\n{self._state}\n")
        outcome.where = str(place)

    def _alone(self, work: Callable[[Tell], None]) -> list[Message]:
        return run(work, self._folder / "log")


def _acknowledged(steps: tuple[Step, ...], said: list[Message]) -> int:
    removed = [
        len(steps[message["done"]].stories)
        for message in said
        if "done" in message and steps[message["done"]].kind in {Kind.REMOVE, Kind.FINISH}
    ]
    return sum("receipt" in message for message in said) + sum(removed)
