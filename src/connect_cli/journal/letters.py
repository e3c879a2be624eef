"""Mailboxes as a source of interactions, for people who are here and no others."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from connect_cli.exchange.mail import LONGEST_HEAD, Mail, heads, mail
from connect_cli.exchange.values import Found
from connect_cli.journal.matching import Book
from connect_cli.journal.sources import MAILBOX, check_steady, is_maildir, opened
from connect_cli.model import Direction, Kind, Named
from connect_cli.views import Happening, Unread


def mails(path: Path) -> Iterator[Mail | Unread]:
    """The messages of a mailbox file, or of a mailbox folder."""
    if is_maildir(path):
        files = sorted(one for name in MAILBOX for one in (path / name).iterdir() if one.is_file())
        for file in files:
            with opened(file) as stream:
                yield _read(stream.read(LONGEST_HEAD), file.name)
        return
    with opened(path) as stream:
        for number, head in heads(stream):
            yield _read(head, f"{path.name}, line {number}")
        check_steady(path, stream)


def happenings(
    found: Iterable[Mail | Unread],
    book: Book,
    own: frozenset[str],
    only: Sequence[Named],
) -> Found:
    """One interaction for each day and direction with each person who is here.

    own: your addresses. only: the people chosen; everybody when nobody is named.
    """
    chosen = {person.id for person in only}
    held = Found()
    seen: set[str] = set()
    for one in found:
        if isinstance(one, Unread):
            held.unread.append(one)
            continue
        mine = one.sender in own
        others = one.recipients if mine else (one.sender,)
        for address in others:
            person = book.emails.get(address)
            if person is None or (chosen and person.id not in chosen) or address in own:
                continue
            happening = _happening(one, person, mine=mine)
            if happening.key not in seen:
                seen.add(happening.key)
                held.happenings.append(happening)
    return held


def _read(head: bytes, place: str) -> Mail | Unread:
    return mail(head, place) or Unread(place, "it does not say who wrote it, and when")


def _happening(one: Mail, person: Named, *, mine: bool) -> Happening:
    at: datetime = one.at.astimezone()  # where the system is, by the rules of that day
    direction = Direction.MINE if mine else Direction.THEIRS
    return Happening(
        key=f"{at.date()}\0{direction}\0{person.id}",
        day=at.date(),
        people=(person.name,),
        place=one.place,
        kind=Kind.EMAIL,
        direction=direction,
    )
