"""Commands to set connect up and try it: config, init, prompt, demo."""

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from connect_cli.cli.app import KEEPING, LOOKING, CommandGroup, app
from connect_cli.cli.completion import Shell
from connect_cli.cli.options import Json
from connect_cli.cli.prompt import said
from connect_cli.environment import APP, JOURNAL
from connect_cli.errors import NoKey, NotUnderstood, SettingsWrong, as_typed, shell_word
from connect_cli.journal import circles, demo_folder
from connect_cli.journal import today as verbs
from connect_cli.journal.demo import fill
from connect_cli.model import Cadence
from connect_cli.render.safe import clean
from connect_cli.session import Session
from connect_cli.settings import NO_CIRCLES, PRESET_CIRCLES, say_value
from connect_cli.settings_file import change, circle_in, listed, remove_circle
from connect_cli.terminal.output import tell

config_app = typer.Typer(cls=CommandGroup, rich_markup_mode=None)
app.add_typer(config_app, name="config", rich_help_panel=KEEPING)


@config_app.callback(invoke_without_command=True)
def config(context: typer.Context, as_json: Json = False) -> None:
    """Show the settings, and change them."""
    if context.invoked_subcommand is not None:
        return
    session: Session = context.obj
    path = session.settings_path
    kept = _kept(session)
    settings = listed(path, kept)
    session.show(lambda renderer: renderer.settings(str(path), settings), as_json=as_json)
    tell_of_file(session, kept)


@config_app.command(name="set", context_settings={"ignore_unknown_options": True})  # -1 is a value
def set_(
    context: typer.Context,
    key: Annotated[str, typer.Argument(help="Such as capacity.sat; see: connect config.")],
    value: Annotated[str, typer.Argument(help="Such as 0.")],
) -> None:
    """Change one setting; the comments in the file stay.

    A circle is kept in the journal once that keeps any, as with several machines: then it is the
    same on each of them, and can be undone. 'none' takes a circle away.
    """
    session: Session = context.obj
    if circle := circle_in(key, value):
        _set_circle(session, *circle)
        return
    before, setting = change(session.settings_path, key, value)
    session.say(f"{setting.key} is {setting.said}.{_was(before, setting.value)}")


def _was(before: str | int | None, value: str | int) -> str:
    changed = before not in (None, "", value)
    return f" It was {say_value(before)}." if changed and before is not None else ""


def _set_circle(session: Session, name: str, cadence: Cadence | None) -> None:
    """Write a circle where circles are kept, or take it away, and say where."""
    if cadence is None:
        _drop_circle(session, name)
    elif _are_kept(session):
        before = session.journal.settings.circles.get(name)
        circles.keep(session.journal, {name: cadence})
        was = _was(None if before is None else str(before), str(cadence))
        session.say(f"circles.{name} is {cadence}, in the journal.{was}")
        _tell_unused(session, {name: cadence})
    else:
        was = _was(change(session.settings_path, f"circles.{name}", str(cadence))[0], str(cadence))
        session.say(f"circles.{name} is {cadence}, in config.toml.{was}")


def _drop_circle(session: Session, name: str) -> None:
    """Take a circle out of the journal and out of config.toml; one of the presets is as it was."""
    in_force = session.journal.settings.circle(name)
    remove_circle(session.settings_path, in_force)
    circles.drop(session.journal, in_force)
    if in_force in PRESET_CIRCLES:
        session.say(f"circles.{name} is {PRESET_CIRCLES[name]}, as it is without a setting.")
    else:
        session.say(f"There is no circle {name} now. Whoever is in it has no cadence from it.")


def _are_kept(session: Session) -> bool:
    """Whether circles are kept in the journal; `change` mends a wrong file."""
    try:
        return circles.are_kept(session.journal)
    except SettingsWrong:
        return False


def _kept(session: Session) -> Mapping[str, Cadence]:
    """The circles of the journal; without its key none, and it is said."""
    try:
        return circles.kept(session.journal)
    except NoKey as error:
        tell(f"The circles that the journal keeps are not among these: {error.message}.")
        return NO_CIRCLES


def tell_of_file(session: Session, kept: Mapping[str, Cadence]) -> None:
    """Say which circles of config.toml decide nothing, and which no other machine has."""
    _tell_unused(session, kept)
    _tell_alone(session, kept)


def _tell_unused(session: Session, kept: Mapping[str, Cadence]) -> None:
    """Say which lines of config.toml decide nothing, and why."""
    if unused := session.settings.unused_circles(kept):
        lines = ", ".join(f"{name} = {cadence}" for name, cadence in unused.items())
        tell(
            "Circles are kept in the journal, so that they are the same on every machine. Under"
            f" [circles] in config.toml this decides nothing: {lines}."
        )


def _tell_alone(session: Session, kept: Mapping[str, Cadence]) -> None:
    """Say which circles the journal would keep, but only config.toml of this machine names."""
    alone = {name: own for name, own in session.settings.file_circles.items() if name not in kept}
    if alone and (kept or _are_kept(session)):
        name, cadence = next(iter(alone.items()))
        to_share = as_typed("config", "set", f"circles.{name}", str(cadence))
        tell(f"On this machine alone: {', '.join(alone)}. To keep it in the journal: {to_share}")


@config_app.command()
def path(context: typer.Context) -> None:
    """Print the path of the settings file, even if there is none yet."""
    session: Session = context.obj
    typer.echo(clean(str(session.settings_path)))


SCRIPTS = Path(__file__).with_name("shells")
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


@app.command(rich_help_panel=KEEPING)
def init(
    context: typer.Context,
    shell: Annotated[Shell, typer.Argument(metavar="SHELL", help="bash, zsh or fish.")],
    log: Annotated[
        str, typer.Option(metavar="NAME", help="The alias of 'connect log'; '' for none.")
    ] = "cl",
    today: Annotated[
        str, typer.Option(metavar="NAME", help="The alias of 'connect today'; '' for none.")
    ] = "ct",
    daily: Annotated[
        bool, typer.Option("--daily", help="Show today's list in the first shell of a day.")
    ] = False,
    weekly: Annotated[
        bool, typer.Option("--weekly", help="Show the week's review in the first shell of a week.")
    ] = False,
    inbox: Annotated[
        bool, typer.Option("--inbox", help="Take in the inbox with the first shell of a day.")
    ] = False,
    sync: Annotated[
        bool, typer.Option("--sync", help="Sync with the first shell of a day.")
    ] = False,
    segment: Annotated[
        bool, typer.Option("--prompt", help="Put 'connect prompt' in front of the shell's prompt.")
    ] = False,
) -> None:
    """Print what a shell needs for connect: completion and aliases.

    eval "$(connect init bash)" in ~/.bashrc, the same with zsh in ~/.zshrc, or
    connect init fish | source in ~/.config/fish/config.fish
    """
    parts = [_script(shell, "completion")]
    for part, name in (("log", log), ("today", today)):
        if name:
            parts.append(_script(shell, part).replace("ALIAS", _checked(name)))
    parts += [_script(shell, "prompt")]
    parts += [_script(shell, "before")] if segment else []
    session: Session = context.obj
    begun = {"sync": sync, "inbox": inbox, "daily": daily, "weekly": weekly}
    wanted = [part for part, on in begun.items() if on]
    parts += list(_first_of_the_day(shell, session.settings.day_starts_at, wanted))
    typer.echo("\n".join(parts), nl=False)


@app.command(rich_help_panel=KEEPING)
def prompt(context: typer.Context) -> None:
    """Print a few words for a shell's prompt or a status bar.

    How many of today's people are left, and whose birthday it is. It prints nothing when there is
    nothing to say or no journal, and never an error.
    """
    session: Session = context.obj
    typer.echo(said(str(session.path)), nl=False)


def _first_of_the_day(shell: Shell, hour: int, wanted: Sequence[str]) -> Iterator[str]:
    """What the first shell of a day or a week does, in this order.

    The other machines and the inbox come first, so that today's list knows them.
    """
    if wanted:
        yield _script(shell, "first").replace("HOUR", str(hour))
    for part in wanted:
        yield _script(shell, part)


def _script(shell: Shell, part: str) -> str:
    """One part of a shell's script. All parts are in one file, each under its `# == name`."""
    text = (SCRIPTS / f"connect.{shell}").read_text(encoding="utf-8")
    return text.split(f"# == {part}\n", 1)[1].split("# == ", 1)[0].rstrip("\n") + "\n"


def _checked(name: str) -> str:
    if not NAME.fullmatch(name):
        raise NotUnderstood(f"'{name}' cannot be an alias", "use letters, digits, - and _")
    return name


AFTERWARDS = (
    "",
    "These {people} people are made up, and have a journal of their own. Yours was not touched.",
    "To go on playing with this one:",
    f"  export {JOURNAL}={{path}}",
    "  {program} show zoë",
)


@app.command(rich_help_panel=LOOKING)
def demo(context: typer.Context, as_json: Json = False) -> None:
    """Try connect on a made-up journal.

    It shows today's list of a throw-away journal in a folder of its own, with a year of
    conversations. That folder is made anew each time. Your own journal is never touched.
    """
    own: Session = context.obj
    if own.journal_path is not None:
        raise NotUnderstood("the demo makes its own journal: leave out --journal")
    folder = context.with_resource(demo_folder.emptied())
    session = Session(folder / demo_folder.JOURNAL, own.discreet)
    context.call_on_close(session.close)
    people = fill(session.journal)
    view = verbs.today(session.journal)
    session.show(lambda renderer: renderer.today(view), as_json=as_json)
    for line in AFTERWARDS:
        tell(
            line.format(
                people=people, path=shell_word(str(session.path)), program=shell_word(_program())
            )
        )


def _program() -> str:
    """How to call the program again: by its path if that was typed, as right after set-up."""
    typed = Path(sys.argv[0])
    return APP if typed.is_absolute() or typed.name != APP else str(typed)
