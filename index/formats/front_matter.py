"""What a Markdown file says about itself above its text, between two lines of dashes."""

from __future__ import annotations

import re

_FRONT_MATTER = re.compile(
    r"\A\s*---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_PAIR = re.compile(r"([A-Za-z][\w .-]*?)\s*:(?:\s+(.*)|$)")
_ITEM = re.compile(r"\s*-\s+(.*)")
# Lists, indented blocks and comments belong to the key above them.
_CONTINUATION = re.compile(r"[\s#\-\]]|$")
_NO_VALUE = frozenset({"|", ">", "|-", ">-", "null", "~"})
_KNOWN = frozenset(
    {"title", "author", "authors", "by", "date", "published", "pubdate"}
    | {"site", "publication", "publisher", "tags"}
)


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """Return the `key: value` lines at the top, keys in lower case, and the rest of the text.

    Only simple lines and lists are understood. Anything else between two rules is prose, and stays.
    """
    match = _FRONT_MATTER.match(text)
    if match is None:
        return {}, text
    about: dict[str, str] = {}
    key = ""
    for line in match[1].split("\n"):
        if pair := _PAIR.match(line):
            key = pair[1].lower()
            about[key] = _unquoted(pair[2] or "")
        elif not _CONTINUATION.match(line):
            return {}, text
        elif key and (item := _ITEM.match(line)):
            about[key] = ", ".join(filter(None, (about[key], _unquoted(item[1]))))
    if _KNOWN.isdisjoint(about):
        return {}, text
    return about, text[match.end() :]


def _unquoted(value: str) -> str:
    value = value.strip()
    if value[:1] == "[" and value[-1:] == "]":
        values = (part.strip().strip("\"'") for part in value[1:-1].split(","))
        return ", ".join(filter(None, values))
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return "" if value in _NO_VALUE else value
