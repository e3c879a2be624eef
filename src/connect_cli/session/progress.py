"""A bar for long work, on a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

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
    from rich.console import Console  # only a terminal pays for Rich
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(text, total=total)
        yield lambda done: progress.update(task, completed=done)
