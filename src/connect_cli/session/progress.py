"""A bar for long work, on a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from connect_cli.session.streams import behind

Step = Callable[[int], object]


@contextmanager
def bar(total: int | None, text: str) -> Iterator[Step]:
    """Show how far something has come, for as long as it lasts; it leaves nothing behind.

    The value is told how much of the total is done; without one, the bar only shows that work goes
    on. Off a terminal nothing is shown.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    from connect_cli.render.rich_layout import CleanConsole  # only a terminal pays for Rich

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    console = CleanConsole(file=behind(sys.stderr))
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(text, total=total)
        yield lambda done: progress.update(task, completed=done)
