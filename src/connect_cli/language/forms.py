"""A form that is filled in with an editor: `key: value` lines, and comments that begin with #."""

from collections.abc import Mapping, Sequence

from connect_cli.errors import NotUnderstood

Form = Mapping[str, tuple[str, ...]]


def read_form(text: str, keys: Sequence[str], body: str | None = None) -> Form:
    """The values of each key, in order; a key that is not there, or has no value, has none.

    body: a key that stands alone on its line, whose value is all that follows, comments included.
    Raises NotUnderstood naming the line.
    """
    found: dict[str, list[str]] = {key: [] for key in keys}
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
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
        if value.strip():
            found[key].append(value.strip())
    return _frozen(found)


def only(form: Form, key: str) -> str:
    """The one value of a key, or an empty text. Raises NotUnderstood when it stands twice."""
    values = form[key]
    if len(values) > 1:
        raise NotUnderstood(f"'{key}' stands twice", "keep one of them")
    return values[0] if values else ""


def _frozen(found: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(values) for key, values in found.items()}
