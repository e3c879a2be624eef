"""The names of conflicted copies lead to the file that they are copies of."""

import pytest

from connect_cli.conflict_names import original_name

COPIES = {
    "phone.sync-conflict-20261123-080000-ABCDEFG.txt": "phone.txt",
    "phone.sync-conflict-20261123-080000-ABCDEFG": "phone",
    "my phone.sync-conflict-20261123-080000-ABCDEFG.txt": "my phone.txt",
    "phone (Ada's conflicted copy 2026-11-23).txt": "phone.txt",
    "phone (conflicted copy 2026-11-23 080000).txt": "phone.txt",
    "phone (Case Conflict).txt": "phone.txt",
    'phone (In Konflikt stehende Kopie von Ada "Lap" 2026-11-23).txt': "phone.txt",
    "phone (wersja w konflikcie 2026-11-23).txt": "phone.txt",
    "phone (冲突副本 2026-11-23).txt": "phone.txt",
    "phone (1).txt": "phone.txt",
    "phone (1)": "phone",
    "phone [Conflict].txt": "phone.txt",
    "phone [conflicted 2].txt": "phone.txt",
    "phone_conflict-20261123-080000.txt": "phone.txt",
    "phone 2.txt": "phone.txt",
    "phone 9": "phone",
    "phone.Conflict.txt": "phone.txt",
    "phone.conflict2.txt": "phone.txt",
    "phone copy.txt": "phone.txt",
    "phone copy 2.txt": "phone.txt",
    "phone - Copy.txt": "phone.txt",
    "phone - Copy (2).txt": "phone.txt",
    "Copy of phone.txt": "phone.txt",
    "copy of Copy of phone (1).txt": "phone.txt",
    "phone (1) (Ada's conflicted copy 2026-11-23).txt": "phone.txt",
    "phone 2.sync-conflict-20261123-080000-ABCDEFG.txt": "phone.txt",
    "phone.v2 (1).txt": "phone.v2.txt",
}  # fmt: skip
NAMES = (
    "phone.txt", "phone", "", "2.txt", "(1).txt", "phone-2027.txt", "phone 2027.txt", "phone2.txt",
    "phone 1.txt", "phone 10.txt", "phone-ADAS-LAPTOP.txt", "phone(1).txt", "phone copying.txt",
    "photocopy.txt", "copy.txt", "phone 2 more.txt", "phone 2.5.txt", "phone (1) a.txt",
    "conflict.txt", "my conflict.txt", "phone.sync-conflict.txt", "Copying of phone.txt",
)  # fmt: skip


@pytest.mark.parametrize(("copy", "name"), COPIES.items())
def test_the_name_of_a_copy_leads_to_its_file(copy: str, name: str) -> None:
    """Whatever program added to it, in whatever language, and also if two of them did."""
    assert original_name(copy) == name


@pytest.mark.parametrize("name", NAMES)
def test_what_somebody_may_call_a_file_is_no_copy(name: str) -> None:
    """A year, a number that belongs to it, a word that only looks like it."""
    assert original_name(name) == name
