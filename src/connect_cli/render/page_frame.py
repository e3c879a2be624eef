"""The frame of every HTML page: one file that stands for itself, without a script.

How it works. A page is a template that extends `templates/frame.html`, which has the policy that
forbids whatever would be loaded, and the style that all pages share. Whatever a template shows
passes `_shown`, which makes control characters visible, and then Jinja's autoescape: nothing in a
template is marked as safe. Before words are made, `marked` puts every name between two marks, and
the templates turn these into an element of its own, so that a name from right to left leaves the
words around it in their order.
"""

import re
from typing import TYPE_CHECKING, Any, TypeVar

from connect_cli.errors import NeedsExtra
from connect_cli.model import Named
from connect_cli.render.safe import clean

if TYPE_CHECKING:  # an extra
    from jinja2 import Environment

Value = TypeVar("Value")

_NAME, _END = "\ufdd0", "\ufdd1"
"""Around each name: two code points that are no characters, and stand in no text."""
_NAMES = re.compile(f"{_NAME}(.*?){_END}", re.DOTALL)
_MARKS = re.compile(f"[{_NAME}{_END}]")


def written(template: str, **values: object) -> str:
    """The whole page. Raises NeedsExtra without Jinja."""
    return _environment().get_template(template).render(**values)


def marked(value: Value) -> Value:
    """The same value with every name between two marks, and without marks in other texts."""
    found: Value = _marked(value)
    return found


def _marked(value: Any) -> Any:
    if isinstance(value, str):
        return _MARKS.sub("\ufffd", value) if _MARKS.search(value) else value
    if not isinstance(value, tuple):
        return value
    parts = map(_marked, value)
    if isinstance(value, Named):
        return Named(next(parts), f"{_NAME}{next(parts)}{_END}")
    return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)


def _environment() -> "Environment":
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined  # an extra
    except ImportError:
        raise NeedsExtra("a page needs", "pages") from None
    environment = Environment(
        loader=PackageLoader("connect_cli.render"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["named"] = _named
    return environment


def _shown(value: object) -> object:
    """A text with its control characters visible; what the template made itself stays."""
    is_text = isinstance(value, str) and not hasattr(value, "__html__")
    return clean(str(value), newline="\n") if is_text else value


def _named(said: str) -> list[str]:
    """The words before a name, the name, the words after it, and so on."""
    return _NAMES.split(said)
