"""Signs of life on a terminal while work lasts."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from bot.console import terminal

PATIENCE_SECONDS = 0.7


class Bar:
    """A progress bar that appears once the work has lasted, on a terminal only, and then goes."""

    def __init__(
        self, console: Console, description: str, *, unit: str = "", shown: bool = True
    ) -> None:
        """With `unit`, a word for many of what is counted, it tells how many are done a second."""
        self.console = console
        self._lock = threading.Lock()
        self._over = not (shown and console.is_terminal)
        self._started = False
        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TaskProgressColumn(),
            *([_Speed(unit)] if unit else []),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._task = self._progress.add_task(description, total=None)
        self._timer = threading.Timer(PATIENCE_SECONDS, self._appear)
        self._timer.daemon = True

    def __call__(self, done: int, total: int) -> None:
        """Show that `done` of `total` are done."""
        self._progress.update(self._task, completed=done, total=total)

    def __enter__(self) -> Bar:
        if not self._over:
            self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        with self._lock:
            self._over = True
            if self._started:
                self._progress.stop()

    def _appear(self) -> None:
        with self._lock:
            if not self._over:
                self._progress.start()
                self._started = True


class _Speed(ProgressColumn):
    """How many are done a second, lately."""

    def __init__(self, unit: str) -> None:
        super().__init__()
        self._unit = unit

    def render(self, task: Task) -> Text:
        speed = task.speed
        return Text(f"{speed:,.0f} {self._unit}/s" if speed else "", style="progress.data.speed")


@contextmanager
def waiting(sentence: str, *, shown: bool = True) -> Iterator[None]:
    """Turn a spinner beside `sentence` on standard error, if it is a terminal."""
    console = terminal(stderr=True)
    if not (shown and console.is_terminal):
        yield
        return
    spinner = "line" if console.options.ascii_only else "dots"
    with console.status(sentence, spinner=spinner):
        yield
