"""Which addresses of a message are opened."""

from __future__ import annotations

import pytest

from bot.addresses import beside, fingerprint, links_to_open

LONG = "https://example.org/news/clock?a=1"


@pytest.mark.parametrize(
    ("text", "known", "opened"),
    [
        (LONG, [LONG], [LONG]),
        (f"{LONG} {LONG}", [LONG, LONG], [LONG]),
        ("Read this", [LONG], [LONG]),
        (f"{LONG} from example.org", [LONG, "example.org"], [LONG]),
        ("I like example.org a lot", ["example.org"], []),
        ("example.org", ["example.org"], ["https://example.org"]),
        ("example.org, example.net.", ["example.org", "example.net"], None),
        ("www.example.org is good", ["www.example.org"], ["https://www.example.org"]),
        ("see example.org/a", ["example.org/a"], ["https://example.org/a"]),
        ("HTTP://Example.org/a", ["HTTP://Example.org/a"], ["HTTP://Example.org/a"]),
        ("Ann", ["tg://user?id=5"], []),
        ("write to mailto:ann@example.org", ["mailto:ann@example.org"], []),
        ("ftp://example.org/a", ["ftp://example.org/a"], []),
        ("file:///etc/passwd", ["file:///etc/passwd"], []),
        (f"Nobody marked ({LONG}).", [], [LONG]),
        ("No link at all", [], []),
    ],
)
def test_a_link_is_opened_and_a_name_within_a_sentence_is_not(
    text: str, known: list[str], opened: list[str] | None
) -> None:
    everything = [f"https://{name}" for name in known]
    assert links_to_open(text, known) == (everything if opened is None else opened)


def test_what_stands_beside_links_is_what_is_left_without_them() -> None:
    assert beside(f"Look: {LONG}/more and {LONG}", [LONG, f"{LONG}/more"]) == "Look:  and"


def test_a_fingerprint_tells_addresses_apart_and_is_not_the_address() -> None:
    assert fingerprint(LONG) == fingerprint(LONG)
    assert fingerprint(LONG) != fingerprint(f"{LONG}0")
    assert "example" not in fingerprint(LONG)
