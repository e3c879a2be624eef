"""Bars of signs: a cell is eight eighths, or one `#` where the encoding has no blocks."""

EIGHTHS = " ▏▎▍▌▋▊▉█"
FULL, HASH = "█", "#"


def bar(eighths: int, *, blocks: bool) -> str:
    """A bar so many eighths of a cell long. blocks: whether the encoding has them.

    Something is always seen of a bar: without blocks its length is rounded, to one cell or more.
    """
    full, rest = divmod(max(1, eighths), 8)
    if blocks:
        return f"{FULL * full}{EIGHTHS[rest]}".rstrip()
    return HASH * (full + (rest >= 4) or 1)
