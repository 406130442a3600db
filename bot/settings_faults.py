"""What is wrong with a configuration, told so that it can be mended at once (pure)."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from index import SettingsError

_LISTED = "config.example.toml lists every setting."
# What a value has to be, by pydantic's name for the fault; {…} is filled from its context.
_EXPECTED = {
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "float_parsing": "a number",
    "float_type": "a number",
    "greater_than": "more than {gt}",
    "greater_than_equal": "{ge} or more",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "less_than": "less than {lt}",
    "less_than_equal": "{le} or less",
    "literal_error": "{expected}",
    "model_attributes_type": "a table",
    "model_type": "a table",
    "path_type": "text in quotes",
    "string_too_short": "text of at least {min_length} character(s)",
    "string_type": "text in quotes",
}


def refuse_unknown_keys(
    values: Mapping[str, Any], tables: Mapping[str, Iterable[str]], path: Path, text: str
) -> None:
    """Raise SettingsError at the first table or key of the file that is not a setting."""
    for table, keys in values.items():
        if table not in tables:
            is_table = isinstance(keys, Mapping)
            name = f"[{table}]" if is_table else table
            place = _place(path, text, "" if not is_table else table, None if is_table else table)
            raise SettingsError(
                f"{name} in {place} is not {'a table of settings' if is_table else 'a setting'}.",
                _nearest_of_file(table, tables),
            )
        for key in keys if isinstance(keys, Mapping) else ():
            if key not in tables[table]:
                raise SettingsError(
                    f"{key} in {_place(path, text, table, key)} is not a setting of [{table}].",
                    _nearest(key, tables[table]),
                )


def refuse_unknown_variables(
    names: Iterable[str],
    tables: Mapping[str, Iterable[str]],
    prefix: str,
    others: Iterable[str],
) -> None:
    """Raise SettingsError at the first variable that names no setting; `others` are known too."""
    known = [_variable(prefix, table, key) for table, keys in tables.items() for key in keys]
    known += others
    for name in names:
        if name.upper() not in known:
            raise SettingsError(
                f"The environment variable {name} is not a setting.",
                _nearest(name.upper(), known),
            )


SECRET = frozenset({"token"})
"""Keys whose values are never shown."""


def bad_value(
    fault: Mapping[str, Any],
    names: Iterable[str],
    prefix: str,
    path: Path | None,
    text: str,
) -> SettingsError:
    """The error for a fault found by pydantic: the key, where it stands and what is expected."""
    table, key, *_ = (*map(str, fault["loc"]), "", "")
    expected = _EXPECTED.get(fault["type"])
    if expected:
        must = "It has to be " + expected.format(**fault.get("ctx", {})) + "."
    else:
        must = fault["msg"].removeprefix("Value error, ") + "."
    told = not isinstance(fault["input"], Mapping) and key not in SECRET
    shown = repr(fault["input"]) if told else "this value"
    variable = next((n for n in names if n.upper() == _variable(prefix, table, key)), None)
    if variable:
        return SettingsError(f"The environment variable {variable} cannot be {shown}. {must}")
    if path is None:
        return SettingsError(f"The settings of [{table}] cannot be used. {must}")
    if not key:
        where = f"[{table}] in {_place(path, text, table, None)}"
        shown = "used as it is" if isinstance(fault["input"], Mapping) else shown
        return SettingsError(f"{where} cannot be {shown}. {must}", _LISTED)
    return SettingsError(f"{key} in {_place(path, text, table, key)} cannot be {shown}. {must}")


def _variable(prefix: str, table: str, key: str) -> str:
    return f"{prefix}{table}__{key}".upper()


def _nearest(name: str, known: Iterable[str]) -> str:
    found = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f"Did you mean {found[0]}? {_LISTED}" if found else _LISTED


def _nearest_of_file(name: str, tables: Mapping[str, Iterable[str]]) -> str:
    for table, keys in tables.items():
        found = difflib.get_close_matches(name, list(keys), n=1, cutoff=0.8)
        if found:
            return f"Did you mean {found[0]} under [{table}]? {_LISTED}"
    nearest = difflib.get_close_matches(name, list(tables), n=1, cutoff=0.5)
    table = nearest[0] if nearest else next(iter(tables))
    return f"Did you mean [{table}]? {_LISTED}"


def _place(path: Path, text: str, table: str, key: str | None) -> str:
    line = _line(text, table, key)
    return f"{path}, line {line}," if line else f"{path}"


def _line(text: str, table: str, key: str | None) -> int | None:
    """The line where `key` of `table` is written (or the table itself), where that is plain."""
    current = ""
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[\s*['\"]?([^\]'\"]+?)['\"]?\s*\]", line)
        if header:
            current = header[1]
            if key is None and current == table:
                return number
            continue
        name = re.match(r"\s*([^=#]+?)\s*=", line)
        if name is None:
            continue
        written = name[1].replace('"', "").replace("'", "").replace(" ", "")
        dotted = f"{current}.{written}" if current else written
        if dotted == (f"{table}.{key}" if table and key else key or table):
            return number
    return None
