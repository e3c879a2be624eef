"""The same work in two other tools, beside floor R.

They are in an environment of their own: python -m venv V && V/bin/pip install jrnl khard.
A journal of 20,000 interactions and an address book of 500 people are made from the seed of the
worlds.
"""

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from random import Random

from tests.benchmarks import words
from tests.benchmarks.cases import FLOORS
from tests.benchmarks.measuring import Costs, Task, in_pairs
from tests.benchmarks.sizes import SEED, SIZES

JRNL = """\
version: v4.2
journals:
  default:
    journal: {folder}/journal.txt
editor: ''
encrypt: false
default_hour: 9
default_minute: 0
timeformat: '%Y-%m-%d %H:%M'
tagsymbols: '#@'
template: false
highlight: false
linewrap: 79
indent_character: '|'
colors: {{body: none, date: none, tags: none, title: none}}
"""
KHARD = """\
[addressbooks]
[[people]]
path = {folder}/cards
[general]
default_action = list
"""
CARD = "BEGIN:VCARD\nVERSION:3.0\nUID:{number}\nFN:{name}\nN:{last};{first};;;\nEND:VCARD\n"
COMMANDS = (
    ("jrnl", "-n", "20"),
    ("jrnl", "-contains", words.RARE),
    ("jrnl", "yesterday: Coffee with Ada Lovelace. She is moving to Boston"),
    ("khard", "list"),
    ("khard", "show", "Ada Lovelace"),
)


def measured(venv: Path, rounds: int) -> list[tuple[str, Costs, Costs]]:
    """What each command cost, and the floor beside it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _fill(folder)
        env = {"PATH": "/usr/bin:/bin", "HOME": name, "XDG_CONFIG_HOME": name, "LANG": "C.UTF-8"}
        tasks = [_task(venv, command, env) for command in COMMANDS]
        floor = Task((sys.executable, *FLOORS["R"]), env)
        pairs = in_pairs([(task, floor) for task in tasks], rounds)
    return [(" ".join(each), *costs) for each, costs in zip(COMMANDS, pairs, strict=True)]


def _task(venv: Path, command: tuple[str, ...], env: Mapping[str, str]) -> Task:
    return Task((str(venv / "bin" / "python"), str(venv / "bin" / command[0]), *command[1:]), env)


def _fill(folder: Path) -> None:
    chance = Random(SEED)  # noqa: S311  # nothing here is secret
    names = [f"{first} {last}" for first in words.FIRST for last in words.LAST]
    people = [names[0], *chance.sample(names[1:], SIZES["M"].people - 1)]
    (folder / "jrnl").mkdir()
    (folder / "jrnl" / "jrnl.yaml").write_text(JRNL.format(folder=folder), encoding="utf-8")
    interactions = []
    for number in range(SIZES["M"].interactions):
        day = f"{2018 + number // 2500}-{1 + number % 12:02}-{1 + number % 28:02}"
        note = chance.choice(words.NOTES) + (f" {words.RARE}" if number % 7000 == 0 else "")
        interactions.append(f"[{day} 09:00] Coffee with {chance.choice(people)}. {note}\n\n")
    (folder / "journal.txt").write_text("".join(interactions), encoding="utf-8")
    (folder / "khard").mkdir()
    (folder / "khard" / "khard.conf").write_text(KHARD.format(folder=folder), encoding="utf-8")
    (folder / "cards").mkdir()
    for number, name in enumerate(people):
        first, last = name.split()
        card = CARD.format(number=number, name=name, first=first, last=last)
        (folder / "cards" / f"{number}.vcf").write_text(card, encoding="utf-8")
