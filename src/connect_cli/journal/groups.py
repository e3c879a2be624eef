"""People who belong together, by a tag, a firm, or the domain of their email addresses."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from connect_cli.journal.journal import Journal
from connect_cli.language.calendar import word_set
from connect_cli.language.contact import email_key
from connect_cli.language.words import fold, name_key
from connect_cli.model import Named
from connect_cli.store import recognition, tags

FEWEST = 5
"""People who make a group."""

PUBLIC = word_set(
    "gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com"
    " icloud.com me.com mac.com aol.com gmx.de gmx.net gmx.at gmx.ch web.de t-online.de"
    " freenet.de posteo.de mailbox.org proton.me protonmail.com pm.me fastmail.com zoho.com"
    " mail.com mail.ru yandex.ru yandex.com orange.fr free.fr wanadoo.fr laposte.net libero.it"
    " hotmail.co.uk yahoo.co.uk btinternet.com sky.com outlook.de yahoo.de yahoo.fr hotmail.fr"
    " qq.com 163.com 126.com naver.com seznam.cz wp.pl o2.pl onet.pl interia.pl bluewin.ch"
    " hey.com tutanota.com comcast.net verizon.net att.net"
)
"""Domains at which anybody may have an address."""


class Group(NamedTuple):
    """People who have something in common. label: what, such as `#choir`, `Acme`, `@acme.example`.

    is_private: it comes from a detail or an address, for no other eyes.
    """

    label: str
    people: tuple[Named, ...]
    is_private: bool = False


def groups(journal: Journal, people: Sequence[Named]) -> list[Group]:
    """The groups of five or more of these people, the largest first."""
    by_tag = {key: [f"#{tag}" for tag in own] for key, own in _tags(journal).items()}
    firms = recognition.firms_of(journal.connection)
    domains = {
        key: [f"@{domain}" for domain in _domains(own)]
        for key, own in recognition.emails_of(journal.connection).items()
    }
    found = [
        *(Group(label, own) for label, own in _grouped(people, by_tag)),
        *(Group(label, own, is_private=True) for label, own in _grouped(people, firms)),
        *(Group(label, own, is_private=True) for label, own in _grouped(people, domains)),
    ]
    found.sort(key=lambda group: (-len(group.people), fold(group.label)))
    return found


def _tags(journal: Journal) -> dict[str, list[str]]:
    return tags.people_tags(journal.connection)


def _domains(emails: Iterable[str]) -> list[str]:
    found = dict.fromkeys(email_key(email).rpartition("@")[2] for email in emails)
    return [domain for domain in found if domain not in PUBLIC]


def _grouped(
    people: Iterable[Named], labels: Mapping[str, Iterable[str]]
) -> list[tuple[str, tuple[Named, ...]]]:
    """The people with each label, as it is written first."""
    found: defaultdict[str, dict[Named, None]] = defaultdict(dict)
    written: dict[str, str] = {}
    for person in people:
        for label in labels.get(person.id, ()):
            key = name_key(label)
            written.setdefault(key, label)
            found[key][person] = None
    return [(written[key], tuple(own)) for key, own in found.items() if len(own) >= FEWEST]
