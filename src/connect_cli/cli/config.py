"""Commands about the settings: config, config set, config path."""

from typing import Annotated

import typer

from connect_cli.cli.app import KEEPING, Family, app
from connect_cli.cli.options import Json
from connect_cli.render.safe import clean
from connect_cli.session import Session
from connect_cli.settings_file import change, listed

config_app = typer.Typer(cls=Family, rich_markup_mode=None)
app.add_typer(config_app, name="config", rich_help_panel=KEEPING)


@config_app.callback(invoke_without_command=True)
def config(context: typer.Context, as_json: Json = False) -> None:
    """Show the settings, and change them."""
    if context.invoked_subcommand is not None:
        return
    session: Session = context.obj
    path = session.settings_path
    settings = listed(path)
    session.show(lambda renderer: renderer.settings(str(path), settings), as_json=as_json)


@config_app.command(name="set", context_settings={"ignore_unknown_options": True})  # -1 is a value
def set_(
    context: typer.Context,
    key: Annotated[str, typer.Argument(help="Such as capacity.sat; see: connect config.")],
    value: Annotated[str, typer.Argument(help="Such as 0.")],
) -> None:
    """Change one setting; the comments in the file stay."""
    session: Session = context.obj
    before, setting = change(session.settings_path, key, value)
    was = f" It was {before}." if before not in (None, "", setting.value) else ""
    session.say(f"{setting.key} is {setting.value}.{was}")


@config_app.command()
def path(context: typer.Context) -> None:
    """Print where the settings are kept, whether the file is there or not."""
    session: Session = context.obj
    typer.echo(clean(str(session.settings_path)))
