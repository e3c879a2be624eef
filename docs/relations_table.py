"""The words of relations, as docs/relations.md holds them."""

from connect_cli.language.relations import BOTH_WAYS, INTRODUCED, INVERSES, MET


def table() -> str:
    """The words that have another one for the other side."""
    pairs = [*INVERSES.items(), (MET, INTRODUCED)]
    rows = "".join(f"| {word} | {other} |\n" for word, other in pairs)
    return f"\n| one card says | the other |\n|---|---|\n{rows}\n"


def both_ways() -> str:
    """The words of which both cards say the same."""
    return f"\n{', '.join(sorted(BOTH_WAYS))}.\n\n"
