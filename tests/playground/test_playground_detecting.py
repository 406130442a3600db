from __future__ import annotations

import pytest

from bot.playground import utf16
from bot.playground.detecting import detected
from bot.playground.formatting import formatted


def found(text: str) -> list[str]:
    return [f"{e.kind} {utf16.cut(text, e.offset, e.length)}" for e in detected(text)]


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("see https://example.org/a?b=1#c.", ["url https://example.org/a?b=1#c"]),
        ("(https://example.org/a_(b))", ["url https://example.org/a_(b)"]),
        ("example.org, then www.example.com/x", ["url example.org", "url www.example.com/x"]),
        ("http://127.0.0.1:8080/x and 10.0.0.1", ["url http://127.0.0.1:8080/x", "url 10.0.0.1"]),
        ("http://localhost/x", []),
        ("file.txt and e.g. this, 3.14 and v1.2.3", []),
        ("пример.рф/страница", ["url пример.рф/страница"]),
        ("write to ann@example.org!", ["email ann@example.org"]),
        ("@durov and a@b, @ab", ["mention @durov"]),
        ("@gif @abc", ["mention @gif"]),
        ("/start now", ["bot_command /start"]),
        ("/ask@cuttings_bot who", ["bot_command /ask@cuttings_bot"]),
        ("and/or 1/2 a /b//c", []),
        ("#news #12 #новости_дня", ["hashtag #news", "hashtag #новости_дня"]),
        ("$USD $usd 5$", ["cashtag $USD"]),
        ("😀 #a 😀 /b", ["hashtag #a", "bot_command /b"]),
        ("https://t.me/a/b /c", ["url https://t.me/a/b", "bot_command /c"]),
        ("", []),
    ],
)
def test_links_commands_names_and_tags_are_found(text: str, entities: list[str]) -> None:
    assert found(text) == entities


def test_nothing_is_found_in_code_or_in_links() -> None:
    text = formatted('<code>/a b.org</code> <a href="https://c.org">d.org</a> /e', "HTML")
    assert [entity.kind for entity in text.entities] == ["code", "text_link", "bot_command"]


def test_bold_around_a_found_link_is_cut_where_the_link_begins_and_ends() -> None:
    text = formatted("<b>see a.org now</b>", "HTML")
    places = [(entity.kind, entity.offset, entity.length) for entity in text.entities]
    assert places == [("bold", 0, 4), ("url", 4, 5), ("bold", 4, 5), ("bold", 10, 3)]
