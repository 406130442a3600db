"""Texts as hypothesis makes them: any language, any emoji, any white space, any length."""

from __future__ import annotations

from hypothesis import strategies as st

FRAGMENTS = [
    "The minister of Vessary called the mayor on Monday, 4 May.",
    "Dr. J. R. Brandt paid 100,000 crowns to the U.S. museum (founded in 1887).",
    "\u201cIt was broken,\u201d she said. \u2018Why?\u2019",
    "Who? Me! Yes...",
    "Он позвонил Сергею Лаврову.",
    "اتصل الوزير بنظيره الروسي.",
    "שר החוץ התקשר אתמול.",
    "国务卿昨天给外长打了电话。他说了什么？",
    "प्रधानमंत्री ने कल फोन किया।",
    "รัฐมนตรีโทรศัพท์เมื่อวานนี้",
    "Jose\u0301 said nai\u0308ve",
    "\u0301\u0301",
    "👩‍👩‍👧 👍🏽 ❤️ 🇫🇷",
    "J.\u2028",
    "A\u2028.",
    "\u2029",
    "\u00a0\u3000",
    "\n\n",
    "\n",
    " \t ",
    "x" * 5_000,
    "字" * 700,
    "a b " * 300,
    "no full stop " * 90,
    "Short one. " * 120,
    "A line that an old editor has wrapped at a fixed width, as\nall of them did when screens were"
    " eighty columns wide and\nnobody had thought of doing it in another way, so that it\n"
    "goes on and on without any end of a sentence at the end of\nits lines until it stops.",
]


def any_text() -> st.SearchStrategy[str]:
    """Real scripts, awkward white space and arbitrary characters, mixed."""
    arbitrary = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
    pieces = st.lists(st.sampled_from(FRAGMENTS) | arbitrary, max_size=14)
    separators = st.sampled_from(["", " ", "\n", "\n\n", "\u2028"])
    return st.builds(lambda parts, separator: separator.join(parts), pieces, separators)
