"""A form that is filled in with an editor: `key: value` lines, and comments that begin with #.

A value of several lines has ` |` at the end of each but the last, and each but the first begins
with `|`. So a line whose neighbour was taken away is seen, and never becomes part of another value.
"""

from collections.abc import Iterator, Mapping, Sequence

from connect_cli.errors import NotUnderstood

Form = Mapping[str, tuple[str, ...]]
MORE = "|"
"""What a line ends with that goes on, and the next one begins with."""
_GOES_ON = f" {MORE}"


def form_line(key: str, value: str) -> str:
    """A key and its value as they stand in a form."""
    lines = value.split("\n")
    if f" {value}".endswith(_GOES_ON):
        lines.append("")
    behind = f"{_GOES_ON}\n    {MORE} "
    return f"{key}: {behind.join(lines)}"


def read_form(text: str, keys: Sequence[str], body: str | None = None) -> Form:
    """The values of each key, in order; a key that is not there, or has no value, has none.

    body: a key that stands alone on its line, whose value is all that follows, comments included.
    Raises NotUnderstood naming the line.
    """
    found: dict[str, list[str]] = {key: [] for key in keys}
    lines = text.split("\n")
    for number, line in _whole_lines(lines):
        key, colon, value = line.partition(":")
        key = key.strip().casefold()
        if body is not None and key == body and not value.strip():
            return {**_frozen(found), body: ("\n".join(lines[number:]).strip("\n"),)}
        if not colon or key not in found:
            raise NotUnderstood(
                f"line {number} is not understood: {_shown(line)}",
                f"each line is one of these, then a colon: {', '.join(keys)}",
            )
        if value.strip():
            found[key].append(value)
    return _frozen(found)


def _whole_lines(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Every line with those that it goes on in, and the number of the last of them."""
    so_far: list[str] = []
    last = 0
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        goes_back = line.lstrip().startswith(MORE)
        if goes_back and not so_far:
            raise NotUnderstood(f"line {number} goes on with no value: {_shown(line)}", _JOINED)
        if so_far and not goes_back:
            break
        said = line.lstrip().removeprefix(MORE).removeprefix(" ") if goes_back else line
        bare, last = said.rstrip(), number
        if bare.endswith(_GOES_ON):
            so_far.append(bare.removesuffix(_GOES_ON))
        else:
            yield number, "\n".join([*so_far, said])
            so_far = []
    if so_far:
        raise NotUnderstood(f"line {last} goes on nowhere: {_shown(lines[last - 1])}", _JOINED)


_JOINED = f"of several lines each but the last ends with {MORE}, each but the first begins with it"


def _shown(line: str) -> str:
    return line.strip()[:60]


def only(form: Form, key: str) -> str:
    """The one value of a key, or an empty text. Raises NotUnderstood when it stands twice."""
    values = form[key]
    if len(values) > 1:
        raise NotUnderstood(f"'{key}' stands twice", "keep one of them")
    return values[0] if values else ""


def _frozen(found: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(value.strip() for value in values) for key, values in found.items()}
