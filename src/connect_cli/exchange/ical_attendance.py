"""Whether a meeting of a calendar took place with the owner, and who else was invited to it.

Nobody is asked about what is cancelled or was declined, nor about whole days that come every year:
those are birthdays and holidays. Some programs only write into the title that a meeting is
cancelled, and set its time free (Outlook); the title alone may speak of something else.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from connect_cli.exchange.ical_lines import Component
from connect_cli.exchange.normalise import one_line
from connect_cli.exchange.vcard_syntax import Property, unescaped
from connect_cli.language.contact import email_key
from connect_cli.language.words import fold

_CANCELLED = "|".join(
    re.escape(fold(word))
    for word in (
        *("cancelled", "canceled", "abgesagt", "storniert", "entfällt", "annulé", "annulée"),
        *("cancelado", "cancelada", "annullato", "annullata", "cancellato", "cancellata"),
        *("cancel·lat", "geannuleerd", "afgelast", "aflyst", "avlyst", "inställd", "inställt"),
        *("peruttu", "peruutettu", "odwołane", "odwołany", "odwołana", "anulowane", "zrušeno"),
        *("törölve", "anulat", "ακυρώθηκε", "отменено", "скасовано", "iptal edildi", "otkazano"),
        *("preklicano", "已取消", "キャンセル済み", "취소됨", "בוטל"),
    )
)
_SAYS_CANCELLED = re.compile(
    rf"[\[(【]?(?:{_CANCELLED})[\])】]?\s*(?:[:：|–—-].*|$)|[\[(【](?:{_CANCELLED})[\])】].*"
    rf"|.*(?:[\[(【](?:{_CANCELLED})[\])】]|[:：|–—-]\s*(?:{_CANCELLED})!?)$"
)
"""A title that says so at its beginning, as Outlook writes it, or at its end."""


class Attendance(NamedTuple):
    """Who was invited besides the owner, and who of them declined: addresses and names.

    is_off: whether the meeting is cancelled, or the owner declined.
    """

    invited: tuple[tuple[str, str], ...]
    declined: tuple[tuple[str, str], ...]
    is_off: bool


def attendance(event: Component, own: frozenset[str]) -> Attendance:
    """Who took part in an event. own: the addresses of the owner, folded."""
    people = [*event.all("ATTENDEE"), *event.all("ORGANIZER")]
    refused = any(_email(one) in own and _declines(one) for one in people)
    invited, declined = _by_answer(people, own)
    return Attendance(invited, declined, refused or _is_cancelled(event))


def title(event: Component) -> str:
    """What an event is called, in one line, or empty."""
    return one_line(unescaped(event.value("SUMMARY")))


def is_yearly(rule: str) -> bool:
    """Whether a rule repeats by years, as a birthday does."""
    return re.search(r"FREQ=YEARLY|FREQ=MONTHLY(?=.*INTERVAL=(?:12|24)\b)", rule) is not None


def _is_cancelled(event: Component) -> bool:
    """Whether an event is cancelled, by its status or by its title if its time is free."""
    if event.value("STATUS").strip().upper() == "CANCELLED":
        return True
    busy = event.value("X-MICROSOFT-CDO-BUSYSTATUS").strip().upper()
    free = event.value("TRANSP").strip().upper() == "TRANSPARENT" or busy == "FREE"
    return free and _SAYS_CANCELLED.fullmatch(fold(title(event))) is not None


def _email(person: Property) -> str:
    return email_key(person.value)


def _declines(person: Property) -> bool:
    return person.params.get("PARTSTAT", "").upper() == "DECLINED"


def _by_answer(
    people: Sequence[Property], own: frozenset[str]
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """Everybody else with an address, once: those invited, and those who declined."""
    named: dict[str, tuple[str, str]] = {}
    gone: set[str] = set()
    for one in people:
        email, name = _email(one), one_line(unescaped(one.params.get("CN", "")))
        key = email if "@" in email else fold(name)
        if not key or email in own:
            continue
        if not named.get(key, ("", ""))[1]:
            named[key] = email, name
        gone.update([key] if _declines(one) else [])
    invited = tuple(said for key, said in named.items() if key not in gone)
    return invited, tuple(said for key, said in named.items() if key in gone)
