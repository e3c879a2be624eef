"""People who have a tag, a firm or a domain in common."""

from connect_cli.journal import memory
from connect_cli.journal import people as people_verbs
from connect_cli.journal.groups import groups
from connect_cli.journal.journal import Journal
from connect_cli.journal.people import Profile
from connect_cli.model import Named


def everybody(journal: Journal) -> list[Named]:
    """All people of the journal."""
    return [Named(one.id, one.name) for one in journal.known()]


def test_five_people_with_something_in_common_are_a_group(journal: Journal) -> None:
    """The largest first; four are none, nor are those whose mail is at a public domain."""
    for number in range(7):
        name, mail = f"Ada {number}", "acme.example" if number < 5 else "gmail.com"
        tags = ("choir",) if number < 6 else ("chess",)
        people_verbs.add(
            journal, Profile(name, emails=(f"{number}@{mail}", f"x{number}@{mail}"), tags=tags)
        )
        memory.remember(journal, f"'{name}'", f"company: {'ACME ' if number else 'Acme'}")
    found = groups(journal, everybody(journal))
    assert [(group.label, len(group.people), group.is_private) for group in found] == [
        ("Acme", 7, True),
        ("#choir", 6, False),
        ("@acme.example", 5, True),
    ]
    assert groups(journal, everybody(journal)[:4]) == []
