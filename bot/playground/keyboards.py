"""The keyboards below messages, checked as Telegram does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.playground.limits import BUTTONS, CALLBACK_DATA_BYTES, COPIED_CHARACTERS
from bot.playground.links import checked_link, link_fault
from bot.playground.refusals import ApiError, bad_request
from bot.playground.values import Json

_QUERIES = (
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
)
_ELSEWHERE = ("web_app", "login_url", "pay", "callback_game")
"""Buttons for what there is not in the playground."""
_ACTIONS = ("url", "callback_data", "copy_text", *_QUERIES, *_ELSEWHERE)
_LOOKS = ("text", "style", "icon_custom_emoji_id")
_STYLES = ("danger", "success", "primary")
_KEYBOARD_FLAGS = ("is_persistent", "resize_keyboard", "one_time_keyboard", "selective")


def keyboard(raw: object) -> Json | None:
    """The keyboard that a bot sends; None if it sends an empty one."""
    if not isinstance(raw, dict):
        raise bad_request("object expected as reply markup")
    check_flags(raw, ("remove_keyboard", "force_reply", *_KEYBOARD_FLAGS))
    if "inline_keyboard" in raw:
        rows = _rows(raw, "inline_keyboard")
        checked = [[_button(button) for button in row] for row in rows if row]
        if sum(map(len, checked)) > BUTTONS:
            raise bad_request("reply markup is too long")
        return {"inline_keyboard": checked} if checked else None
    if "keyboard" in raw:
        keys = [[_key(key) for key in row] for row in _rows(raw, "keyboard") if row]
        return {**raw, "keyboard": keys} if keys else None
    return dict(raw) if raw.get("remove_keyboard") or raw.get("force_reply") else None


def inline_keyboard(raw: object) -> Json | None:
    """The same where only an inline keyboard may stand: in edits."""
    found = keyboard(raw)
    if found is not None and "inline_keyboard" not in found:
        raise bad_request("inline keyboard expected")
    return found


def check_flags(raw: Mapping[str, object], names: Sequence[str]) -> None:
    """ApiError if one of these fields is there and neither true nor false."""
    for name in names:
        if raw.get(name) is not None and not isinstance(raw[name], bool):
            raise bad_request(f'field "{name}" must be of type Boolean')


def _rows(raw: Mapping[str, Any], name: str) -> list[list[Any]]:
    rows = raw[name]
    if not isinstance(rows, list):
        raise bad_request(f'field "{name}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{name}" must be an Array of Arrays')
    return rows


def _button(raw: object) -> Json:
    """One inline button: a text and one action."""
    if not isinstance(raw, dict):
        raise _unparsed("expected an Object")
    if "text" not in raw:
        raise _unparsed('Can\'t find field "text"')
    if not isinstance(raw["text"], str):
        raise _unparsed('Field "text" must be of type String')
    if not raw["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if raw.get("style") is not None and raw["style"] not in _STYLES:
        raise _unparsed("invalid button style specified")
    actions = [name for name in _ACTIONS if raw.get(name) is not None and _is_told(name, raw)]
    if not actions:
        raise _unparsed("Text buttons are unallowed in the inline keyboard")
    looks = {name: raw[name] for name in _LOOKS if raw.get(name) is not None}
    return {**looks, actions[0]: _action(actions[0], raw[actions[0]])}


def _is_told(name: str, raw: Mapping[str, object]) -> bool:
    """An empty search is one; an empty link or datum is none."""
    return name in _QUERIES or raw[name] != ""


def _action(name: str, value: object) -> object:
    """What a button does."""
    if name in _ELSEWHERE:
        raise bad_request("BUTTON_TYPE_INVALID")
    if name == "copy_text":
        text = value.get("text") if isinstance(value, dict) else None
        if not isinstance(text, str) or not 1 <= len(text) <= COPIED_CHARACTERS:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
        return {"text": text}
    if name == "switch_inline_query_chosen_chat":
        return value
    if not isinstance(value, str):
        raise _unparsed(f'Field "{name}" must be of type String')
    if name == "callback_data":
        if len(value.encode("utf-8", "surrogatepass")) > CALLBACK_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    elif name == "url":
        link = checked_link(value)
        if link is None:
            raise bad_request(
                f"inline keyboard button URL '{value}' is invalid: {link_fault(value)}"
            )
        return link
    return value


def _key(raw: object) -> Json:
    """One key of a reply keyboard."""
    if isinstance(raw, str):
        raw = {"text": raw}
    if not isinstance(raw, dict) or not isinstance(raw.get("text"), str):
        raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    if not raw["text"].strip():
        raise bad_request("keyboard button text must be non-empty")
    return dict(raw)


def _unparsed(reason: str) -> ApiError:
    return bad_request(f"can't parse inline keyboard button: {reason}")
