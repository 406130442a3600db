"""What a worker that was taken over by a document cannot do on Linux: Landlock, from within.

It reads no file but those of Python and its libraries, so neither the bot's settings nor its
articles; it writes, makes and removes none, starts no program, opens no TCP connection and sends
no other process a signal. A kernel without Landlock, or with an early one, gives less or none of
it; https://docs.kernel.org/userspace-api/landlock.html has the numbers.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from contextlib import suppress
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
"""The same on every architecture."""
_VERSION, _PATH_BENEATH = 1, 1
_NO_NEW_PRIVILEGES = 38

_WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 1, 1 << 2, 1 << 3
_FILE_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1}
"""All there are, by version: to read, write, run, make and remove files and folders."""
_TCP = 0b11
_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11

_SYSTEM = ("/usr", "/lib", "/lib32", "/lib64", "/etc", "/proc", "/sys", "/dev")


def confine() -> bool:
    """Take these rights away from this process for good; return whether the system can."""
    if sys.platform != "linux":
        return False
    try:
        system = ctypes.CDLL(None, use_errno=True)
        call, control = system.syscall, system.prctl
    except (AttributeError, OSError):
        return False
    call.restype = ctypes.c_long
    version = int(call(_CREATE_RULESET, None, ctypes.c_size_t(0), _VERSION))
    if version < 1:
        return False
    handled = [_FILE_RIGHTS[min(version, 3)]]
    if version >= 4:
        handled.append(_TCP)
    if version >= 6:
        handled.append(_ABSTRACT_SOCKETS_AND_SIGNALS)
    attributes = struct.pack(f"={len(handled)}Q", *handled)
    rules = int(call(_CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), 0))
    if rules < 0:
        return False
    try:
        allowed = [(path, _READ_FILE | _READ_DIR) for path in _readable()]
        for path, rights in [*allowed, (Path(os.devnull), _READ_FILE | _WRITE_FILE)]:
            with suppress(OSError):
                folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
                try:
                    rights &= ~0 if path.is_dir() else ~_READ_DIR
                    rule = struct.pack("=Qi", rights, folder)
                    call(_ADD_RULE, rules, _PATH_BENEATH, rule, 0)
                finally:
                    os.close(folder)
        control(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        return int(call(_RESTRICT_SELF, rules, 0)) == 0
    finally:
        os.close(rules)


def _readable() -> set[Path]:
    """Return where Python, its libraries and this package lie, and the system's own."""
    package = Path(__file__).resolve().parents[1]
    places = (*sys.path, sys.prefix, sys.base_prefix)
    found = {Path(place).resolve() for place in places if place}
    found = {path for path in found if path != Path(path.anchor)}
    if package.parent.name not in ("site-packages", "dist-packages"):
        # Run from its source: people keep their settings and articles beside it.
        found -= {package.parent}
    return {*found, package, *map(Path, _SYSTEM)}
