"""The `cuttings` command: what can be asked for; the work is done in `bot.commands`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.options import ConfigOption, DataOption, JsonOption, LibraryOption, Options, command

app = typer.Typer(
    name="cuttings",
    help="Keeps your articles and answers questions with their exact words.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: no boxes in a pipe, and a third of the start-up time
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"cuttings {version('cuttings')}")
        raise typer.Exit


@app.callback()
def everywhere(
    context: typer.Context,
    config: ConfigOption = None,
    data: DataOption = None,
    library: LibraryOption = None,
    json: JsonOption = False,
    version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=_print_version, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    """Keep articles and answer questions with their exact words."""
    context.obj = Options(config=config, data=data, library=library, json=json)


@command(app)
def add(
    options: Options,
    sources: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE", help="Links, files, folders, or - for standard input."),
    ],
    entries: Annotated[
        int,
        typer.Option(min=0, metavar="N", help="Of a feed, add the latest N articles."),
    ] = 0,
) -> None:
    """Add articles: links, PDF, Word, OpenDocument, EPUB, web pages, mails, text ..."""
    from bot.commands import adding

    adding.add(options, sources, entries)


@command(app)
def ask(
    options: Options,
    question: Annotated[
        list[str], typer.Argument(metavar="QUESTION", help="The question, in quotes or not.")
    ],
) -> None:
    """Answer a question with the exact words of your articles."""
    from bot.commands import asking

    asking.ask(options, " ".join(question))


@command(app)
def articles(options: Options) -> None:
    """List the articles."""
    from bot.commands import listing

    listing.articles(options)


@command(app)
def show(
    options: Options,
    article: Annotated[int, typer.Argument(metavar="ID", help="The number that articles shows.")],
) -> None:
    """Show one article, whole."""
    from bot.commands import listing

    listing.show(options, article)


@command(app)
def remove(
    options: Options,
    articles: Annotated[
        list[int], typer.Argument(metavar="ID", help="The numbers that articles shows.")
    ],
) -> None:
    """Remove articles and everything kept of them."""
    from bot.commands import listing

    listing.remove(options, articles)


@command(app)
def export(
    options: Options,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it.")],
) -> None:
    """Write the whole library to a file of JSON Lines."""
    from bot.commands import transfer

    transfer.export(options, file)


@command(app)
def import_(
    options: Options,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="What export wrote, or result.json of Telegram.")
    ],
) -> None:
    """Add the articles of an exported file, or the posts of a chat that Telegram exported."""
    from bot.commands import transfer

    transfer.import_(options, file)


@command(app)
def check(options: Options) -> None:
    """Check that the library is whole, and tell the versions."""
    from bot.commands import upkeep

    upkeep.check(options)


@command(app)
def rebuild(options: Options) -> None:
    """Make what is searched, words and vectors, anew from what is stored."""
    from bot.commands import upkeep

    upkeep.rebuild(options)


@command(app)
def reencode(
    options: Options,
    every: Annotated[
        bool, typer.Option("--all", help="Every library that is of another encoder.")
    ] = False,
) -> None:
    """Encode a library anew with the configured encoder; it can be asked meanwhile."""
    from bot.commands import reencode as reencoding

    reencoding.reencode(options, every=every)


@command(app)
def backup(
    options: Options,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it.")],
    force: Annotated[bool, typer.Option("--force", help="Replace FILE if it is there.")] = False,
) -> None:
    """Write all libraries and the bot's records to a file; the bot may run meanwhile."""
    from bot.commands import backup as backups

    backups.backup(options, file, force=force)


@command(app)
def restore(
    options: Options,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What backup wrote.")],
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Move aside what is in the data folder."),
    ] = False,
) -> None:
    """Put a backup into the data folder; no bot may run on it."""
    from bot.commands import backup as backups

    backups.restore(options, file, replace=replace)


@command(app)
def run(
    options: Options,
    or_playground: Annotated[
        bool,
        typer.Option("--or-playground", help="Without a token, start the playground at once."),
    ] = False,
) -> None:
    """Run the Telegram bot."""
    from bot.commands import running

    running.run_bot(options, or_playground=or_playground)


@command(app)
def playground(
    options: Options,
    port: Annotated[
        int,
        typer.Option(metavar="PORT", min=0, max=65535, help="Where to serve it; 0 takes any."),
    ] = 8765,
    bot: Annotated[
        bool, typer.Option("--bot/--no-bot", help="Whether Cuttings itself runs in it.")
    ] = True,
) -> None:
    """Try the bot in a browser: a Telegram on your own machine."""
    from bot.commands import running

    running.playground(options, port=port, bot=bot)


@command(app)
def demo(options: Options) -> None:
    """Try it: a throw-away library with sample articles, and a prompt."""
    from bot import demo as demonstration

    demonstration.run(options)


def main() -> None:
    """Run the command and exit with its status."""
    for stream in (sys.stdout, sys.stderr):
        # A title must not end the program because the terminal lacks a letter.
        getattr(stream, "reconfigure", lambda **_: None)(errors="replace")
    app(prog_name="cuttings")


if __name__ == "__main__":
    main()
