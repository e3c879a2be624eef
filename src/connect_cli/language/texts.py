"""Text in somebody's own words: a promise, a question."""

from connect_cli.errors import NotUnderstood

LONGEST_TEXT = 1000


def check_text(text: str) -> str:
    """The text as it is kept: on one line, without blanks around it. Raises NotUnderstood."""
    kept = " ".join(text.split())
    if not kept:
        raise NotUnderstood("there are no words to keep", "say what it is")
    if len(kept) > LONGEST_TEXT:
        raise NotUnderstood(
            f"this has {len(kept)} letters; {LONGEST_TEXT} are the most",
            "keep what is longer in a note",
        )
    return kept
