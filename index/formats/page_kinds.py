"""What stands in an article's place: a wall, a list, a film, or nothing.

A page is refused for what it says to its visitor. An article that writes about such pages says
it in quotation marks, in passing, or at length, and is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate, islice
from typing import Any

from index.formats.html_blocks import Block, blocks, count_words
from index.formats.html_facts import Facts
from index.formats.html_linked_data import is_reading, kinds
from index.formats.page_kinds_lists import is_list
from index.formats.page_kinds_walls import PAYWALL
from index.formats.page_kinds_words import CAPTCHAS, CHALLENGES, WALLS
from index.obstacles import Obstacle

_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*(?:\s|$)|[。！？؟।]")
_SENTENCE = re.compile(r"[^.!?…。！？؟।\n]+[.!?…。！？؟।]*")
_LETTER = re.compile(r"[^\W\d_]")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_QUOTED = re.compile(
    r"\"[^\"]{1,200}\"|“[^”]{1,200}”|„[^“”]{1,200}[“”]|«[^»]{1,200}»|「[^」]{1,200}」"
)
_TITLE_PARTS = re.compile(r"\s+[|–—·-]\s+")
_SPACE = re.compile(r"\s+")
_PROGRAM = re.compile(r"<script\b[^>]*\bsrc", re.IGNORECASE)
_SCRIPTED = re.compile(r"javascript", re.IGNORECASE)

_MIN_PROSE_LETTERS = 30
_LONG = 250
"""Words of prose: no wall says so much, so that only a list of teasers may."""
_TEASER = 130
"""Words of prose: fewer than these of an article that is not free are not the article."""
_SHORT = 60
_HARDLY = 45
_MIN_SHARE = 0.35
_MIN_SHARE_ALONE = 0.6
"""Of the words of a text: so many are in sentences of the kind that walls are made of. More of a
longer text where the means to pass the wall, such as a field for a password, are not seen."""
_MAX_NOTICE = 45
"""Words of a block that asks for a subscription."""
_MAX_SAID = 500
"""Characters of a sentence or a heading that are looked at."""
_MAX_BLOCKS = 400
"""Blocks in which a wall is looked for; it is no longer than that."""
_MAX_DESCRIPTION = 150
"""Words below a film or a recording; a transcript has more."""

_PLAYERS = (
    "count(//video | //audio | //iframe[@allowfullscreen or contains(@src, 'player')"
    " or contains(@src, 'embed')] | //*[contains(@class, 'video-player') or @data-ctrl-player])"
)
_PICTURES = "count(//img | //amp-img)"
_FIGURES = "count(//figure)"
_RECORDINGS = frozenset(
    {
        "VideoObject",
        "PodcastEpisode",
        "AudioObject",
        "ImageGallery",
        "TVEpisode",
        "Episode",
        "RadioEpisode",
        "Movie",
        "MusicRecording",
        "MusicAlbum",
        "BroadcastEvent",
        "Clip",
    }
)
_OFFER = re.compile(r"subscri|abonn|\babo\b|suscri|assin[ea]|подпис|prenumer|\bplan\b|订阅|購読")
_PRICE = re.compile(
    r"[€$£¥₽]\s?\d|\d[\d.,]*\s?(?:[€$£¥₽]|euro?s?\b|eur\b|zł|kr\b|руб|元|円)"
    r"|\d(?: \w+)? (?:a|per|im|par|al|pro|w) (?:week|month|year|monat|woche|mois|mes|mese)",
    re.IGNORECASE,
)
_ROOTS = (
    "boolean(//*[@id='root' or @id='app' or @id='__next' or @id='__nuxt' or @id='react-root'"
    " or @id='___gatsby' or @id='svelte' or @id='main-app' or self::app-root])"
)


def obstacle_of(tree: Any, facts: Facts, found: str, source: str) -> Obstacle | None:
    """Return why a page holds no article, or None where it does.

    `tree` is the page as lxml parsed it, `found` its main text with a line for each block,
    `source` its HTML.
    """
    prose = [line for line in found.split("\n") if is_prose(line)]
    words = sum(map(count_words, prose))
    typed = facts.type == "article" or any(map(is_reading, facts.nodes))
    if words >= _LONG and typed:
        return None
    seen = list(blocks(tree))
    if words < _LONG and (wall := _wall(tree, facts, seen, found, words, source)):
        return wall
    if words < _HARDLY and (wall := _wordless_wall(tree, seen, words, typed, source)):
        return wall
    if words < _MAX_DESCRIPTION and not typed and _is_recording(facts):
        return Obstacle.VIDEO
    if words < _SHORT and not typed and _is_offer(facts):
        return Obstacle.NO_ARTICLE
    if is_list(tree, facts, seen, found, words, typed):
        return Obstacle.LIST
    if words < 40 and _is_shown(tree, seen, count_words(found)):
        return Obstacle.VIDEO
    # An article may be a table; what calls itself none needs a sentence at least.
    if words or (typed and count_words(found) >= _SHORT):
        return None
    return Obstacle.SCRIPT if _is_empty_shell(tree, seen, source) else Obstacle.NO_ARTICLE


def is_prose(line: str) -> bool:
    """Tell a sentence from a menu entry, a headline or a row of a table."""
    return any(map(_is_sentence, line.split(" | ") if line.startswith("| ") else (line,)))


def _is_sentence(text: str) -> bool:
    if not _SENTENCE_END.search(text):
        return False
    # A Chinese, Japanese or Korean character says as much as three letters.
    letters = (3 if _WIDE.match(found[0]) else 1 for found in _LETTER.finditer(text))
    # As many as are needed: to find all of a long line in one go would stop every thread.
    return any(count >= _MIN_PROSE_LETTERS for count in accumulate(letters))


def _plain(text: str) -> str:
    return _SPACE.sub(" ", text[:_MAX_SAID]).replace("’", "'").casefold().strip()


def _wall(
    tree: Any, facts: Facts, seen: Sequence[Block], found: str, words: int, source: str
) -> Obstacle | None:
    main = _main(seen)
    titles = (facts.title or "", facts.full_title, *_TITLE_PARTS.split(facts.full_title))
    headings = set(map(_plain, titles))
    headings |= {
        _plain(block.text) for block in main if block.heading == 1 or (block.heading and not words)
    }
    said = found.split("\n")[:_MAX_BLOCKS]
    if words < 20:
        said += [block.text for block in main]
    sentences = [_plain(part) for text in said for part in _SENTENCE.findall(_unquoted(text))]
    total = sum(map(count_words, sentences))
    challenged = _is_challenge(main, words, source)
    for obstacle, cues in WALLS.items():
        if challenged and obstacle is Obstacle.BOT_CHECK:
            return obstacle
        named = any(map(cues.heading.fullmatch, headings))
        if not named and not any(map(cues.said.search, sentences)):
            continue
        if words < 20 or (named and total < _SHORT):
            return obstacle
        lenient = named or words < _SHORT or _has_means(obstacle, tree, seen, source)
        about = sum(
            count_words(sentence)
            for sentence in sentences
            if cues.said.search(sentence) or cues.about.search(sentence)
        )
        if about >= (_MIN_SHARE if lenient else _MIN_SHARE_ALONE) * total:
            return obstacle
    return Obstacle.PAYWALL if _is_stub(facts, main, words) else None


def _wordless_wall(
    tree: Any, seen: Sequence[Block], words: int, typed: bool, source: str
) -> Obstacle | None:
    """Tell a wall by its means where its words are not known."""
    main = _main(seen)
    # A form for messages may ask for the same proof, and has more to say.
    brief = sum(block.words for block in main) < _SHORT
    if brief and not typed and _has_means(Obstacle.BOT_CHECK, tree, seen, source):
        return Obstacle.BOT_CHECK
    if not typed and _has_means(Obstacle.LOGIN, tree, seen, source):
        return Obstacle.LOGIN
    about = WALLS[Obstacle.CONSENT].about
    if _has_means(Obstacle.CONSENT, tree, main, source) and any(
        block.heading and about.search(_plain(block.text)) for block in main
    ):
        return Obstacle.CONSENT
    offered = any(_OFFER.search(_plain(block.text)) for block in main)
    if typed and words and offered and any(_PRICE.search(block.text) for block in main):
        return Obstacle.PAYWALL
    return None


def _main(seen: Iterable[Block]) -> list[Block]:
    """Return the first blocks that are not beside the point."""
    main = (block for block in seen if not block.side and not block.unscripted)
    return list(islice(main, _MAX_BLOCKS))


def _unquoted(text: str) -> str:
    # What stands in quotation marks is what somebody else says.
    return _QUOTED.sub(" ", text) if count_words(text) >= 12 else text


def _has_means(obstacle: Obstacle, tree: Any, seen: Iterable[Block], source: str) -> bool:
    """Tell whether the page has what a visitor passes a wall with."""
    if obstacle is Obstacle.LOGIN:
        return bool(tree.xpath("boolean(//input[@type='password'])"))
    if obstacle is Obstacle.BOT_CHECK:
        return bool(CHALLENGES.search(source) or CAPTCHAS.search(source))
    if obstacle is Obstacle.CONSENT:
        return any(
            WALLS[obstacle].about.search(_plain(block.text))
            for block in seen
            if block.control or block.linked == 1.0
        )
    return False


def _is_challenge(main: Iterable[Block], words: int, source: str) -> bool:
    if words >= _SHORT or sum(block.words for block in main) >= _LONG:
        return False
    return bool(CHALLENGES.search(source) or (words < 20 and CAPTCHAS.search(source)))


def _is_stub(facts: Facts, main: Iterable[Block], words: int) -> bool:
    """Tell whether the page breaks off where it asks for a subscription."""
    unfree = any(
        str(node.get("isAccessibleForFree")).lower() == "false"
        for node in facts.nodes
        if is_reading(node)
    )
    if unfree and words < _TEASER:
        return True
    return any(
        PAYWALL.said.search(_plain(_unquoted(block.text)))
        for block in main
        if len(block.text) <= _MAX_SAID and block.words <= _MAX_NOTICE
    )


def _is_recording(facts: Facts) -> bool:
    """Tell whether the page calls itself a film, a programme or a gallery."""
    return (
        facts.type.startswith(("video", "music"))
        or any(name in facts.meta for name in ("og:video", "og:audio"))
        or any(not _RECORDINGS.isdisjoint(kinds(node)) for node in facts.nodes)
    )


def _is_offer(facts: Facts) -> bool:
    """Tell whether the page calls itself a thing for sale."""
    return facts.type == "product" or any("Product" in kinds(node) for node in facts.nodes)


def _is_shown(tree: Any, seen: Iterable[Block], words: int) -> bool:
    """Tell whether the page is there to be looked at or listened to."""
    if words < _SHORT and tree.xpath(_PLAYERS):
        return True
    said = sum(block.words for block in seen if not block.side)
    # With more words than that, it is the captions that they are in.
    pictures = tree.xpath(_PICTURES if words < _SHORT else _FIGURES)
    return bool(pictures >= max(4, said / 30)) and said < 4 * _SHORT


def _is_empty_shell(tree: Any, seen: Sequence[Block], source: str) -> bool:
    """Tell whether programs would have to fill the page."""
    said = sum(block.words for block in seen if not block.side and not block.unscripted)
    if said >= _SHORT:
        return False
    if any(block.unscripted and _SCRIPTED.search(block.text) for block in seen):
        return True
    return bool(tree.xpath(_ROOTS)) or (said < 10 and bool(_PROGRAM.search(source)))
