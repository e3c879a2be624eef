"""A form that is filled in with an editor: `key: value` lines, and comments that begin with #.

A value of several lines has ` |` at the end of the first, and goes on in lines that begin with `|`,
whatever they hold. So lines whose first one was taken away are never those of another value.
"""

from collections.abc import Mapping, Sequence

from connect_cli.errors import NotUnderstood

Form = Mapping[str, tuple[str, ...]]
MORE = "|"
"""What the first line of several ends with, and the others begin with."""


def form_line(key: str, value: str) -> str:
    """A key and its value as they stand in a form."""
    first, *more = value.split("\n")
    goes_on = f" {MORE}" if more else ""
    return "\n".join([f"{key}: {first}{goes_on}", *(f"    {MORE} {line}" for line in more)])


def read_form(text: str, keys: Sequence[str], body: str | None = None) -> Form:
    """The values of each key, in order; a key that is not there, or has no value, has none.

    body: a key that stands alone on its line, whose value is all that follows, comments included.
    Raises NotUnderstood naming the line.
    """
    found: dict[str, list[str]] = {key: [] for key in keys}
    above: list[str] = []
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if line.lstrip().startswith(MORE):
            if not above:
                raise NotUnderstood(
                    f"line {number} goes on with no value: {line.strip()[:60]}",
                    f"the first of several lines ends with {MORE}, the others begin with it",
                )
            above[-1] += "\n" + line.lstrip().removeprefix(MORE).removeprefix(" ")
            continue
        key, colon, value = line.partition(":")
        key = key.strip().casefold()
        if body is not None and key == body and not value.strip():
            return {**_frozen(found), body: ("\n".join(lines[number:]).strip("\n"),)}
        if not colon or key not in found:
            raise NotUnderstood(
                f"line {number} is not understood: {line.strip()[:60]}",
                f"each line is one of these, then a colon: {', '.join(keys)}",
            )
        first = _first_of_several(value, lines[number : number + 1])
        above = [] if first is None else found[key]
        if value.strip():
            found[key].append(value if first is None else first)
    return _frozen(found)


def _first_of_several(value: str, behind: Sequence[str]) -> str | None:
    """The first line of a value that goes on in the next; None for a whole value."""
    goes_on = any(line.lstrip().startswith(MORE) for line in behind)
    bare = value.rstrip()
    return bare.removesuffix(f" {MORE}") if goes_on and bare.endswith(f" {MORE}") else None


def only(form: Form, key: str) -> str:
    """The one value of a key, or an empty text. Raises NotUnderstood when it stands twice."""
    values = form[key]
    if len(values) > 1:
        raise NotUnderstood(f"'{key}' stands twice", "keep one of them")
    return values[0] if values else ""


def _frozen(found: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(value.strip() for value in values) for key, values in found.items()}
