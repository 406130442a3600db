"""The demo: a throw-away library of sample articles, and a prompt to try it."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterable
from enum import Enum
from pathlib import Path

import typer

from bot import console, machine
from bot.commands.asking import print_answer
from bot.commands.opening import index_settings
from bot.fitting import one_line
from bot.options import Options
from bot.progress import Bar, waiting
from bot.reading import read_sources
from bot.samples import sample_questions, samples_folder
from index import (
    Archive,
    Article,
    CuttingsError,
    FailedSource,
    IndexSettings,
    Library,
    Parser,
    read_text,
)

LONGEST_QUESTION = 300
"""In characters; a longer text is an article."""
PROMPT = "> "
WELCOME = "Ask a question, paste an article or a link, or name a file. /help tells more."
HELP = """\
A short line is a question; it is answered with the exact words of the articles.
A pasted text of several lines, or a long one, is added as an article.
A link, or the name of a file or folder, is opened and added.
/articles  lists the articles
/help      shows this
/quit      ends, and so does Ctrl-D; the articles of the demo are then forgotten"""
GOODBYE = "Goodbye. To keep articles of your own: cuttings add FILE"


class Kind(Enum):
    """What a person may mean by what they entered."""

    NOTHING = "nothing"
    COMMAND = "command"
    LINK = "link"
    PATH = "path"
    ARTICLE = "article"
    QUESTION = "question"


def kind_of(entered: str, exists: Callable[[str], bool]) -> Kind:
    """What was meant by `entered`; `exists` says whether a file or folder has this name."""
    text = entered.strip()
    if not text:
        return Kind.NOTHING
    if "\n" in text or len(text) > LONGEST_QUESTION:
        return Kind.ARTICLE
    if exists(path_in(text)):
        return Kind.PATH
    if text.startswith("/") or text.lower() in ("quit", "exit"):
        return Kind.COMMAND
    if text.startswith(("http://", "https://")) and " " not in text:
        return Kind.LINK
    return Kind.QUESTION


def path_in(text: str) -> str:
    """The path in what a terminal makes of a dropped file: quoted, or spaces escaped."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        return text[1:-1]
    return text.replace("\\ ", " ")


class Conversation:
    """What the prompt does with each thing that is entered."""

    def __init__(self, library: Library, settings: IndexSettings, parser: Parser) -> None:
        self._library = library
        self._settings = settings
        self._parser = parser

    def run(self) -> None:
        """Read and answer until /quit or Ctrl-D."""
        from prompt_toolkit import PromptSession
        from prompt_toolkit.history import InMemoryHistory

        out = console.terminal()
        out.print(WELCOME)
        out.print(f"For example: {sample_questions()[0]}")
        prompt: PromptSession[str] = PromptSession(history=InMemoryHistory())
        while True:
            try:
                entered = prompt.prompt(PROMPT)
            except KeyboardInterrupt:
                continue  # as in a shell: Ctrl-C forgets the line
            except EOFError:
                break
            try:
                if not self.respond(entered):
                    break
            except CuttingsError as error:
                console.report(error)
            except KeyboardInterrupt:
                out.print("Stopped.")
        out.print(GOODBYE)

    def respond(self, entered: str) -> bool:
        """Do what was meant by `entered`; False ends the conversation."""
        out = console.terminal()
        kind = kind_of(entered, _exists)
        if kind is Kind.COMMAND:
            return self._command(entered.strip().lower())
        if kind in (Kind.LINK, Kind.PATH):
            name = path_in(entered) if kind is Kind.PATH else entered.strip()
            add(self._library, read_sources([name], self._settings, self._parser))
        elif kind is Kind.ARTICLE:
            add(self._library, [read_text(entered, self._settings)])
        elif kind is Kind.QUESTION:
            with waiting("Reading…"):
                answer = self._library.ask(entered.strip())
            print_answer(self._library, answer)
            out.print()
        return True

    def _command(self, name: str) -> bool:
        out = console.terminal()
        if name in ("/quit", "/exit", "quit", "exit"):
            return False
        if name == "/articles":
            out.print(console.articles_table(self._library.articles()))
        else:
            if name != "/help":
                out.print(f"There is no {one_line(name)}.")
            out.print(HELP)
        return True


def add(
    library: Library, sources: Iterable[Article | FailedSource], *, quiet: bool = False
) -> None:
    """Add articles and print a receipt for each."""
    out = console.terminal()
    signs = console.signs_of(out)
    with Bar(out, "Reading", shown=not quiet) as bar:
        for receipt in library.add(sources, progress=bar):
            if not quiet:
                out.print(console.receipt_line(receipt, signs))


def answer_samples(library: Library, *, json: bool) -> None:
    """Answer the sample questions, as the prompt would."""
    out = console.terminal()
    for question in sample_questions():
        answer = library.ask(question)
        if json:
            machine.print_object(machine.answer_object(answer))
            continue
        out.print()
        out.print(f"{PROMPT}{question}")
        print_answer(library, answer)


def run(options: Options) -> None:
    """Set up the throw-away library, then talk, or answer the samples where nobody types."""
    out = console.terminal()
    try:
        settings = index_settings(options)
        with (
            tempfile.TemporaryDirectory(prefix="cuttings-demo-") as folder,
            Archive(Path(folder), settings) as archive,
            Parser(settings) as parser,
        ):
            if not options.json:
                out.print("A throw-away library with sample articles. Loading the models…")
            library = archive.library_for_adding("demo")
            samples = read_sources([samples_folder()], settings, parser)
            add(library, samples, quiet=options.json)
            if sys.stdin.isatty() and not options.json:
                Conversation(library, settings, parser).run()
            else:
                answer_samples(library, json=options.json)
    except KeyboardInterrupt:
        console.terminal(stderr=True).print("\nStopped.")
        raise typer.Exit(130) from None


def _exists(name: str) -> bool:
    try:
        return Path(name).expanduser().exists()
    except (OSError, RuntimeError, ValueError):
        return False
