"""ask: the answer, its proof, and where it is from."""

from __future__ import annotations

from bot import console, machine
from bot.commands.opening import open_library
from bot.options import Options
from bot.progress import waiting
from index import Answer, Library, StoredArticle, UnknownArticleError


def ask(options: Options, question: str) -> None:
    """Answer `question` from the library; having no answer is no failure."""
    with open_library(options) as library:
        with waiting("Reading your articles…", shown=not options.json):
            answer = library.ask(question)
        if options.json:
            machine.print_object(machine.answer_object(answer))
        else:
            print_answer(library, answer)


def print_answer(library: Library, answer: Answer) -> None:
    """Print the answer, or why there is none."""
    out = console.terminal()
    if not answer.passages and not library.articles(limit=1):
        out.print(console.NO_ARTICLES)
        return
    for line in console.answer_lines(answer, _origin(library, answer), console.signs_of(out)):
        out.print(line)


def _origin(library: Library, answer: Answer) -> StoredArticle | None:
    proof = console.proof_of(answer)
    try:
        return library.article(proof.article) if proof else None
    except UnknownArticleError:  # removed by someone else in between
        return None
