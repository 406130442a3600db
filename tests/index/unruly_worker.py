"""A worker whose documents are orders: what a document may make a parser do, at its worst."""

from __future__ import annotations

import os
import re
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from index.errors import RecognitionError
from index.formats.draft import Progress
from index.links.feeds import read_feed
from index.obstacles import Obstacle
from index.parsing import worker
from index.parsing.wire import Done, ReadArticle, Refusal, send
from index.records import Article, Document, FailedSource
from index.settings import IndexSettings

Orders = dict[str, Callable[[str, Progress], str]]


def results_pipe() -> int:
    """The pipe to the parser: what a document that has taken its parser over would find."""
    for number in range(3, 64):
        try:
            target = Path(f"/proc/self/fd/{number}").readlink()
        except OSError:
            continue
        flags = re.search(r"flags:\s*(\d+)", Path(f"/proc/self/fdinfo/{number}").read_text())
        assert flags
        if str(target).startswith("pipe:") and int(flags[1], 8) & os.O_WRONLY:
            return number
    raise AssertionError("no pipe")


def sleep(seconds: str, _: Progress) -> str:
    time.sleep(float(seconds))
    return "Slept well."


def spin(_: str, __: Progress) -> str:
    """Never returns, and lets no other thread run: as a regular expression may."""
    re.fullmatch(r"(a+)+b", "a" * 60)
    return "Impossible."


def recurse(text: str, progress: Progress) -> str:
    return recurse(text, progress) + text


def eat(megabytes: str, _: Progress) -> str:
    eaten = [b"\xff" * 1_000_000 for _ in range(int(megabytes))]
    return f"Ate {len(eaten)}."


def chatter(_: str, __: Progress) -> str:
    print("{" * 100_000, flush=True)
    os.write(1, b"\x00\x00\x00\x05" * 1000)
    os.system("echo from another program")
    return f"Read {sys.stdin.read()!r}."


def step(arguments: str, progress: Progress) -> str:
    """`steps seconds`: so many steps, so far apart."""
    steps, seconds = arguments.split()
    for number in range(int(steps)):
        time.sleep(float(seconds))
        progress(number + 1, int(steps))
    return "Every step done."


def keep(name: str, _: Progress) -> str:
    Path(name).write_text("kept", "utf-8")
    return "Kept."


def forged(field: str = "title", value: object = "Forged") -> ReadArticle:
    """An article with a false field."""
    names = ("title", "author", "site", "published", "source", "language", "format", "address")
    fields = {**dict.fromkeys(names), "title": "Forged", "pages": ()}
    return ReadArticle.model_validate({**fields, field: value})


def forge(what: str, _: Progress) -> str:
    """Say to the parser what no worker says."""
    with os.fdopen(os.dup(results_pipe()), "wb", 0) as pipe:
        if what == "noise":
            pipe.write(os.urandom(100_000))
        elif what == "length":
            pipe.write(b"\x00\x00\x00\x02\xff\xff\xff\xff\xff\xff\xff\xff{}")
        elif what == "header":
            pipe.write(b"\x7f\xff\xff\xff\x00\x00\x00\x00\x00\x00\x00\x00" + b"[" * 1_000_000)
        elif what == "nesting":
            pipe.write(b"\x00\x0f\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00" + b"[" * 0xF0000)
        elif what == "pickle":
            pipe.write(b"\x00\x00\x00\x10\x00\x00\x00\x00\x00\x00\x00\x00cos\nsystem\n(S''\n.")
        elif what == "pages":
            send(pipe, forged("pages", (5, 3)), b"Forged text.")
        elif what == "date":
            send(pipe, forged("published", "yesterday"), b"Forged text.")
        elif what == "format":
            send(pipe, forged("format", "hologram"), b"Forged text.")
        elif what == "bytes":
            send(pipe, forged(), b"Forged \xff text.")
        elif what == "unseen":
            send(pipe, forged(), b"Forged \x00 text.")
        elif what == "long":
            send(pipe, forged(), b"x" * 3_000_000)
        elif what == "obstacle":
            send(pipe, Refusal(source="", error="", hint="", obstacle="boredom"))
        elif what == "many":
            for _number in range(1000):
                send(pipe, forged(), b"x" * 1_000_000)
        elif what == "nothing":
            send(pipe, Done(spent=False))
    time.sleep(60)
    return "Forged."


def stop_itself(_: str, __: Progress) -> str:
    os.kill(os.getpid(), signal.SIGSTOP)
    return "Went on."


def die_later(seconds: str, _: Progress) -> str:
    threading.Timer(float(seconds), os._exit, (1,)).start()
    return "Not for long."


def start_another(_: str, __: Progress) -> str:
    child = os.fork()
    if not child:
        time.sleep(600)
    time.sleep(600)
    return "Impossible."


def fail(text: str, _: Progress) -> str:
    raise KeyError(text)


def connect(port: str, _: Progress) -> str:
    with socket.create_connection(("127.0.0.1", int(port)), 5):
        return "Connected."


def limits(_: str, __: Progress) -> str:
    names = ("DATA", "CORE", "FSIZE", "NOFILE")
    return " ".join(str(resource.getrlimit(getattr(resource, f"RLIMIT_{name}"))) for name in names)


def run(program: str, _: Progress) -> str:
    subprocess.run([program], check=True)
    return "Ran."


def kill(process: str, _: Progress) -> str:
    os.kill(int(process), signal.SIGKILL)
    return "Killed."


def remove(name: str, _: Progress) -> str:
    Path(name).unlink()
    return "Removed."


ORDERS: Orders = {
    "abort": lambda _, __: os.abort(),
    "chatter": chatter,
    "connect": connect,
    "die": lambda status, _: os._exit(int(status)),
    "die-later": die_later,
    "eat": eat,
    "environment": lambda _, __: "\n".join(f"{name}={os.environ[name]}" for name in os.environ),
    "fail": fail,
    "forge": forge,
    "keep": keep,
    "kill": kill,
    "leave": lambda _, __: sys.exit(3),
    "limits": limits,
    "number": lambda _, __: str(os.getpid()),
    "open": lambda name, _: Path(name).read_text(),
    "recurse": recurse,
    "remove": remove,
    "run": run,
    "score": lambda _, __: Path("/proc/self/oom_score_adj").read_text(),
    "sleep": sleep,
    "spin": spin,
    "start-another": start_another,
    "step": step,
    "stop-itself": stop_itself,
    "write": lambda length, _: "word " * int(length),
}


def read(
    document: Document, settings: IndexSettings, progress: Progress
) -> list[Article | FailedSource]:
    """Do as the document says."""
    order, _, argument = document.data.decode().partition(" ")
    if order == "refuse":
        return [FailedSource(document.name, "No.", "Never mind.", Obstacle.EMPTY)]
    if order == "say":
        return [Article(argument, document.name, source=document.address)]
    text = ORDERS[order](argument, progress).strip()
    return [Article(text, title=order)]


def hear(sound: bytes) -> str:
    """Do as the recording says."""
    order, _, argument = sound.decode().partition(" ")
    if order == "nothing":
        raise RecognitionError("Silence.", "Speak up.", Obstacle.NOTHING_HEARD)
    return ORDERS[order](argument, lambda _, __: None)


if __name__ == "__main__":
    worker.serve(worker.Skills(read, hear, read_feed))
