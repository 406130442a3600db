"""A worker as its parser sees it: a process with a pipe to it and a pipe from it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO

from index.parsing.wire import Message, receive, send

# What finds Python, its libraries and a language's letters; the rest of an environment, where
# people keep tokens, stays here.
_PASSED_ON = frozenset(
    {
        "APPDATA",
        "DYLD_LIBRARY_PATH",
        "HOME",
        "LANG",
        "LANGUAGE",
        "LD_LIBRARY_PATH",
        "LOCALAPPDATA",
        "PATH",
        "PYTHONHOME",
        "PYTHONUTF8",
        "SYSTEMROOT",
        "TEMP",
        "TMP",
        "TMPDIR",
        "TZ",
        "USERPROFILE",
        "VIRTUAL_ENV",
        "WINDIR",
    }
)
_PATIENCE = 1.0
"""Seconds for a worker that is ending to have ended, before it is killed."""


class Worker:
    """A process that reads documents, used by one thread at a time; any thread may `kill` it."""

    def __init__(self, module: str) -> None:
        """Start the program `module`. Raises OSError when the system starts no more processes."""
        self.documents = 0
        """How many it was given."""
        self.deadline = float("inf")
        """When it is killed, by the monotonic clock."""
        self.overdue = False
        """It was killed at its deadline."""
        self._ending = threading.Lock()
        self._ended = False
        self._process = subprocess.Popen(  # noqa: S603 - our own program, no shell
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            cwd=Path(sys.executable).anchor,  # Python looks for modules there first
            env=_environment(),
            # A group of its own: Ctrl-C in the terminal is for the bot, which ends its workers.
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        assert self._process.stdin is not None and self._process.stdout is not None  # noqa: PT018
        self._jobs: IO[bytes] = self._process.stdin
        self._results: IO[bytes] = self._process.stdout

    def send(self, message: Message, body: bytes = b"") -> None:
        """Give it a message. Raises WireError when it has ended."""
        send(self._jobs, message, body)

    def receive(self, max_body: int) -> tuple[Message, bytes]:
        """Wait for its next message. Raises WireError when it has ended or says what is none."""
        return receive(self._results, max_body)

    def kill(self) -> None:
        """End the process, and with it what waits for its messages."""
        with self._ending:
            # Until it is waited for, the number is its own and nobody else's.
            if not self._ended and self._process.returncode is None:
                self._kill()

    def end(self, patiently: bool = False) -> int:
        """End the process, leaving nothing of it, and return its exit status.

        `patiently` is for one that is ending by itself: its status then says why.
        """
        with self._ending:
            if not self._ended:
                if patiently:
                    with suppress(subprocess.TimeoutExpired):
                        self._process.wait(_PATIENCE)
                if self._process.returncode is None:
                    self._kill()
                status = self._process.wait()
                self._ended = True
                self._jobs.close()
                self._results.close()
                return status
        return self._process.returncode

    def _kill(self) -> None:
        if sys.platform != "win32":
            # With all that it may have started.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()


def _environment() -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name.upper() in _PASSED_ON or name.startswith("LC_")
    }
    # The modules that this process has, but for those that lie where it happens to run.
    package = Path(__file__).resolve().parents[2]
    entries = [Path(entry).resolve() for entry in sys.path if entry]
    modules = [str(entry) for entry in entries if entry == package or entry != Path.cwd()]
    modules.append(str(package))
    # One document does not take every processor.
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {**kept, **threads, "PYTHONPATH": os.pathsep.join(modules), "PYTHONSAFEPATH": "1"}
