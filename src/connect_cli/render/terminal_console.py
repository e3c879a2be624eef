"""The console of a terminal, on which no text is obeyed, whoever drew it."""

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from connect_cli.control import shown_lines


class CleanConsole(Console):
    """Rich's own colours and cursor moves reach the terminal; those of a text are shown."""

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        """The segments of what is drawn, cleaned but for those that are control by Rich's word."""
        for one in super().render(renderable, options):
            yield one if one.control else one._replace(text=shown_lines(one.text))
