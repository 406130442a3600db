"""Rich messages: every word of every block, as plain text."""

from __future__ import annotations

import json
import re
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rich_messages import MAX_BLOCKS, MAX_CHARACTERS, MAX_DEPTH, flatten

ARTICLE: dict[str, Any] = {
    "blocks": [
        {"type": "heading", "text": "The ferry returns", "size": 1},
        {"type": "anchor", "name": "top"},
        {
            "type": "paragraph",
            "text": [
                "Captain ",
                {"type": "bold", "text": ["Teodora ", {"type": "italic", "text": "Vint"}]},
                " sails again",
                {"type": "custom_emoji", "custom_emoji_id": "5", "alternative_text": "⛴"},
                ", says ",
                {"type": "url", "text": "the trust", "url": "https://trust.example"},
                ".",
            ],
        },
        {"type": "divider"},
        {"type": "pre", "text": "6:00  out\n\n  18:30 back", "language": "text"},
        {
            "type": "list",
            "items": [
                {"label": "1.", "blocks": [{"type": "paragraph", "text": "Cake"}]},
                {
                    "label": "2.",
                    "blocks": [
                        {"type": "paragraph", "text": "Tickets"},
                        {
                            "type": "list",
                            "items": [
                                {"label": "•", "blocks": [{"type": "paragraph", "text": "46"}]},
                                {"label": "•", "blocks": [{"type": "paragraph", "text": "free"}]},
                            ],
                        },
                    ],
                },
            ],
        },
        {
            "type": "blockquote",
            "blocks": [
                {"type": "paragraph", "text": "It floats."},
                {"type": "paragraph", "text": "So far."},
            ],
            "credit": "T. Vint",
        },
        {
            "type": "table",
            "cells": [
                [{"text": "Day", "is_header": True}, {"text": "Crowns", "is_header": True}],
                [{"text": "Monday"}, {"text": ["4", {"type": "bold", "text": "6"}]}],
                [{"text": "Sunday"}, {"align": "left"}],
            ],
            "caption": "Prices",
        },
        {
            "type": "details",
            "summary": "Small print",
            "blocks": [{"type": "paragraph", "text": "No bees."}],
            "is_open": False,
        },
        {
            "type": "photo",
            "photo": [{"file_id": "a", "width": 1}, {"file_id": "b", "width": 2}],
            "caption": {"text": "The pier", "credit": "Ann"},
        },
        {
            "type": "slideshow",
            "blocks": [{"type": "photo", "photo": [], "caption": {"text": "Rope"}}],
            "caption": {"text": "On board"},
        },
        {"type": "mathematical_expression", "expression": "46 = 2 * 23"},
        {"type": "footer", "text": "4 May"},
    ],
    "is_rtl": False,
}
TEXT = """The ferry returns

Captain Teodora Vint sails again⛴, says the trust.

6:00  out

  18:30 back

1. Cake
2. Tickets
   - 46
   - free

It floats.

So far.

— T. Vint

Day | Crowns
Monday | 46
Sunday |

Prices

Small print

No bees.

The pier

— Ann

Rope

On board

46 = 2 * 23

4 May"""


def test_every_kind_of_block_is_read() -> None:
    lines = [line.rstrip() for line in flatten(ARTICLE).split("\n")]
    assert "\n".join(lines) == TEXT


def test_a_message_is_read_as_the_telegram_library_hands_it_over() -> None:
    assert flatten(MappingProxyType(ARTICLE)) == flatten(ARTICLE)
    frozen = {"blocks": tuple(MappingProxyType(block) for block in ARTICLE["blocks"])}
    assert flatten(frozen) == flatten(ARTICLE)


@pytest.mark.parametrize(
    ("item", "line"),
    [
        ({"label": "iv.", "blocks": [{"text": "Four"}]}, "iv. Four"),
        ({"label": "b", "blocks": [{"text": "Two"}]}, "b. Two"),
        ({"label": "(1)", "blocks": [{"text": "One"}]}, "(1) One"),
        ({"label": "", "value": 7, "type": "1", "blocks": [{"text": "Seven"}]}, "7. Seven"),
        ({"label": "–", "blocks": [{"text": "Dash"}]}, "- Dash"),
        ({"has_checkbox": True, "is_checked": True, "blocks": [{"text": "Done"}]}, "- [x] Done"),
        ({"has_checkbox": True, "label": "•", "blocks": [{"text": "Open"}]}, "- [ ] Open"),
        ({"text": "Without blocks"}, "- Without blocks"),
        ("Bare", "- Bare"),
        ({"blocks": [{"text": "First"}, {"text": "Second"}]}, "- First\n  Second"),
    ],
)
def test_an_item_begins_with_its_label(item: object, line: str) -> None:
    assert flatten({"blocks": [{"type": "list", "items": [item]}]}) == line


def test_items_without_words_leave_no_line() -> None:
    items = [{"label": "1.", "blocks": []}, {"label": "2.", "blocks": [{"text": "Two"}]}]
    assert flatten({"blocks": [{"type": "list", "items": items}]}) == "2. Two"


def test_kinds_that_come_later_still_give_their_words() -> None:
    message = {
        "blocks": [
            {"type": "section_heading", "text": "Heading"},
            {"type": "aside", "children": [{"type": "paragraph", "text": {"children": ["In"]}}]},
            {"type": "panel", "body": {"type": "paragraph", "text": "Body"}},
            {"type": "tabs", "tabs": [{"panel": {"text": "One"}}, {"panel": {"text": "Two"}}]},
            {"type": "grid", "rows": [{"cells": ["a", {"blocks": [{"text": "b"}]}]}]},
            "Bare words",
        ]
    }
    assert flatten(message) == "Heading\n\nIn\n\nBody\n\nOne\n\nTwo\n\na | b\n\nBare words"


def test_what_is_no_text_is_no_text() -> None:
    blocks = [
        {"type": "map", "location": {"latitude": 1.0, "longitude": 2.0}, "zoom": 3},
        {"type": "anchor", "name": "secret-anchor"},
        {"type": "video", "video": {"file_id": "abc", "mime_type": "video/mp4"}},
        {"type": "paragraph", "text": {"type": "anchor", "name": "another"}},
        {"type": "divider"},
        {"type": "paragraph", "text": None},
        None,
        7,
    ]
    assert flatten({"blocks": blocks}) == ""


@pytest.mark.parametrize("message", [{}, {"blocks": []}, {"blocks": None}, {"blocks": "text"}])
def test_a_message_without_blocks_has_no_text(message: dict[str, Any]) -> None:
    assert flatten(message) == ""


def test_as_much_is_read_as_telegram_allows() -> None:
    paragraph = {"type": "paragraph", "text": "x" * 100}
    full = [paragraph] * (MAX_CHARACTERS // 100)
    assert flatten({"blocks": full}).count("x") == MAX_CHARACTERS // 100 * 100
    assert flatten({"blocks": [{"text": "y" * (MAX_CHARACTERS + 5)}]}) == "y" * MAX_CHARACTERS

    items = [{"label": "•", "blocks": [{"text": "z"}]}] * (MAX_BLOCKS - 1)
    assert flatten({"blocks": [{"items": items}]}).count("z") == MAX_BLOCKS - 1
    assert flatten({"blocks": [{"text": "z"}] * (MAX_BLOCKS + 9)}).count("z") == MAX_BLOCKS


def nested(block: dict[str, Any], levels: int) -> dict[str, Any]:
    for level in range(levels, 0, -1):
        block = {"type": "blockquote", "blocks": [{"text": str(level)}, block]}
    return block


def test_blocks_are_read_as_deep_as_telegram_nests_them() -> None:
    deepest = nested({"type": "paragraph", "text": "deepest"}, MAX_DEPTH - 1)
    assert flatten({"blocks": [deepest]}).endswith("deepest")
    too_deep = nested({"type": "paragraph", "text": "deepest"}, MAX_DEPTH)
    assert flatten({"blocks": [too_deep]}).split("\n\n") == [str(i) for i in range(1, MAX_DEPTH)]


def test_endless_nesting_is_cut_off() -> None:
    text: Any = "inside"
    block: Any = {"text": "inside"}
    for _ in range(20_000):
        text = {"type": "bold", "text": [text]}
        block = {"type": "list", "items": [{"blocks": [block]}], "caption": {"caption": block}}
    assert flatten({"blocks": [{"text": "before"}, {"text": text}]}) == "before"
    assert flatten({"blocks": [{"text": "before"}, {"unknown": {"unknown": block}}]}) == "before"
    lists: Any = "inside"
    for _ in range(20_000):
        lists = [lists]
    assert flatten({"blocks": [{"text": lists}, {"text": "after"}]}) == "after"


NAMES = [
    "type", "text", "blocks", "items", "cells", "rows", "caption", "credit", "summary", "label",
    "value", "has_checkbox", "expression", "alternative_text", "children", "title", "else",
]  # fmt: skip
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5)
        | st.tuples(inner, inner)
    ),
    max_leaves=40,
)


@settings(deadline=None)
@given(ANYTHING)
def test_any_shape_is_read_without_an_error(value: Any) -> None:
    text = flatten({"blocks": [value, {"text": "the end"}]})
    assert text.endswith("the end")
    assert not text.startswith("\n")


# Words that touch one another in a line are still told apart by their length.
WORDS = st.from_regex(r"[A-Z]{6}", fullmatch=True)
SPANS = st.recursive(
    WORDS,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.builds(lambda kind, text: {"type": kind, "text": text}, st.just("bold"), inner)
    ),
    max_leaves=4,
)
BLOCKS = st.recursive(
    st.builds(lambda text: {"type": "paragraph", "text": text}, SPANS),
    lambda inner: (
        st.builds(lambda b, c: {"type": "q", "blocks": b, "credit": c}, st.lists(inner), SPANS)
        | st.builds(lambda s, b: {"type": "d", "summary": s, "blocks": b}, SPANS, st.lists(inner))
        | st.builds(
            lambda b: {"type": "list", "items": [{"label": "•", "blocks": b}]}, st.lists(inner)
        )
        | st.builds(lambda t: {"type": "table", "cells": [[{"text": t}, {"text": t}]]}, SPANS)
        | st.builds(lambda t: {"type": "photo", "caption": {"text": t, "credit": t}}, SPANS)
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(st.lists(BLOCKS, max_size=5))
def test_no_word_of_a_message_is_lost(blocks: list[Any]) -> None:
    words = re.findall("[A-Z]{6}", json.dumps(blocks))
    text = flatten({"blocks": blocks})
    assert sorted(re.findall("[A-Z]{6}", text)) == sorted(words)
