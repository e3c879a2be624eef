"""What kind of interaction a sentence of another journal tells of."""

from connect_cli.language.vocabulary import match_kind
from connect_cli.language.words import fold
from connect_cli.model import Kind


def kind_of(text: str) -> Kind:
    """The first kind word of a text, the more telling of two; `other` when there is none."""
    words = [word.strip(".,;:!?\"'()*_") for word in fold(text).split()[:60]]
    best = None
    for place in range(len(words)):
        found = match_kind(words[place:])
        if found is not None and (best is None or found.says_more_than(best)):
            best = found
    return best.kind if best else Kind.OTHER
