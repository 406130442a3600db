"""The four options every command takes, before or after its name, and where errors are told."""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Concatenate, ParamSpec, TypeVar

import typer

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        help="The configuration file. Also: CUTTINGS_CONFIG.",
    ),
]
DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="DIR",
        help="Where the libraries are kept. Also: CUTTINGS_DATA.",
    ),
]
LibraryOption = Annotated[
    str | None,
    typer.Option(
        "--library",
        metavar="NAME",
        help="Which library to use; it is called default if you name none.",
    ),
]
JsonOption = Annotated[
    bool,
    typer.Option("--json", help="Print JSON, for machines."),
]


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for on the command line, whichever side of the command it stood on."""

    config: Path | None = None
    data: Path | None = None
    library: str | None = None
    json: bool = False

    def overridden_by(self, after: Options) -> Options:
        """These options, with those that were given after the command's name in their place."""
        return Options(
            config=after.config or self.config,
            data=after.data or self.data,
            library=after.library if after.library is not None else self.library,
            json=after.json or self.json,
        )


def command(
    app: typer.Typer,
) -> Callable[
    [Callable[Concatenate[Options, Arguments], None]],
    Callable[Concatenate[Options, Arguments], None],
]:
    """Make a function a command of `app`; its first parameter takes the shared options."""

    def register(
        function: Callable[Concatenate[Options, Arguments], None],
    ) -> Callable[Concatenate[Options, Arguments], None]:
        def run(context: typer.Context, **arguments: Any) -> None:
            after = Options(**{name: arguments.pop(name) for name in _SHARED})
            options = context.obj.overridden_by(after)
            with reporting(options.json):
                function(options, **arguments)  # type: ignore[call-arg]

        # Typer reads the parameters from the signature, and the help from the docstring.
        _, *own = inspect.signature(function, eval_str=True).parameters.values()
        parameters = [_CONTEXT, *(_keyword(parameter) for parameter in own), *_SHARED.values()]
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        run.__doc__ = function.__doc__
        app.command(function.__name__.rstrip("_"))(run)
        return function

    return register


def _keyword(parameter: inspect.Parameter) -> inspect.Parameter:
    return parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)


def _option(name: str, annotation: Any, default: object) -> inspect.Parameter:
    kind = inspect.Parameter.KEYWORD_ONLY
    return inspect.Parameter(name, kind, default=default, annotation=annotation)


_CONTEXT = inspect.Parameter(
    "context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context
)
_SHARED = {
    "config": _option("config", ConfigOption, None),
    "data": _option("data", DataOption, None),
    "library": _option("library", LibraryOption, None),
    "json": _option("json", JsonOption, False),
}


@contextmanager
def reporting(json: bool) -> Iterator[None]:
    """Tell every error raised on purpose, here and nowhere else, and end with its status."""
    from index import CuttingsError

    try:
        yield
        sys.stdout.flush()
    except CuttingsError as error:
        from bot import console, machine

        if json:
            machine.print_object(machine.error_object(error))
        else:
            console.report(error)
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        from bot import console

        console.terminal(stderr=True).print(f"\n{console.STOPPED}")
        raise typer.Exit(130) from None
    except BrokenPipeError:
        # The reader has gone, as `head` does: what Python still holds goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(1) from None
