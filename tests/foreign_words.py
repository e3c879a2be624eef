"""Words of Python and of its libraries, which no message for people holds."""

import re

FOREIGN = re.compile(
    r"Traceback|NoneType|\bobject\b|\bcodec\b|line \d+ column|\(char \d|invalid literal|<class|0x"
    r"|\b[Ee]xpect(?:ed|ing)\b|\w(?:Error|Exception|Warning)\b|\b(?:dict|int|str|bytes|tuple)\b"
    r"|unhashable|subscriptable|attribute|out of range|argument|unexpected end|field limit"
    r"|delimiter|did not find|icalendar|vDDD|rrule|yaml\.|libyaml|dateutil|strptime|isoformat"
    r"|utf-?8|b'"
)


def foreign(text: str) -> list[str]:
    """Those in a text."""
    return FOREIGN.findall(text)
