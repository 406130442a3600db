"""What passes between the parser and its workers: a JSON header and bytes, behind their lengths.

Nothing that comes from a worker is believed: a document may have taken it over. A message has a
known kind, known fields and a bounded size, or it is none.
"""

from __future__ import annotations

import struct
from typing import IO, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from index.records import Document

MAX_HEADER = 1_000_000
"""Bytes."""

_LENGTHS = struct.Struct(">IQ")


class WireError(Exception):
    """What the other side says is no message."""


class GoneError(WireError):
    """The other side has gone."""


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


# To a worker


class Start(_Message):
    """The first message; its bytes are the settings as JSON."""

    kind: Literal["start"] = "start"


class ReadJob(_Message):
    """Read a document, whose bytes follow."""

    kind: Literal["read"] = "read"
    name: str
    address: str | None
    media_type: str | None
    charset: str | None


class FeedJob(_Message):
    """Find the articles that a feed tells of; its bytes follow."""

    kind: Literal["feed"] = "feed"
    address: str
    media_type: str | None


class HearJob(_Message):
    """Recognise the words of a recording, whose bytes follow."""

    kind: Literal["hear"] = "hear"


# From a worker


class Ready(_Message):
    """Started, its limits set."""

    kind: Literal["ready"] = "ready"


class Began(_Message):
    """The job has arrived; what happens from here on is the document's doing."""

    kind: Literal["began"] = "began"


class Step(_Message):
    """So many pages of so many are done."""

    kind: Literal["step"] = "step"
    done: int = Field(ge=0)
    total: int = Field(ge=0)


class ReadArticle(_Message):
    """An article, whose text follows."""

    kind: Literal["article"] = "article"
    title: str
    author: str | None
    site: str | None
    published: str | None
    source: str | None
    language: str | None
    format: str | None
    pages: tuple[int, ...]
    address: str | None


class Refusal(_Message):
    """There is no article in the document, or no word in the recording."""

    kind: Literal["refusal"] = "refusal"
    source: str
    error: str
    hint: str
    obstacle: str | None


class FoundEntry(_Message):
    """One of a feed's articles."""

    address: str
    title: str
    published: str | None


class FoundFeed(_Message):
    """What a feed tells of."""

    kind: Literal["found"] = "found"
    title: str
    entries: tuple[FoundEntry, ...]


class Heard(_Message):
    """The words of the recording follow."""

    kind: Literal["heard"] = "heard"


class Trouble(_Message):
    """The parser failed; the worker lives."""

    kind: Literal["trouble"] = "trouble"
    what: Literal["memory", "depth", "failure"]
    where: str = ""
    """For the log: the error's name and the line that raised it."""


class Done(_Message):
    """The last message of a job."""

    kind: Literal["done"] = "done"
    spent: bool
    """The worker should not be used again."""


Message = Annotated[
    Start
    | ReadJob
    | FeedJob
    | HearJob
    | Ready
    | Began
    | Step
    | ReadArticle
    | Refusal
    | FoundFeed
    | Heard
    | Trouble
    | Done,
    Field(discriminator="kind"),
]
_MESSAGES: TypeAdapter[Message] = TypeAdapter(Message)


def read_job(document: Document) -> ReadJob:
    """Return the job of reading a document; its bytes are sent beside it."""
    return ReadJob(
        name=sendable(document.name),
        address=None if document.address is None else sendable(document.address),
        media_type=None if document.media_type is None else sendable(document.media_type),
        charset=None if document.charset is None else sendable(document.charset),
    )


def feed_job(document: Document) -> FeedJob:
    """Return the job of reading a feed; its bytes are sent beside it."""
    return FeedJob(
        address=sendable(document.address or document.name),
        media_type=None if document.media_type is None else sendable(document.media_type),
    )


def sendable(text: str) -> str:
    """Return `text` without lone surrogates, which the names of files may hold."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def send(stream: IO[bytes], message: Message, body: bytes = b"") -> None:
    """Write a message. Raises GoneError when nobody reads any more."""
    header = message.model_dump_json().encode()
    try:
        for part in (_LENGTHS.pack(len(header), len(body)) + header, body):
            rest = memoryview(part)
            while rest:
                rest = rest[stream.write(rest) :]
    except (OSError, ValueError) as error:
        raise GoneError("nobody reads any more") from error


def receive(stream: IO[bytes], max_body: int) -> tuple[Message, bytes]:
    """Read a message. Raises GoneError at the stream's end, WireError for what is no message."""
    header_length, body_length = _LENGTHS.unpack(_exactly(stream, _LENGTHS.size))
    if header_length > MAX_HEADER or body_length > max_body:
        raise WireError("a message over the limit")
    try:
        message = _MESSAGES.validate_json(_exactly(stream, header_length))
    except ValidationError as error:
        raise WireError("no message") from error
    return message, _exactly(stream, body_length)


def _exactly(stream: IO[bytes], size: int) -> bytes:
    parts = bytearray()
    try:
        while len(parts) < size:
            part = stream.read(min(size - len(parts), 1 << 20))
            if not part:
                raise GoneError("the stream has ended")
            parts += part
    except (OSError, ValueError) as error:
        raise GoneError("the stream cannot be read") from error
    return bytes(parts)
