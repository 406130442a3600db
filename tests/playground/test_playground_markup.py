from __future__ import annotations

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground import utf16
from bot.playground.entities import Entity
from bot.playground.formatting import formatted, quoted
from bot.playground.refusals import ApiError

EMOJI = "😀"


def read(text: str, mode: str = "HTML") -> tuple[str, list[str]]:
    """The text, and each entity as `kind offset+length`."""
    found = formatted(text, mode)
    return found.text, [f"{e.kind} {e.offset}+{e.length}" for e in found.entities]


def refusal(text: str, mode: str = "HTML") -> str:
    with pytest.raises(ApiError) as error:
        formatted(text, mode)
    assert error.value.code == 400
    prefix = "Bad Request: can't parse entities: "
    assert error.value.description.startswith(prefix)
    return error.value.description.removeprefix(prefix)


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>a</b> <strong>b</strong>", "a b", ["bold 0+1", "bold 2+1"]),
        ("<i>a</i> <em>b</em>", "a b", ["italic 0+1", "italic 2+1"]),
        ("<u>a</u> <ins>b</ins>", "a b", ["underline 0+1", "underline 2+1"]),
        ("<s>a</s> <del>b</del>", "a b", ["strikethrough 0+1", "strikethrough 2+1"]),
        ("<strike>a</strike>", "a", ["strikethrough 0+1"]),
        ("<tg-spoiler>a</tg-spoiler>", "a", ["spoiler 0+1"]),
        ('<span class="tg-spoiler">a</span>', "a", ["spoiler 0+1"]),
        ("<code>a</code>", "a", ["code 0+1"]),
        ("<pre>a\nb</pre>", "a\nb", ["pre 0+3"]),
        ("<blockquote>a</blockquote>", "a", ["blockquote 0+1"]),
        ("<blockquote expandable>a</blockquote>", "a", ["expandable_blockquote 0+1"]),
        ('<blockquote expandable="">a</blockquote>', "a", ["expandable_blockquote 0+1"]),
        ('<a href="https://example.org/x">a</a>', "a", ["text_link 0+1"]),
        ("<a href=example.org>a</a>", "a", ["text_link 0+1"]),
        ('<tg-emoji emoji-id="5">😀</tg-emoji>', EMOJI, ["custom_emoji 0+2"]),
        ('<tg-time unix="1700000000" format="wDT">then</tg-time>', "then", ["date_time 0+4"]),
        (f"{EMOJI}<b>a</b>", f"{EMOJI}a", ["bold 2+1"]),
        ("&lt;b&gt; &amp; &quot;&#65;&#x42;&#128512;", f'<b> & "AB{EMOJI}', []),
        ("&nbsp; &copy; &#0; &lt", "&nbsp; &copy; &#0; <", []),
        ("<b>a</>b", "ab", ["bold 0+1"]),
        ("<B\n>a</b >", "a", ["bold 0+1"]),
        ("<b></b>a<b> </b>", "a", []),
        ("  <b> a </b>  ", "a", ["bold 0+1"]),
        ("a<b> b</b>", "a b", ["bold 2+1"]),
        ("a\tb\r\nc", "a b\nc", []),
    ],
)
def test_html_becomes_text_and_entities(source: str, text: str, entities: list[str]) -> None:
    assert read(source) == (text, entities)


def test_links_languages_and_times_are_told() -> None:
    found = formatted(
        '<a href="Example.org?a=1&amp;b=2">x</a> <pre><code class="language-py">y</code></pre>'
        ' <code class="language-py">z</code> <tg-time unix="1700000000" format="r">t</tg-time>',
        "HTML",
    )
    assert [entity.view() for entity in found.entities] == [
        {"type": "text_link", "offset": 0, "length": 1, "url": "http://example.org/?a=1&b=2"},
        {"type": "pre", "offset": 2, "length": 1, "language": "py"},
        {"type": "code", "offset": 4, "length": 1},
        {
            "type": "date_time",
            "offset": 6,
            "length": 1,
            "unix_time": 1_700_000_000,
            "date_time_format": "r",
        },
    ]


def test_a_link_that_leads_nowhere_is_plain_text() -> None:
    assert read('<a href="http://localhost/x">a</a> <a href="">b</a>') == ("a b", [])


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("abc<foo>", 'Unsupported start tag "foo" at byte offset 3'),
        ("é😀<p>x</p>", 'Unsupported start tag "p" at byte offset 6'),
        ("a <!-- b -->", 'Unsupported start tag "!--" at byte offset 2'),
        ("1 < 2 and so on>", 'Unsupported start tag "" at byte offset 2'),
        ("1 <", "Unclosed start tag at byte offset 2"),
        ("a<b", "Unclosed start tag at byte offset 1"),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        (
            "<a href>x</a>",
            'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
        ),
        ('<a ="x">x</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=a/b>x</a>", "Unexpected end of name token at byte offset 8"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ('<tg-emoji emoji-id="x">a</tg-emoji>', "Invalid custom emoji identifier specified"),
        (
            "&#xd800;",
            "Text contains invalid Unicode characters after decoding HTML entities, check for"
            " unmatched surrogate code units",
        ),
    ],
)
def test_html_that_telegram_cannot_read_is_refused_in_its_words(source: str, reason: str) -> None:
    assert refusal(source) == reason


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("*a* _b_ __c__ ~d~", "a b c d", ["bold 0+1", "italic 2+1", "underline 4+1"]),
        ("||a|| `b`", "a b", ["spoiler 0+1", "code 2+1"]),
        ("```py\nx = 1```", "x = 1", ["pre 0+5"]),
        (r"1\.5 \*x\*", "1.5 *x*", []),
        ("[a](https://example.org/\\)x)", "a", ["text_link 0+1"]),
        (">a\n>b\nc", "a\nb\nc", ["blockquote 0+4"]),
        ("c\n>a\n>b||", "c\na\nb", ["expandable_blockquote 2+3"]),
        (">a\n**>b\n>c||", "a\nb\nc", ["blockquote 0+2", "expandable_blockquote 2+3"]),
        ("![😀](tg://emoji?id=5)", EMOJI, ["custom_emoji 0+2"]),
        ("*a _b_*", "a b", ["bold 0+2", "bold 2+1", "italic 2+1"]),
        ("*" + EMOJI + "*_a_", EMOJI + "a", ["bold 0+2", "italic 2+1"]),
    ],
)
def test_markdown_becomes_text_and_entities(source: str, text: str, entities: list[str]) -> None:
    found_text, found = read(source, "MarkdownV2")
    assert found_text == text
    assert found[: len(entities)] == entities


@pytest.mark.parametrize("char", ".!-#+=|{}()>]")
def test_markdown_wants_its_reserved_characters_escaped(char: str) -> None:
    reason = f"Character '{char}' is reserved and must be escaped with the preceding '\\'"
    assert refusal(f"a{char}b", "MarkdownV2") == reason


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("*a", "Can't find end of Bold entity at byte offset 0"),
        ("é _a", "Can't find end of Italic entity at byte offset 3"),
        ("*bold _italic\\_*", "Can't find end of Bold entity at byte offset 15"),
        ("```py\na", "Can't find end of PreCode entity at byte offset 0"),
        ("[a](b", "Can't find end of a URL at byte offset 4"),
        ("![a]", "Custom emoji entity must contain a tg://emoji URL"),
        (">*a\nb*", "Can't find end of Bold entity at byte offset 1"),
    ],
)
def test_markdown_that_does_not_end_is_refused(source: str, reason: str) -> None:
    assert refusal(source, "MarkdownV2") == reason


def test_the_first_markdown_is_read_too() -> None:
    assert read("*a* _b_ `c` \\*d", "Markdown") == (
        "a b c *d",
        ["bold 0+1", "italic 2+1", "code 4+1"],
    )
    reason = "Can't find end of the entity starting at byte offset 2"
    assert refusal("a *b", "Markdown") == reason


def test_touching_and_nested_styles_are_brought_into_one_form() -> None:
    assert read("<b>a</b><b>b</b>") == ("ab", ["bold 0+2"])
    assert read("<b>a<b>b</b></b>") == ("ab", ["bold 0+2"])
    assert read("<b>a<i>b</i>c</b>")[1] == ["bold 0+1", "bold 1+2", "italic 1+1"]
    assert read("<b>a<code>b</code>c</b>")[1] == ["bold 0+1", "code 1+1", "bold 2+1"]
    assert read("<blockquote>a<blockquote>b</blockquote></blockquote>")[1] == ["blockquote 0+2"]


def test_only_the_first_hundred_entities_are_kept_links_before_styles() -> None:
    bold = "".join(f"<b>{number}</b> " for number in range(150))
    text, entities = read(bold)
    assert len(text.split()) == 150
    assert len(entities) == 100
    assert entities[-1].startswith("bold")
    links = "".join(f'<b>x</b> <a href="https://a.org/{n}">y</a> ' for n in range(60))
    kinds = [entity.split()[0] for entity in read(links)[1]]
    assert (kinds.count("text_link"), kinds.count("bold")) == (60, 40)


def test_links_found_in_the_text_do_not_count_against_the_limit() -> None:
    bold = "".join(f"<b>{number}</b> " for number in range(100))
    assert read(f"{bold} example.org")[1][-1].startswith("url")


def test_a_quote_is_not_trimmed_and_keeps_only_what_quotes_keep() -> None:
    found = quoted(' a <b>b</b> <a href="https://a.org">c</a> ', "HTML")
    assert found.text == " a b c "
    assert found.entities == (Entity("bold", 3, 1),)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
@settings(max_examples=150, deadline=None)
def test_escaped_text_comes_back_as_it_was_but_for_what_telegram_removes(text: str) -> None:
    assert formatted(html.escape(text), "HTML") == formatted(text)


@given(
    st.text("ab \n😀é", max_size=40),
    st.lists(
        st.tuples(
            st.sampled_from(["bold", "italic", "code", "pre", "blockquote", "spoiler"]),
            st.integers(0, 40),
            st.integers(0, 40),
        ),
        max_size=8,
    ),
)
@settings(max_examples=300, deadline=None)
def test_any_entities_come_out_sorted_within_the_text_and_settled(
    text: str, wanted: list[tuple[str, int, int]]
) -> None:
    size = utf16.length(text)
    entities = [
        Entity(kind, min(start, size), max(0, min(start + length, size) - min(start, size)))
        for kind, start, length in wanted
    ]
    found = formatted(text, "", entities)
    places = [(entity.offset, -entity.length) for entity in found.entities]
    assert places == sorted(places)
    assert all(entity.length > 0 for entity in found.entities)
    assert all(entity.end <= utf16.length(found.text) for entity in found.entities)
    assert formatted(found.text, "", found.entities) == found
