"""Looks at the playground whose address stands in a log: is its page there, does the bot answer?"""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path

from bot.playground import PlaygroundClient

DEADLINE = time.monotonic() + 100


def address(log: Path) -> str:
    """The address that was printed."""
    while time.monotonic() < DEADLINE:
        if found := re.search(r"http://127\.0\.0\.1:\d+/", log.read_text("utf-8")):
            return found[0]
        time.sleep(0.5)
    raise SystemExit("No address was printed.")


with PlaygroundClient(address(Path(sys.argv[1]))) as client:
    ann = client.person("Ann")
    ann.sends("/start")
    print(ann.waits_for("Cuttings", timeout=60)["text"])
