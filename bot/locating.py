"""Where in an article each message is that holds a part of it (pure)."""

from __future__ import annotations

from collections.abc import Sequence

from bot.store.records import Piece


def located(
    ids: Sequence[tuple[int, int]],
    joined: str,
    ranges: Sequence[tuple[int, int]],
    text: str,
    formats: Sequence[Sequence[tuple[str, int, int]]],
) -> tuple[Piece, ...]:
    """Where in the article's `text` each message is that was joined to `joined`.

    `ids` are chat and message. Reading takes away white space and what nobody can see, so the
    visible characters of both are followed side by side. Where they differ, as when a page's
    source was pasted, each message stands for no part in particular.
    """
    wanted = sorted(
        {
            offset
            for (start, end), entities in zip(ranges, formats, strict=True)
            for offset in (start, end, *(start + at for _, *both in entities for at in both))
        }
    )
    places = _followed(joined, text, wanted)
    if places is None:
        return tuple(Piece(chat, message, 0, 0, 0) for chat, message in ids)
    return tuple(
        Piece(
            chat,
            message,
            0,
            places[start],
            places[end],
            tuple(
                (kind, places[start + first], places[start + last])
                for kind, first, last in entities
            ),
        )
        for (chat, message), (start, end), entities in zip(ids, ranges, formats, strict=True)
    )


def _followed(joined: str, text: str, wanted: Sequence[int]) -> dict[int, int] | None:
    """Where each of the `wanted` offsets into `joined`, ascending, is in `text`."""
    places: dict[int, int] = {}
    at = 0
    remaining = iter([*wanted, None])
    next_wanted = next(remaining)
    for offset, character in enumerate(joined):
        visible = _visible(character)
        while visible and at < len(text) and not _visible(text[at]):
            at += 1
        while next_wanted == offset:
            places[offset] = at
            next_wanted = next(remaining)
        if not visible:
            continue
        if at >= len(text) or text[at] != character:
            return None
        at += 1
    while next_wanted is not None:
        places[next_wanted] = at
        next_wanted = next(remaining)
    return places


def _visible(character: str) -> bool:
    return not character.isspace() and character >= " " and character != "\ufeff"
