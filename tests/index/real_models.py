"""The packaged models, loaded once for all tests, and processes without a network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from index.encoder import SentenceEncoder
from index.reader import PackagedReader
from index.settings import IndexSettings


@cache
def encoder() -> SentenceEncoder:
    return SentenceEncoder(IndexSettings())


@cache
def reader() -> PackagedReader:
    return PackagedReader()


# Any attempt to reach the network ends the process. HOME holds no earlier download.
OFFLINE = """
import json, os, socket, sys, traceback
def refuse(*arguments, **more):
    traceback.print_stack()
    print("NETWORK", flush=True)
    os._exit(9)
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
from index.encoder import SentenceEncoder
from index.errors import ModelError
from index.models import make_reader
from index.records import Candidate
from index.settings import IndexSettings
settings = json.loads(sys.argv[1])
try:
    {script}
except ModelError as error:
    assert "download_models" in error.hint
    print("ModelError")
"""


def without_network(script: str, settings: Mapping[str, object], home: Path) -> list[str]:
    """The words that a line of Python prints in a process that must not use the network."""
    environment = {
        "HOME": str(home),
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
    }
    finished = subprocess.run(
        [sys.executable, "-c", OFFLINE.replace("{script}", script), json.dumps(settings)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert finished.stdout, finished.stderr
    return finished.stdout.split()
