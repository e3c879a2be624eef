"""Mail: reads only headers, and only of mail with people in the journal."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path

from connect_cli.errors import AlreadyThere, NotThisFormat, as_typed
from connect_cli.exchange.mail_sorts import Sort, say_left_out, sort_of
from connect_cli.exchange.matching import KnownPeople, known_people
from connect_cli.exchange.normalise import kept_name, one_line
from connect_cli.exchange.values import Contact, Found
from connect_cli.files import check_steady, opened_to_read
from connect_cli.journal.journal import Journal
from connect_cli.language.calendar import logical_day
from connect_cli.language.contact import email_key, email_keys, is_email, is_machine_address
from connect_cli.library_errors import in_our_words
from connect_cli.model import Direction, Kind, Named
from connect_cli.reports import Happening, Unread

LONGEST_HEAD = 256 * 2**10
LONGEST_BREAK = 200

MAILBOX = ("cur", "new")
_BREAK = re.compile(rb"From (?=.*\b\d{4}\b)(?:[^\s@]+@\S+\s|\S+\s.*\d:\d\d)")
"""The line before a message in a mailbox: sender, then date; the sender may be any word."""

_BEHIND_NAMES = frozenset(
    {"jr", "sr", "ii", "iii", "iv", "phd", "ph.d", "md", "inc", "ltd", "llc", "gmbh", "ag", "co"}
)
_RECIPIENTS = ("To", "Cc")


@dataclass(frozen=True, slots=True)
class Mail:
    """One message. day: the logical day on which it was sent. The addresses are folded."""

    day: date
    sender: str
    recipients: tuple[str, ...]
    place: str = ""


def begins(first: bytes) -> bool:
    """Whether a file begins as a mailbox does."""
    return _parts(first.partition(b"\n")[0])


def sender(journal: Journal, content: bytes) -> Contact:
    """Who sent a mail. Raises AlreadyThere if somebody in the journal has their address."""
    with in_our_words("the headers of this mail cannot be read"):
        found = read_sender(content)
    known = known_people(journal.connection)
    for email in found.emails:
        if (person := known.emails.get(email)) is not None:
            raise AlreadyThere(
                f"{email} is the address of {person.name}, who is in the journal already"
            )
    return found


def mail_of(journal: Journal, files: Sequence[Path], only: Sequence[str]) -> Found:
    """The mail with people in the journal. only: the names of those wanted, or empty for all."""
    chosen = [journal.named(name) for name in only]
    known, mine = known_people(journal.connection), email_keys(journal.settings.own_addresses)
    held = Found() if mine else Found(remarks=[_own_unknown()])
    left_out: Counter[Sort] = Counter()
    for file in files:
        found = mails(file, journal.settings.day_starts_at)
        held.add(happenings(_written(found, left_out), known, mine, chosen))
    if left_out:
        held.remarks.append(say_left_out(left_out))
    if mine and not (held.happenings or held.unread):
        held.remarks.append("no message is between you and anybody who is here")
    return held


def _written(
    found: Iterable[Mail | Unread | Sort], left_out: "Counter[Sort]"
) -> Iterator[Mail | Unread]:
    """The messages that somebody wrote; the others are counted."""
    for one in found:
        if isinstance(one, Sort):
            left_out[one] += 1
        else:
            yield one


def read_sender(content: bytes) -> Contact:
    """Who sent a mail. Raises NotThisFormat if it does not say.

    A list that writes its own address into `From` leaves that of the person in `Reply-To`.
    """
    message = _message(content)
    posts = " ".join(map(str, message.get_all("List-Post", [])))
    lists, machine = {email_key(one) for one in re.findall(r"<([^<>?]*)", posts)}, ""
    for name, address in _addresses(message, ("From", "Sender", "Reply-To")):
        if is_machine_address(address):
            machine = machine or address
            continue
        called = kept_name(_turned(name)) or kept_name(_from_address(address))
        if called and address not in lists:
            return Contact(called, emails=(address,))
    if machine:
        raise NotThisFormat(
            f"{machine} is the address of a machine, not of a person",
            f"to add somebody by name: {as_typed('add')} NAME",
        )
    raise NotThisFormat(
        "this mail does not say who sent it", "is it a whole mail, with its headers?"
    )


def is_maildir(path: Path) -> bool:
    """Whether a folder is a Maildir. Git keeps none of its folders that is empty."""
    cur, new, tmp = ((path / name).is_dir() for name in (*MAILBOX, "tmp"))
    return cur or (new and tmp)


def heads(lines: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """The headers of each message of a mailbox, with the line where they begin."""
    start, head, size, within, blank = 0, [b""], 0, False, True
    for number, line in enumerate(lines, 1):
        if blank and _parts(line):
            if within:
                yield start, b"".join(head)
            start, head, size, within = number, [], 0, True
        elif within and not line.strip(b"\r\n"):
            yield start, b"".join(head)
            within = False
        elif within and size < LONGEST_HEAD:
            head.append(line)
            size += len(line)
        blank = not line.strip(b"\r\n")
    if within:
        yield start, b"".join(head)


def _parts(line: bytes) -> bool:
    """Whether a line after an empty one begins a message; text too may begin with `From `."""
    return _BREAK.match(line[:LONGEST_BREAK]) is not None


def mail(head: bytes, place: str, day_starts_at: int = 0) -> Mail | Sort | None:
    """A message from its headers; None if they lack the sender or the date.

    A message that nobody wrote to you is only its sort. day_starts_at: the hour at which a day
    begins, local time.
    """
    message = _message(head[:LONGEST_HEAD])
    sender = next((address for _, address in _addresses(message, ("From",))), "")
    if (sort := sort_of(message, sender)) is not None:
        return sort
    recipients = tuple(address for _, address in _addresses(message, _RECIPIENTS))
    try:
        day = logical_day(_local(str(message.get("Date", ""))), day_starts_at)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError, OSError):
        return None
    return Mail(day, sender, recipients, place) if sender else None


def _local(text: str) -> datetime:
    """The moment of a `Date` header in the zone of this machine on that day.

    A zone of `-0000` gives UTC and says nothing of the sender's own (RFC 5322, 3.3).
    """
    at = parsedate_to_datetime(text)
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone()


def _message(content: bytes) -> EmailMessage:
    return message_from_bytes(content[:LONGEST_HEAD], policy=policy.compat32)  # type: ignore[arg-type]  # headers are read the same way


def _addresses(message: EmailMessage, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Names and addresses in these headers."""
    for name in names:
        for value in message.get_all(name, []):
            for called, address in getaddresses([str(value)]):
                key = email_key(one_line(address))
                if is_email(key):
                    yield _decoded(called), key


def _decoded(text: str) -> str:
    """A name without its header encoding (RFC 2047)."""
    from email.header import decode_header, make_header  # noqa: PLC0415  # only for encoded names

    try:
        with in_our_words("it is not encoded as its header says"):
            return str(make_header(decode_header(text)))
    except NotThisFormat:
        return text


def _turned(name: str) -> str:
    """`Turing, Alan` as Alan Turing; `Turing Press, Inc.` stays."""
    family, comma, given = name.partition(",")
    if not comma or "," in given or given.strip().rstrip(".").casefold() in _BEHIND_NAMES:
        return name
    return f"{given} {family}"


def _from_address(address: str) -> str:
    """A name made from an address: `ada.lovelace@…` is Ada Lovelace."""
    words = address.partition("@")[0].replace("_", ".").replace("-", ".").split(".")
    return " ".join(word[:1].upper() + word[1:] for word in words if word)


def mails(path: Path, day_starts_at: int) -> Iterator[Mail | Unread | Sort]:
    """The messages of a mailbox file or a Maildir folder, as `mail` reads them."""
    if is_maildir(path):
        files = sorted(one for name in MAILBOX for one in (path / name).glob("*") if one.is_file())
        for file in files:
            with opened_to_read(file) as stream:
                yield _read(stream.read(LONGEST_HEAD), file.name, day_starts_at)
        return
    with opened_to_read(path) as stream:
        for number, head in heads(stream):
            yield _read(head, f"{path.name}, line {number}", day_starts_at)
        check_steady(path, stream)


def happenings(
    found: Iterable[Mail | Unread],
    known: KnownPeople,
    own: frozenset[str],
    only: Sequence[Named],
) -> Found:
    """One interaction for each day, direction and person in the journal.

    own: your addresses. only: the people wanted; if empty, everybody.
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
            person = known.emails.get(address)
            if person is None or (chosen and person.id not in chosen) or address in own:
                continue
            happening = _happening(one, person, mine=mine)
            if happening.key not in seen:
                seen.add(happening.key)
                held.happenings.append(happening)
    return held


def _read(head: bytes, place: str, day_starts_at: int) -> Mail | Unread | Sort:
    try:
        with in_our_words("its headers cannot be read"):
            found = mail(head, place, day_starts_at)
    except NotThisFormat as error:
        return Unread(place, error.message)
    return found or Unread(place, "it does not say who sent it, or when")


def _happening(one: Mail, person: Named, *, mine: bool) -> Happening:
    direction = Direction.MINE if mine else Direction.THEIRS
    return Happening(
        key=f"{one.day}\0{direction}\0{person.id}",
        day=one.day,
        people=(person.name,),
        place=one.place,
        kind=Kind.EMAIL,
        direction=direction,
    )


def _own_unknown() -> str:
    command = as_typed("config", "set", "calendar.addresses", "you@example.org")
    return f"your own mail could not be recognised; give your addresses: {command}"
