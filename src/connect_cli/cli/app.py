"""The application: the global options, and the one place where errors become output."""

import os
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.exceptions import Abort, TyperException

from connect_cli import __version__, interrupts
from connect_cli.cli.commands import LazyCommands
from connect_cli.environment import completing_shell
from connect_cli.errors import (
    ConnectError,
    DamageMet,
    ExitCode,
    JournalTrouble,
    NoSuchPerson,
    NotUnderstood,
    as_typed,
    in_an_empty_journal,
    name_journal,
    shell_word,
)
from connect_cli.render.safe import clean
from connect_cli.session import Session
from connect_cli.store.read_values import MISREAD
from connect_cli.terminal.output import clean_terminals, tell_error

EACH_DAY = "Each day"
PEOPLE = "People"
MEMORY = "Memory"
LOOKING = "Looking back"
PLANNING = "Planning"
KEEPING = "Keeping"
GROUPS = {
    "day": EACH_DAY,
    "people": PEOPLE,
    "memory": MEMORY,
    "looking": LOOKING,
    "planning": PLANNING,
    "keeping": KEEPING,
}
"""Each group of commands: the word for it, and its heading."""


MOST_WORDS = 4
"""Words of a name; what is longer is a sentence."""


class Commands(TyperGroup):
    """All commands. Whatever one of them raises ends here, as one line and an exit code."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.shelf = LazyCommands(app)
        self.commands = self.shelf  # type: ignore[assignment]  # nobody adds a command by hand

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  # the signature is Typer's
        """The names of all commands. Typer's own version would load every module."""
        return list(self.commands)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: ARG002  # the signature is Typer's
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run one command and exit: with 0, or with the exit code of its error."""
        clean_terminals()
        given = list(sys.argv[1:] if args is None else args)
        name_journal(None)
        try:
            _refuse_bytes(given)
            if shell := completing_shell():
                sys.exit(self._complete(shell, given))
            code = super().main(given, prog_name, complete_var, False, windows_expand_args, **extra)
            sys.stdout.flush()
        except ConnectError as error:
            code = _tell(error)
        except TyperException as error:
            code = _tell(_usage(error, given))
        except Abort:
            code = ExitCode.INTERRUPTED
        except BrokenPipeError:
            code = _hang_up()
        except OSError as error:
            code = _tell(_system_error(error))
            if not error.filename:
                _hang_up()
        finally:
            interrupts.drop()
        sys.exit(code if isinstance(code, int) else ExitCode.DONE)

    def _complete(self, shell: str, given: Sequence[str]) -> int:
        """Answer a shell that asks what Tab may complete."""
        from connect_cli.cli.completion_protocol import answer  # noqa: PLC0415  # no command needs it

        code = answer(self, shell, given)
        sys.stdout.flush()
        return code

    def invoke(self, ctx: Any) -> Any:
        """Run one command. If it fails because the journal is damaged, say that instead."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            return _hang_up()
        except NotUnderstood:
            raise
        except NoSuchPerson as error:
            raise _damage_hiding_a_name(ctx.obj, error) from None
        except (sqlite3.Error, DamageMet, *MISREAD) as error:
            raise _damage_behind(ctx.obj, error) from error

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write what fits one screen: the commands of a day, and the way to the others."""
        from connect_cli.cli.help import write_front_page  # noqa: PLC0415  # only help needs it

        write_front_page(self, ctx, formatter)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that was typed. Raises NotUnderstood for somebody's name in its place."""
        if not ctx.resilient_parsing and args[0] not in self.commands:
            from connect_cli.cli.help import refuse_name  # noqa: PLC0415  # only a wrong word needs it

            refuse_name(ctx, args[0])
        return super().resolve_command(ctx, args)


class CommandGroup(TyperGroup):
    """A command with subcommands. Typed alone, it says which there are."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the arguments. Raises NotUnderstood when there are none."""
        if not (args or self.invoke_without_command or ctx.resilient_parsing):
            raise NotUnderstood(
                f"'{ctx.command_path}' needs one of: {', '.join(self.list_commands(ctx))}",
                f"see: {ctx.command_path} --help",
            )
        return super().parse_args(ctx, args)


def _damage_behind(session: Session | None, error: Exception) -> BaseException:
    """The damage that made a command fail; the error itself when the journal is sound."""
    if session is not None and (trouble := _trouble_behind(session, error)) is not None:
        return trouble
    cause = error.__cause__ if isinstance(error, DamageMet) else None
    return error if cause is None or isinstance(cause, ConnectError) else cause


def _damage_hiding_a_name(session: Session, error: NoSuchPerson) -> ConnectError:
    """The damage that hides a name from the search; else the error itself, with what to do next."""
    trouble = _trouble_behind(session, DamageMet(("person", "alias")))
    if trouble is not None and not isinstance(trouble, DamageMet):
        return trouble
    if error.hint is not None:
        return error
    if not session.journal.has_people:
        return in_an_empty_journal(error)
    error.hint = f"to see everybody: {as_typed('people')}"
    if _may_be_a_name(error.typed):
        error.hint += f"; to add them: {as_typed('add', error.typed)}"
    return error


def _may_be_a_name(typed: str) -> bool:
    """Whether a command to add somebody of that name makes sense."""
    words = typed.replace("-", "").replace(".", "").split()
    return 0 < len(words) <= MOST_WORDS and all(map(str.isalpha, words))


def _trouble_behind(session: Session, error: Exception) -> JournalTrouble | None:
    from connect_cli.safety import doctor  # noqa: PLC0415  # only a damaged journal needs it

    return doctor.trouble_behind(session.journal, error)


def _refuse_bytes(given: Sequence[str]) -> None:
    """Refuse arguments that are not valid text: the journal could not store them."""
    for argument in given:
        if any("\ud800" <= character <= "\udfff" for character in argument):
            raise NotUnderstood(
                f"'{argument}' is not valid text in this terminal's encoding",
                "is the locale UTF-8?",
            )


def _tell(error: ConnectError) -> int:
    tell_error(error)
    return error.exit_code


def _system_error(error: OSError) -> ConnectError:
    """An error of the operating system that no command expected."""
    why = error.strerror or str(error)
    if error.filename:
        return ConnectError(f"cannot use {os.fsdecode(error.filename)}: {why}")
    return ConnectError(
        f"the answer could not be written: {why}", f"to see what was done: {as_typed('changes')}"
    )


FIRST = ("--discreet", "--journal")
"""Options of `connect` itself."""


def _usage(error: TyperException, given: Sequence[str]) -> ConnectError:
    """A usage error of Typer as one of ours, in one line.

    A line break that the user typed is shown as an escape; one of Typer's own becomes a space.
    """
    said = error.format_message()
    for word in filter(str.strip, given):
        said = said.replace(word, clean(word))
    message = " ".join(line.strip() for line in said.split("\n")).rstrip(".")
    context = getattr(error, "ctx", None)
    hint = f"see: {context.command_path} --help" if context else None
    option = getattr(error, "option_name", "")
    if context and context.parent and option in FIRST:
        hint = f"write it before the command: {_with_first(option, given)}"
    return NotUnderstood(message[:1].lower() + message[1:], hint)


def _with_first(option: str, given: Sequence[str]) -> str:
    """The command with an option, and the value that it takes, before everything else."""
    at = next(place for place, word in enumerate(given) if word.partition("=")[0] == option)
    end = at + (2 if given[at] == "--journal" else 1)
    words = (*given[at:end], *given[:at], *given[end:])
    return f"connect {' '.join(map(shell_word, words))}"


def _hang_up() -> int:
    """End quietly when the reader has gone (`connect history | head -1`)."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return ExitCode.DONE


app = typer.Typer(
    cls=Commands,
    name="connect",
    help="Remember the people you want to stay close to. It never writes to anyone.",
    rich_markup_mode=None,
    add_completion=False,  # Typer's scripts do not quote; completion_protocol.py does
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(context: typer.Context, asked: bool) -> None:
    if asked and not context.resilient_parsing:  # Tab parses a line without running it
        typer.echo(f"connect {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def connect(
    context: typer.Context,
    journal: Annotated[
        Path | None,
        typer.Option("--journal", metavar="FILE", help="Use another journal."),
    ] = None,
    discreet: Annotated[bool, typer.Option("--discreet", help="Hide what is private.")] = False,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    """Remember the people you want to stay close to. It never writes to anyone.

    Without a command it shows today's list.
    """
    context.obj = session = Session(journal, discreet)
    name_journal(None if journal is None else str(journal))
    context.call_on_close(session.close)
    if context.invoked_subcommand is None:
        today = LazyCommands(app)["today"]
        with today.make_context("today", [], parent=context) as alone:
            today.invoke(alone)
