"""What is to be done, and killed, next (pure, but for the dice)."""

from __future__ import annotations

import random
from dataclasses import dataclass

from benchmarks.kills.ledger import MESSAGES, Kind, State, Step
from benchmarks.kills.stories import Story

MAIN, SIDE, OTHER = "default", "side", "other"
ENOUGH = 45
"""Stories in the main library from which on more are removed than added."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The work of one process, and the step in which it is to be killed."""

    kind: Kind
    steps: tuple[Step, ...]

    @property
    def target(self) -> int:
        """The step that is aimed at."""
        return [step.kind for step in self.steps].index(self.kind)

    @property
    def touched(self) -> list[Story]:
        """The stories that are added, replaced or removed."""
        return [story for step in self.steps for story in step.stories]


class Planner:
    """Makes plans that fit what a data folder holds."""

    def __init__(self, generator: random.Random) -> None:
        self._generator = generator
        self._number = 0

    def new(self, most: int) -> tuple[Story, ...]:
        """Stories that have never been."""
        count = self._generator.randint(1, most)
        self._number += count
        return tuple(Story(self._number - place) for place in range(count))

    def plan(self, kind: Kind, state: State) -> Plan:
        """Work with a step of this kind in it."""
        step = {
            Kind.ADD: self._adding,
            Kind.REPLACE: self._replacing,
            Kind.REMOVE: self._removing,
            Kind.FORGET: self._forgetting,
            Kind.RENAME: self._renaming,
            Kind.REBUILD: self._rebuilding,
            Kind.CLOSE: self._saving,
            Kind.OPEN: self._asking,
            Kind.MIGRATE: self._migrating,
            Kind.IDLE: self._idling,
            Kind.GROW: self._growing,
            Kind.TAKE_IN: self._taking_in,
            Kind.FINISH: self._finishing,
        }
        return Plan(kind, tuple(step[kind](state)))

    def _adding(self, state: State) -> list[Step]:
        # Many of them are stored, and acknowledged, in several parts.
        stories = self.new(self._generator.choice([5, 30]))
        return [*self._opening(state), Step(Kind.ADD, MAIN, stories), Step(Kind.CLOSE)]

    def _replacing(self, state: State) -> list[Step]:
        old = self._some(state, 6)
        new = tuple(Story(story.number, story.version + 1) for story in old)
        return [*self._opening(state), Step(Kind.REPLACE, MAIN, new), Step(Kind.CLOSE)]

    def _removing(self, state: State) -> list[Step]:
        stories = self._some(state, 30 if len(state.get(MAIN, {})) > ENOUGH else 4)
        return [*self._opening(state), Step(Kind.REMOVE, MAIN, stories), Step(Kind.CLOSE)]

    def _forgetting(self, state: State) -> list[Step]:
        steps = [*self._opening(state)]
        if not state.get(SIDE):
            steps.append(Step(Kind.ADD, SIDE, self.new(5)))
        return [*steps, Step(Kind.FORGET, SIDE), Step(Kind.CLOSE)]

    def _renaming(self, state: State) -> list[Step]:
        steps = [*self._opening(state)]
        old = self._generator.choice([SIDE, OTHER])
        if not state.get(old):
            steps.append(Step(Kind.ADD, old, self.new(4)))
        new = self._generator.choice([MAIN, MAIN, SIDE if old == OTHER else OTHER])
        return [*steps, Step(Kind.RENAME, old, other=new), Step(Kind.CLOSE)]

    def _rebuilding(self, state: State) -> list[Step]:
        return [*self._opening(state), Step(Kind.REBUILD, MAIN), Step(Kind.CLOSE)]

    def _saving(self, state: State) -> list[Step]:
        return [Step(Kind.OPEN), Step(Kind.ADD, MAIN, self.new(3)), Step(Kind.CLOSE)]

    def _asking(self, state: State) -> list[Step]:
        return [Step(Kind.OPEN), Step(Kind.ASK, MAIN, self._some(state, 3)), Step(Kind.CLOSE)]

    def _idling(self, state: State) -> list[Step]:
        done = self._generator.choice([self._adding, self._replacing, self._removing])
        *steps, closing = done(state)
        return [*steps, Step(Kind.IDLE), closing]

    def _growing(self, state: State) -> list[Step]:
        steps = [Step(Kind.OPEN), Step(Kind.ASK, MAIN, self._some(state, 1))]
        if self._generator.random() < 0.5:
            steps.append(Step(Kind.ADD, MAIN, self.new(8)))
        return [*steps, Step(Kind.GROW, MAIN), Step(Kind.CLOSE)]

    def _migrating(self, state: State) -> list[Step]:
        return [Step(Kind.MIGRATE), Step(Kind.ASK, MAIN, self._some(state, 3)), Step(Kind.CLOSE)]

    def _taking_in(self, state: State) -> list[Step]:
        return [Step(Kind.TAKE_IN, MESSAGES, self.new(12))]

    def _finishing(self, state: State) -> list[Step]:
        new = Step(Kind.TAKE_IN, MESSAGES, self.new(4))
        held = sorted({**state.get(MESSAGES, {}), **{story.number: 0 for story in new.stories}})
        done = self._generator.sample(held, self._generator.randint(1, len(held)))
        return [new, Step(Kind.FINISH, MESSAGES, tuple(map(Story, done)))]

    def _opening(self, state: State) -> list[Step]:
        """With the index in memory, or without: removing differs."""
        steps = [Step(Kind.OPEN)]
        if state.get(MAIN) and self._generator.random() < 0.5:
            steps.append(Step(Kind.ASK, MAIN, self._some(state, 1)))
        return steps

    def _some(self, state: State, most: int) -> tuple[Story, ...]:
        held = sorted(state.get(MAIN, {}).items())
        chosen = self._generator.sample(held, min(len(held), self._generator.randint(1, most)))
        return tuple(Story(number, version) for number, version in chosen)
