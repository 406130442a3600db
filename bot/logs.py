"""Log lines, key=value: never a message's text, the token or a traceback."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from types import TracebackType

TOKEN = re.compile(r"\d{3,}(?::|%3[Aa])[A-Za-z0-9_-]{20,}")
"""What a token looks like, also inside an address."""
QUIET = ("httpx", "httpcore", "uvicorn.access", "apscheduler", "urllib3", "filelock")
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
OURS = ("bot", "index")
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class LineFormatter(logging.Formatter):
    """One line a record: time, level, what happened, then its values.

    Only messages of our own are told: those of libraries can hold what a person wrote, so of
    them their name and the place are told. Of an error its type and where it was raised.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        time = self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z")
        if record.name.split(".")[0] in OURS or record.name == "__main__":
            what = record.getMessage()
        else:
            what = f"{record.name} {record.module}:{record.lineno}"
        parts = [time, record.levelname.lower(), what]
        parts += [
            f"{key}={_value(value)}" for key, value in vars(record).items() if key not in _STANDARD
        ]
        if record.exc_info and record.exc_info[1] is not None:
            parts.append(described(record.exc_info[1]))
        return TOKEN.sub("<token>", _BREAKS.sub(" ", " ".join(parts)))


def described(error: BaseException) -> str:
    """An error without its words, which may be a person's: its type, its cause's, its place."""
    names = [type(error).__name__]
    cause = error.__cause__
    while cause is not None and len(names) < 4:
        names.append(type(cause).__name__)
        cause = cause.__cause__
    return f"error={'<'.join(names)} at={_place(error.__traceback__)}"


def set_up_logging(level: int = logging.INFO) -> None:
    """Write log lines to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(LineFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in OURS:
        logging.getLogger(name).setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(True)


def _place(trace: TracebackType | None) -> str:
    frames = traceback.extract_tb(trace)
    ours = [frame for frame in frames if "/bot/" in frame.filename or "/index/" in frame.filename]
    if not frames:
        return "?"
    frame = (ours or frames)[-1]
    return f"{'/'.join(frame.filename.split('/')[-2:])}:{frame.lineno}"


def _value(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3f}"
    text = str(value)
    return f'"{text}"' if re.search(r"\s", text) else text
