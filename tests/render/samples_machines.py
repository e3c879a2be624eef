"""A run of `connect sync`, and the machines that keep a journal."""

from datetime import UTC, datetime

from connect_cli.meetings import FromMachine, MachineSeen, MachineWaits, SyncAnswer, SyncChecked

DESKTOP = FromMachine(
    "desktop",
    {"person": 1, "interaction": 2, "detail": 1, "offered": 3},
    {"promise": 1},
    {"detail": 2},
    people=("Ada Lovelace", "Tom Reed"),
)
OFFICE = FromMachine(
    "office",
    {"interaction": 12},
    {},
    {},
    [(f"000004.jsonl, line {n}", "it names somebody who is not here") for n in range(1, 8)],
    ("Ada", "Bo", "Cy", "Di", "Ed", "Fay"),
)
BEHIND = MachineWaits("old", "a newer connect writes there", "install the newer connect here too")
LATE = MachineWaits("stick", "its file 12 is not here yet")
SYNC = SyncAnswer(
    "/home/me/Sync/connect",
    (DESKTOP, OFFICE),
    (BEHIND, LATE),
    ("Removed 1 person for good, as 'connect forget' did on another machine.",),
    4,
    inbox=(2, 1),
    checked=SyncChecked(40, "interaction 4k7q0w2m9t3x", "no line", (LATE,)),
)
_NEWEST = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
MACHINES = (
    MachineSeen("4k7q0w2m9t3x", "laptop", is_this=True, given=9),
    MachineSeen("5m8r1x3n0v4y", "desktop", False, 7, 7, 9, 9, 0, _NEWEST, _NEWEST.date()),
    MachineSeen(
        "6n9s2y4p1w5z", "computer at work", False, 31, 28, 4, 9, 2, _NEWEST, _NEWEST.date()
    ),
    MachineSeen("7p0t3z5q2x60", "stick", given=3, taken=3, is_there=False),
    MachineSeen("8q1v406r3y71", "old one", given=3, taken=3, retired=True),
)


def hostile_sync(text: str) -> SyncAnswer:
    """A run in which every text is hostile."""
    came = FromMachine(text, {"interaction": 1}, {}, {}, [(text, text)], (text,))
    return SyncAnswer(text, (came,), (MachineWaits(text, text, text),), (text,))


def hostile_machines(text: str) -> tuple[MachineSeen, ...]:
    """Machines of a hostile name."""
    return tuple(one._replace(name=text) for one in MACHINES)
