"""What the writer of a mail wrote, told from what they answered to and from their signature."""

from __future__ import annotations

import re

from index.formats.markup import Element, local_name

_WORD = re.compile(r"\w")
_LONGEST_SIGNATURE = 12
_LONGEST_ATTRIBUTION = 3
# "On Monday, 4 May 2026, Ann Lee wrote:" in any language: a date or an address, and a colon.
_ATTRIBUTION = re.compile(r"[\d@<].*[:：]\s*$", re.DOTALL)
_ORIGINAL = re.compile(r"\s*-{3,}\s*\w[\w ]{3,40}\w\s*-{3,}\s*|\s*_{20,}\s*")
_FIELD = re.compile(r"\s*\*?[^\W\d_][\w ]{1,20}:\*?\s")
_QUOTE_MARK = re.compile(r"> ?")
_SIGNATURE_CLASSES = frozenset({"gmail_signature", "moz-signature", "protonmail_signature_block"})
_QUOTE_CLASSES = frozenset(
    {"gmail_quote", "gmail_extra", "moz-cite-prefix", "yahoo_quoted", "protonmail_quote"}
)
_REPLY_IDS = frozenset({"divrplyfwdmsg", "appendonsend", "reply-intro"})


def unflowed(text: str) -> str:
    """Join the lines that a mail program broke, as it marked them (RFC 3676)."""
    lines: list[str] = []
    goes_on = False
    for line in text.split("\n"):
        line = line.removesuffix("\r")
        quoted = line.startswith(">")
        stuffed = line[1:] if line.startswith(" ") else line
        if goes_on and not quoted and stuffed != "-- ":
            lines[-1] += stuffed
        else:
            lines.append(stuffed)
        goes_on = not quoted and stuffed.endswith(" ") and stuffed != "-- "
    return "\n".join(lines)


def written(text: str, *, forwarded: bool = False) -> str:
    """Return a plain text without the mails quoted below it and without the signature.

    In a forwarded mail the quotation is what it was sent for, and stays, without its marks.
    """
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    lines = _unquoted(lines) if forwarded else _without_tail(_without_original(lines))
    return "\n".join(_without_signature(lines))


def quoted_elements(root: Element, *, forwarded: bool = False) -> frozenset[Element]:
    """Return the elements of a mail's page that are quoted mails or a signature."""
    found: set[Element] = set()
    for element in root.iterdescendants():
        classes = set(element.get("class", "").split())
        if classes & _SIGNATURE_CLASSES:
            found.add(element)
        if forwarded:
            continue
        if classes & _QUOTE_CLASSES or _is_cited(element):
            found.add(element)
        elif element.get("id", "").lower() in _REPLY_IDS:
            found.update({element, *element.itersiblings("*")})
    return frozenset(found)


def _is_cited(element: Element) -> bool:
    return local_name(element) == "blockquote" and element.get("type") == "cite"


def _unquoted(lines: list[str]) -> list[str]:
    seen = [line for line in lines if line.strip()]
    if sum(line.startswith(">") for line in seen) * 2 < len(seen):
        return lines
    return [_QUOTE_MARK.sub("", line, count=1) if line[:1] == ">" else line for line in lines]


def _without_original(lines: list[str]) -> list[str]:
    """Cut at a rule such as "-----Original Message-----" with fields below it."""
    for number, line in enumerate(lines):
        if _ORIGINAL.fullmatch(line) and any(map(_FIELD.match, lines[number + 1 : number + 3])):
            return lines[:number] if _has_words(lines[:number]) else lines
    return lines


def _without_tail(lines: list[str]) -> list[str]:
    """Cut the lines marked with ">" at the end, with the line that says who wrote them."""
    end = len(lines)
    while end and (not lines[end - 1].strip() or lines[end - 1].startswith(">")):
        end -= 1
    if not any(line.startswith(">") for line in lines[end:]):
        return lines
    begin = end
    while begin and lines[begin - 1].strip():
        begin -= 1
    # The attribution may stand right below the writer's own words.
    begin = begin if end - begin <= _LONGEST_ATTRIBUTION else end - 1
    if _ATTRIBUTION.search("\n".join(lines[begin:end])):
        end = begin
    return lines[:end] if _has_words(lines[:end]) else lines


def _without_signature(lines: list[str]) -> list[str]:
    for number in range(len(lines) - 1, 0, -1):
        if lines[number] in {"-- ", "--"}:
            short = len(lines) - number <= _LONGEST_SIGNATURE
            return lines[:number] if short and _has_words(lines[:number]) else lines
    return lines


def _has_words(lines: list[str]) -> bool:
    return any(map(_WORD.search, lines))
