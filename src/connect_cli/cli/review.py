"""`connect review`: what there is to look back on."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from connect_cli.cli.app import LOOKING, app
from connect_cli.cli.completion import complete_tag, complete_whole_name
from connect_cli.cli.options import Json
from connect_cli.cli.output_file import or_output, write_out
from connect_cli.errors import NotUnderstood, as_typed
from connect_cli.journal import review as verbs
from connect_cli.journal.year_map import year_map
from connect_cli.language.spans import read_ends, read_span
from connect_cli.reviews import Review, Span
from connect_cli.session import Session

USUAL = "week"
MAP_FROM_DAYS = 8 * 7
"""Days of a review whose page has a map: in fewer there is little to see."""
MARKDOWN, HTML = "--markdown", "--html"
ENDINGS = {".md": MARKDOWN, ".markdown": MARKDOWN, ".html": HTML, ".htm": HTML}


@app.command(rich_help_panel=LOOKING)
def review(
    context: typer.Context,
    when: Annotated[
        list[str] | None,
        typer.Argument(
            help="week, month, quarter, year, march, 2025, 'last month'; else the week until today."
        ),
    ] = None,
    since: Annotated[str, typer.Option(metavar="WHEN", help="From this day on.")] = "",
    until: Annotated[str, typer.Option(metavar="WHEN", help="Up to this day or month.")] = "",
    as_map: Annotated[
        bool, typer.Option("--map", help="Show the days as a calendar, a week a column.")
    ] = False,
    name: Annotated[
        str,
        typer.Option(
            "--with",
            metavar="NAME",
            help="On the map, only days with this person.",
            autocompletion=complete_whole_name,
        ),
    ] = "",
    tag: Annotated[
        str,
        typer.Option(
            metavar="WORD", help="On the map, only this tag.", autocompletion=complete_tag
        ),
    ] = "",
    as_json: Json = False,
    as_markdown: Annotated[
        bool, typer.Option(MARKDOWN, help="Write Markdown, for a note.")
    ] = False,
    as_html: Annotated[bool, typer.Option(HTML, help="Write a page with pictures.")] = False,
    output: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write it to this file.", callback=or_output),
    ] = None,
) -> None:
    """Look back: the words you kept, whom you met, what is coming.

    connect review march, connect review year --map
    """
    session: Session = context.obj
    span = _span(when or (), since, until, session.today)
    if as_map and (as_markdown or as_html or output):
        raise NotUnderstood(
            "--map is for a terminal, a pipe or --json",
            f"a page of eight weeks or more has a map: {as_typed('review')} year {HTML}",
        )
    form = _form(as_json=as_json, as_markdown=as_markdown, as_html=as_html, output=output)
    if as_map:
        _show_map(session, span, name, tag, as_json=as_json)
        return
    if name or tag:
        raise NotUnderstood(
            "--with and --tag are about the map",
            f"add --map, or see: {as_typed('history')} NAME WHEN",
        )
    if form in (MARKDOWN, HTML):
        write_out(session, _document(session, span, form), output)
        return
    found = verbs.review(session.journal, span, None if as_json else verbs.LISTED)
    session.show(
        lambda renderer: renderer.review(found), as_json=as_json, long=True, empty=found.empty
    )


def _show_map(session: Session, span: Span, name: str, tag: str, *, as_json: bool) -> None:
    view = year_map(session.journal, span, name, tag)
    session.show(
        lambda renderer: renderer.year_map(view), as_json=as_json, long=True, empty=not view.days
    )


def _span(when: Sequence[str], since: str, until: str, today: date) -> Span:
    """The days that are asked for. Raises NotUnderstood."""
    if not (since or until):
        return read_span(" ".join(when or [USUAL]), today)
    if when:
        raise NotUnderstood("say the days once", "either as words, or with --since and --until")
    first, last = read_ends(since, until, today)
    if first is None:
        raise NotUnderstood("--until needs a beginning", "say it with --since")
    return Span(first, last or today)


def _form(*, as_json: bool, as_markdown: bool, as_html: bool, output: Path | None) -> str:
    """The option of the form that is asked for, or nothing; a file's name may say it too."""
    asked = {"--json": as_json, MARKDOWN: as_markdown, HTML: as_html}
    forms = [option for option, given in asked.items() if given]
    if len(forms) > 1:
        raise NotUnderstood(f"{' and '.join(forms)} cannot go together", "choose one of them")
    if output is None or forms in ([MARKDOWN], [HTML]):
        return "".join(forms)
    if not forms and output.suffix.casefold() in ENDINGS:
        return ENDINGS[output.suffix.casefold()]
    raise NotUnderstood("--output writes Markdown or a page", f"say which: {MARKDOWN} or {HTML}")


def _document(session: Session, span: Span, form: str) -> list[str]:
    """The review as Markdown or as a page."""
    found = verbs.review(session.journal, span)
    if form == MARKDOWN:
        from connect_cli.render.review_markdown import markdown  # noqa: PLC0415  # a format is loaded when it is named

        return [markdown(found, session.today, discreet=session.hides)]
    from connect_cli.render.page import page  # noqa: PLC0415  # as above: Jinja2 is an extra

    return [page(_with_map(session, found), session.today, discreet=session.hides)]


def _with_map(session: Session, found: Review) -> Review:
    if found.span.days < MAP_FROM_DAYS:
        return found
    return found._replace(map=year_map(session.journal, found.span))
