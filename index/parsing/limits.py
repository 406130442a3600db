"""What a worker takes away from itself before it sees a document.

Where the system lacks one of these, the rest holds, and the parser's own clock ends the worker.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl
    import resource

_MEGABYTE = 1_000_000
_ADDRESSES = 4 << 30
"""Bytes of address space beside the memory: libraries map more than they use."""
_FILES = 64
_SPENT_SHARE = 0.6
_GRACE = 2.0
"""Seconds after which a worker ends itself that its parser has not ended in time."""


def restrict(megabytes: int) -> None:
    """Allow this process so much memory, few open files, and none to be written."""
    # Should the machine run out of memory, this is what the kernel should take.
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")
    if sys.platform == "win32":
        return
    # Those that end it must do so: who started us may have ignored or blocked them.
    endings = (signal.SIGALRM, signal.SIGXCPU)
    for ending in endings:
        signal.signal(ending, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, endings)
    memory = megabytes * _MEGABYTE
    for limit, most in (
        (resource.RLIMIT_DATA, memory),
        (resource.RLIMIT_AS, memory + _ADDRESSES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _FILES),
    ):
        # Not every system has every one of them, and what was lower before stays.
        with suppress(OSError, ValueError):
            resource.setrlimit(limit, (most, most))


def allow(seconds: float) -> None:
    """End this process after so much time, whatever it is doing; 0 is for ever.

    The signal's default action is the kernel's own: no Python has to run for it.
    """
    if sys.platform == "win32":
        return
    signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE if seconds else 0)
    used = time.process_time()
    processors = os.cpu_count() or 1
    most = int(used + (seconds + _GRACE) * processors) + 1 if seconds else resource.RLIM_INFINITY
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def end_with_parent(pipe: int, ends: bool) -> None:
    """Let the kernel end this process when the other end of its `pipe` closes, or no longer.

    While it waits for a document it sees that anyway; this is for the time it parses one, when
    it may be deep in a library and not come back. Nothing is sent to it meanwhile.
    """
    if sys.platform != "linux":
        return
    flags = fcntl.fcntl(pipe, fcntl.F_GETFL)
    if ends:
        fcntl.fcntl(pipe, fcntl.F_SETOWN, os.getpid())
        # No other signal ends a process that has stopped itself.
        fcntl.fcntl(pipe, fcntl.F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(pipe, fcntl.F_SETFL, flags | os.O_ASYNC)
    else:
        fcntl.fcntl(pipe, fcntl.F_SETFL, flags & ~os.O_ASYNC)


def is_spent(megabytes: int) -> bool:
    """Tell whether this process has kept so much memory that the next should start afresh."""
    try:
        # What RLIMIT_DATA counts, or nearly.
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[5])
    except (OSError, ValueError, IndexError):
        return False
    return pages * os.sysconf("SC_PAGE_SIZE") > megabytes * _MEGABYTE * _SPENT_SHARE
