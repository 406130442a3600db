"""The bot as a process of its own, as its owner starts it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from bot.playground import Playground

ROOT = Path(__file__).resolve().parents[2]


class BotProcess:
    """`cuttings run`, with a data folder and a log that outlive it."""

    def __init__(self, playground: Playground, folder: Path) -> None:
        self.data = folder / "data"
        self._log = folder / "log"
        self._environment = {
            **{name: value for name, value in os.environ.items() if "CUTTINGS" not in name},
            "PYTHONPATH": str(ROOT),
            "CUTTINGS_DATA": str(self.data),
            "CUTTINGS_BOT__TOKEN": playground.token,
            "CUTTINGS_BOT__API_URL": playground.url,
            "CUTTINGS_BOT__ACCESS": "everyone",
            "CUTTINGS_BOT__QUIET_SECONDS": "0.3",
            "CUTTINGS_BOT__COMMENT_SECONDS": "0.1",
        }
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def number(self) -> int:
        """The number that the system knows it by."""
        assert self._process is not None
        return self._process.pid

    @property
    def log(self) -> str:
        """All that it has printed and logged."""
        return self._log.read_text("utf-8")

    def start(self) -> None:
        """Start it, unless it runs."""
        if self._process is None:
            with self._log.open("ab") as log:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", "bot.cli", "run"],
                    env=self._environment,
                    cwd=self._folder,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                )

    def end(self, how: signal.Signals, seconds: float = 30) -> int:
        """Send it a signal and wait for its end; returns its exit status."""
        assert self._process is not None
        process, self._process = self._process, None
        process.send_signal(how)
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise

    def close(self) -> None:
        """End it if it still runs."""
        if self._process is not None:
            self.end(signal.SIGKILL)
