"""Voice messages as Telegram sends them, Opus in Ogg: questions that Flite has spoken."""

from __future__ import annotations

from pathlib import Path

VOICES = Path(__file__).parent / "voices"
QUESTIONS = {
    "how_much_was_the_grant": "How much money did the council grant for the lighthouse?",
    "when_did_the_ferry_stop": "When did the ferry across the river stop?",
    "who_designed_the_bridge": "Who designed the new bridge?",
}
"""What is said in them, by their names."""
SILENCE = "silence"


def voice(name: str) -> bytes:
    return (VOICES / f"{name}.ogg").read_bytes()
