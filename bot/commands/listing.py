"""articles, show and remove: what the library holds."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from bot import console, machine
from bot.commands.opening import library_name, open_library
from bot.fitting import shown, titled
from bot.options import Options


def articles(options: Options) -> None:
    """List all articles: a table on a terminal, tab-separated lines in a pipe."""
    with open_library(options) as library:
        found = library.articles()
    out = console.terminal()
    if options.json:
        objects = [machine.article_object(article) for article in found]
        machine.print_object({"library": library_name(options), "articles": objects})
    elif out.is_terminal and found:
        out.print(console.articles_table(found))
    elif found:
        for article in found:
            print(console.article_line(article))
    else:
        console.terminal(stderr=True).print(console.NO_ARTICLES)


def show(options: Options, article: int) -> None:
    """Print what is known of one article, and its text; piped, the text is printed exactly."""
    with open_library(options) as library:
        stored, text = library.article(article), library.text(article)
    if options.json:
        machine.print_object({**machine.article_object(stored), "text": text})
        return
    out = console.terminal()
    for line in console.article_head(stored):
        out.print(line)
    if out.is_terminal:
        out.print()
        out.print(shown(text))
    else:
        sys.stdout.write(f"\n{text}\n")


def remove(options: Options, articles: Sequence[int]) -> None:
    """Remove articles and say which they were."""
    with open_library(options) as library:
        removed = library.remove(articles)
    if options.json:
        objects = [machine.article_object(article) for article in removed]
        machine.print_object({"removed": objects})
        return
    out = console.terminal()
    signs = console.signs_of(out)
    for article in removed:
        out.print(f"Removed #{article.id} {titled(article.title, signs)}")
