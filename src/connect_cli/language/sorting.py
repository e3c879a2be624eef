"""How lists of names and tags are sorted: without case and accents, by the rule of words.py."""


def by_name(text: str, tie: str = "") -> tuple[str, str]:
    """The key by which every list of names or tags is sorted: case and accents do not matter.

    tie: the id of a person, for names that differ in nothing else; without one the text itself.
    """
    if text.isascii():
        return text.casefold(), tie or text
    from connect_cli.language.words import fold  # noqa: PLC0415  # a prompt needs no patterns of words

    return fold(text), tie or text
