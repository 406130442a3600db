"""A message of several parts, taken apart: mails, and pages saved in one file."""

from __future__ import annotations

import binascii
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message as ParsedMessage
from typing import TypeVar

from index.errors import DamagedSourceError
from index.formats.decode import decode

_BOUNDARY = re.compile(rb"\bboundary\s*=", re.IGNORECASE)
_MAX_BOUNDARIES = 100
"""Each is looked for in every line; a mail with more than a few is no mail."""
_MAX_PARTS = 1000
_LONGEST_HEADER = 4000

# What the standard library raises for parts that are broken in ways it does not expect.
_BROKEN = (
    AttributeError,
    IndexError,
    KeyError,
    LookupError,
    MessageError,
    TypeError,
    ValueError,
    binascii.Error,
)
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Part:
    """One of the texts or files of a message."""

    media_type: str
    data: bytes
    charset: str | None
    name: str
    """A file's name, or "" for a part of the text itself."""
    attached: bool
    location: str
    id: str
    flowed: bool
    """Its lines that end with a space go on in the next one."""

    def text(self) -> str:
        """Return the text of the part; raises BinarySourceError or EncodingError."""
        return decode(self.data, self.charset)


@dataclass(frozen=True, slots=True)
class Message:
    """The fields at the head of a message, by their names in lower case, and its parts."""

    fields: dict[str, str]
    media_type: str
    start: str
    """The id of the part that shows the others, where it is named."""
    parts: tuple[Part, ...]


def open_message(data: bytes) -> Message:
    """Take a message apart; raises DamagedSourceError for one that is made to be endless."""
    if len(_BOUNDARY.findall(data)) > _MAX_BOUNDARIES:
        raise _damaged()
    try:
        parsed = message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n"))
    except (RecursionError, *_BROKEN) as error:
        raise _damaged() from error
    fields: dict[str, str] = {}
    for name, value in parsed.raw_items():
        fields.setdefault(name.lower(), decoded_header(str(value)))
    start = _or(lambda: str(parsed.get_param("start") or ""), "")
    return Message(fields, parsed.get_content_type(), start, tuple(_parts(parsed)))


def decoded_header(raw: str) -> str:
    """Return a field's value as people read it, on one line."""
    raw = " ".join(raw[:_LONGEST_HEADER].split())
    # Bytes above ASCII are not allowed there, and are there all the same.
    try:
        raw = raw.encode("ascii", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:
        return raw
    try:
        pieces = decode_header(raw)
    except (HeaderParseError, ValueError):
        return raw
    return " ".join("".join(map(_piece, pieces)).split())


def _piece(piece: tuple[bytes | str, str | None]) -> str:
    value, charset = piece
    if isinstance(value, str):
        return value
    try:
        return value.decode(charset or "utf-8", "replace")
    except (LookupError, ValueError):
        return value.decode("latin-1")


def _parts(parsed: ParsedMessage) -> Iterator[Part]:
    waiting = [parsed]
    for _ in range(_MAX_PARTS):
        if not waiting:
            return
        message = waiting.pop()
        media_type = message.get_content_type()
        if not message.is_multipart():
            yield _part(message, media_type)
            continue
        inside = [part for part in message.get_payload() if isinstance(part, ParsedMessage)]
        if media_type != "message/rfc822":
            waiting += reversed(inside)
        elif inside and (data := _or(inside[0].as_bytes, b"")):
            # Sent along within another, it is a document like others.
            subject = decoded_header(str(inside[0].get("subject", ""))) or "mail"
            yield Part(media_type, data, None, f"{subject}.eml", True, "", "", False)


def _part(message: ParsedMessage, media_type: str) -> Part:
    for field in ("content-type", "content-disposition"):
        if len(str(message.get(field, ""))) > _LONGEST_HEADER:
            del message[field]
    name = decoded_header(_or(lambda: message.get_filename() or "", ""))
    attached = bool(name) or _or(message.get_content_disposition, None) == "attachment"
    flowed = _or(lambda: str(message.get_param("format") or ""), "").lower() == "flowed"
    charset = _or(message.get_content_charset, None)
    # Some versions of the standard library decode with it first, whatever it is.
    del message["content-type"]
    data: object = _or(lambda: message.get_payload(decode=True), None)
    return Part(
        media_type=media_type,
        data=data if isinstance(data, bytes) else b"",
        charset=charset,
        name=name,
        attached=attached,
        location=decoded_header(str(message.get("content-location", ""))),
        id=str(message.get("content-id", "")).strip(),
        flowed=flowed,
    )


def _or(get: Callable[[], _Value], otherwise: _Value) -> _Value:
    try:
        return get()
    except _BROKEN:
        return otherwise


def _damaged() -> DamagedSourceError:
    return DamagedSourceError(
        "The mail is damaged: its parts cannot be told.",
        hint="Save it once more, or paste its text.",
    )
