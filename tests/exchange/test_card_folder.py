"""A folder of somebody's own cards, and a file of them: what goes back, and what is written."""

import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connect_cli.errors import AlreadyThere
from connect_cli.exchange import export, export_files, imports, vcard_read
from connect_cli.exchange.card_folder import Names, Written
from connect_cli.exchange.sources import read, source
from connect_cli.exchange.vcard_kept import substance
from connect_cli.exchange.vcard_lines import separated
from connect_cli.journal import merge, people, undo
from connect_cli.journal.answers import Silent
from connect_cli.journal.journal import Journal
from connect_cli.journal.people import Profile
from connect_cli.sync import copies
from tests.exchange.cards import LINES_OF_OTHERS
from tests.exchange.copies import journal_at
from tests.journal.commands import changes_nothing

OTHERS = Path(__file__).parent.parent / "exchange" / "cards_of_others"
PHOTO = "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ\n SkZJRgAB\n"
ADA = f"BEGIN:VCARD\nVERSION:3.0\nUID:u-1\nFN:Ada Lovelace\n{PHOTO}TEL:1\nEND:VCARD\n"
GRACE = "BEGIN:VCARD\nVERSION:4.0\nUID:u-2\nFN:Grace Hopper\nKEY:data:x;base64,AAAA\nEND:VCARD\n"
MUTE = "BEGIN:VCARD\nVERSION:3.0\nFN:Ada Lovelace\nX-PET:cat\nEND:VCARD\n"
Open = Callable[..., Journal]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for cards."""
    path = tmp_path / "book"
    path.mkdir()
    return path


def write_import(journal: Journal, *paths: Path, answer: str = "new") -> bool:
    """Take cards in; returns whether there was anything new."""
    found = list(read(source(paths, None)))
    for other in found[1:]:
        found[0].add(other)
    arrivals = imports.plan_import(journal, found[0], "vcard", lambda *_: answer)  # type: ignore[arg-type]  # a word of theirs
    if not changes_nothing(arrivals):
        imports.write_import(journal, arrivals, "from a test")
    return not changes_nothing(arrivals)


def seen(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """What stands in the files of a folder, and which files they are."""
    return {
        str(file.relative_to(folder)): (file.read_bytes(), file.stat().st_ino, file.stat().st_mode)
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def edited(journal: Journal, who: str, **fields: Any) -> None:
    """Change somebody in the journal, as `edit` does."""
    person = journal.named(who)
    people.edit(journal, person, people.profile(journal, person)._replace(**fields))


@pytest.mark.parametrize("file", sorted(OTHERS.glob("*.vcf")), ids=lambda path: path.stem)
def test_a_file_that_was_not_changed_here_goes_back_to_the_byte(
    journal: Journal, file: Path, folder: Path, tmp_path: Path
) -> None:
    """To standard output without its pictures, in a folder with them; nothing in it is new."""
    mine = folder / file.name
    mine.write_bytes(file.read_bytes())
    before = seen(folder)
    assert write_import(journal, folder)
    out = tmp_path / "out.vcf"
    out.write_text("".join(separated(export.cards(journal))), encoding="utf-8", newline="")
    kept = {one.card for one in vcard_read.read(file.read_bytes()).contacts}
    assert {one.card for one in vcard_read.read(out.read_bytes()).contacts} == kept
    assert len(out.read_bytes()) == sum(len(card.encode()) for card in kept)
    assert not write_import(journal, out)
    assert export.write_cards(journal, folder) == Written(as_they_were=len(kept))
    assert seen(folder) == before


@pytest.mark.parametrize("mode", [0o600, 0o644])
def test_a_file_is_written_only_where_somebody_was_changed(
    journal: Journal, folder: Path, mode: int
) -> None:
    """Only those lines; its mode stays, and the second time there is nothing to write."""
    (folder / "deep").mkdir()
    (folder / "deep" / "Ada.VCF").write_text(ADA, encoding="utf-8")
    (folder / "deep" / "Ada.VCF").chmod(mode)
    (folder / "ada.txt").write_text(ADA, encoding="utf-8")
    (folder / "broken.vcf").write_text("BEGIN:VCARD\nEND:VCARD\nBEGIN:VCARD\n", encoding="utf-8")
    (folder / "grace.vcf").write_text(GRACE, encoding="utf-8")
    write_import(journal, folder)
    before = seen(folder)
    edited(journal, "ada", phones=("1", "2"))
    assert export.write_cards(journal, folder) == Written(changed=1, as_they_were=1)
    after = seen(folder)
    content, inode, kept_mode = after.pop("deep/Ada.VCF")
    assert content.decode() == ADA.replace("TEL:1\n", "TEL:1\nTEL:2\n")
    assert (inode != before["deep/Ada.VCF"][1], stat.S_IMODE(kept_mode)) == (True, mode)
    assert after == {name: one for name, one in before.items() if name != "deep/Ada.VCF"}
    assert export.write_cards(journal, folder) == Written(as_they_were=2)
    assert not write_import(journal, folder)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_a_file_of_several_cards_keeps_its_encoding_and_its_line_ends(
    journal: Journal, folder: Path, encoding: str, end: str
) -> None:
    """And all that stands between the cards; it need not end with a line end."""
    text = f"x\n{ADA}\n\n{GRACE}{ADA.replace('u-1', 'u-3').replace('Ada', 'Zoë')}"
    text = text.replace("\n", end).removesuffix(end)
    file = folder / "all.vcf"
    file.write_bytes(text.encode(encoding))
    write_import(journal, folder)
    edited(journal, "grace", emails=("grace@example.org",))
    edited(journal, "Zoë", phones=())
    assert export.write_cards(journal, folder) == Written(changed=2, as_they_were=1)
    now = text.replace(f"AAAA{end}", f"AAAA{end}EMAIL:grace@example.org{end}")
    start = now.rindex("TEL:1")
    assert file.read_bytes() == (now[:start] + now[start + len(f"TEL:1{end}") :]).encode(encoding)


def test_cards_of_nobody_here_are_left_alone(journal: Journal, folder: Path) -> None:
    """Groups, what is broken, and who was not taken in, also beside a card that is changed."""
    group = "BEGIN:VCARD\nKIND:group\nFN:Ada Lovelace\nEND:VCARD\n"
    text = f"{group}{GRACE}BEGIN:VCARD\nFN:cut off\n{ADA}{group}"
    (folder / "all.vcf").write_text(ADA, encoding="utf-8")
    write_import(journal, folder)
    (folder / "all.vcf").write_text(text, encoding="utf-8")
    edited(journal, "ada", phones=("2",))
    assert export.write_cards(journal, folder) == Written(changed=1)
    assert (folder / "all.vcf").read_text(encoding="utf-8") == text.replace("TEL:1", "TEL:2")


def test_a_card_that_was_cut_within_a_letter_is_written(journal: Journal, folder: Path) -> None:
    """The standard allows it; its bytes stay."""
    file = folder / "zoe.vcf"
    raw = b"BEGIN:VCARD\nUID:u\nFN:Zo\xc3\n \xab\nTEL:1\nEND:VCARD\n"
    file.write_bytes(raw)
    write_import(journal, folder)
    edited(journal, "Zoë", phones=("2",))
    assert export.write_cards(journal, folder) == Written(changed=1)
    assert file.read_bytes() == raw.replace(b"TEL:1", b"TEL:2")


def test_what_another_program_changed_since_the_import_stays(
    journal: Journal, folder: Path
) -> None:
    """Lines that are new there, and a picture; the card is found by its uid, whatever it says."""
    file = folder / "ada.vcf"
    file.write_text(ADA, encoding="utf-8")
    write_import(journal, folder)
    theirs = "BEGIN:VCARD\nVERSION:4.0\nX-NEW:1\nFN:A. Lovelace\nUID:u-1\nTEL:3\nEND:VCARD"
    file.write_text(theirs, encoding="utf-8")
    edited(journal, "ada", name="Ada King", phones=("2",))
    assert export.write_cards(journal, folder) == Written(changed=1)
    assert file.read_text(encoding="utf-8") == theirs.replace("TEL:3\n", "TEL:3\nTEL:2\n")


def test_what_goes_out_follows_the_journal_change_after_change(
    journal: Journal, folder: Path
) -> None:
    """What it wrote itself at an earlier export is no word of somebody else."""
    file = folder / "ada.vcf"
    file.write_text(ADA, encoding="utf-8")
    write_import(journal, folder)
    for name, phone, born in (("Ada King", "2", "1990-01-02"), ("Ada Byron", "3", "")):
        edited(journal, next(journal.known()).name, name=name, phones=(phone,), birthday=born)
        assert export.write_cards(journal, folder) == Written(changed=1)
        assert export.write_cards(journal, folder) == Written(as_they_were=1)
    text = file.read_text(encoding="utf-8")
    assert "FN:Ada Byron\nPHOTO" in text
    assert (text.count("TEL:"), "TEL:3\n" in text, "BDAY" in text, PHOTO in text) == (
        *(1, True, False, True),
    )
    assert not write_import(journal, folder)


def test_a_card_of_the_journals_own_is_new_once(journal: Journal, folder: Path) -> None:
    """Then what another program put into it stays, and only what was changed here is changed."""
    people.add(journal, Profile("Ada Lovelace", phones=("1",)))
    assert export.write_cards(journal, folder) == Written(new=1)
    (file,) = folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    text = file.read_text(encoding="utf-8").replace("\n\n", "\n").replace("TEL", f"{PHOTO}TEL")
    file.write_text(text, encoding="utf-8")
    assert export.write_cards(journal, folder) == Written(as_they_were=1)
    edited(journal, "ada", name="Ada King", phones=("2",))
    assert export.write_cards(journal, folder) == Written(changed=1)
    after = file.read_text(encoding="utf-8")
    assert PHOTO in after
    assert ("FN:Ada King" in after, "TEL:2" in after, "TEL:1" in after) == (True, True, False)
    (folder / file.name).unlink()
    assert export.write_cards(journal, folder) == Written(new=1)


def test_cards_without_a_uid_are_found_by_what_they_say(journal: Journal, folder: Path) -> None:
    """Or by the name in them; several of one person go back each to its place."""
    (folder / "a.vcf").write_text(MUTE, encoding="utf-8")
    (folder / "b.vcf").write_text(MUTE.replace("cat", "dog"), encoding="utf-8")
    assert write_import(journal, folder)
    assert not write_import(journal, folder)
    assert sorted(export.cards(journal)) == [MUTE, MUTE.replace("cat", "dog")]
    before = seen(folder)
    assert export.write_cards(journal, folder) == Written(as_they_were=2)
    assert seen(folder) == before
    (folder / "b.vcf").write_text(MUTE.replace("cat", "fish"), encoding="utf-8")
    edited(journal, "ada", phones=("1",))
    assert export.write_cards(journal, folder) == Written(changed=1, as_they_were=1)
    assert "TEL:1\n" in (folder / "a.vcf").read_text(encoding="utf-8")
    assert write_import(journal, folder)
    assert sorted(
        word for text in export.cards(journal) for word in ("cat", "dog", "fish") if word in text
    ) == ["cat", "fish"]


def test_cards_that_share_a_uid_go_back_each_to_its_place(journal: Journal, folder: Path) -> None:
    """The second is taken for one without a uid, and keeps the one it has."""
    other = GRACE.replace("u-2", "u-1")
    (folder / "all.vcf").write_text(ADA + other, encoding="utf-8")
    write_import(journal, folder)
    before = seen(folder)
    assert export.write_cards(journal, folder) == Written(as_they_were=2)
    assert seen(folder) == before
    edited(journal, "grace", phones=("5",))
    assert export.write_cards(journal, folder) == Written(changed=1, as_they_were=1)
    now = (folder / "all.vcf").read_text(encoding="utf-8")
    assert now == ADA + other.replace("END", "TEL:5\nEND")


def test_two_cards_of_people_who_are_made_one_both_go_back(journal: Journal, folder: Path) -> None:
    """Each calls them what it called them, also those without a uid."""
    king = MUTE.replace("Lovelace", "King").replace("cat", "dog")
    for name, text in {"a": ADA, "g": GRACE, "m": MUTE, "k": king}.items():
        (folder / f"{name}.vcf").write_text(text, encoding="utf-8")
    write_import(journal, folder)
    merge.merge(journal, "Ada Lovelace", "Grace Hopper", Silent(), "Ada Lovelace")
    merge.merge(journal, "Ada Lovelace", "Ada King", Silent(), "Ada Lovelace")
    before = seen(folder)
    assert export.write_cards(journal, folder) == Written(as_they_were=4)
    assert seen(folder) == before
    assert not write_import(journal, folder)


DORA = """BEGIN:VCARD
VERSION:3.0
UID:z
FN:Two\\, Dora
N:Two;Dora;;;
TEL;TYPE=CELL:+49 170 1234567
item1.TEL:+491701234567
item1.X-ABLabel:Boat
NICKNAME:Do,Dodo
item2.EMAIL;TYPE=WORK:dora@x.org
item2.X-ABLabel:Work
BDAY;VALUE=date:19800102
item3.X-ABDATE:2009-08-08
item3.X-ABLabel:_$!<Anniversary>!$_
CATEGORIES:a,b
NOTE:last
END:VCARD
"""
CHANGES: dict[str, dict[str, Any]] = {
    "name": {"name": "Dora Three"},
    "email": {"emails": ("dora@new.org",)},
    "no email": {"emails": ()},
    "one email more": {"emails": ("dora@x.org", "dora@new.org")},
    "phone": {"phones": ("5",)},
    "no phone": {"phones": ()},
    "alias": {"aliases": ("Do", "Dolly")},
    "no alias": {"aliases": ()},
    "tag": {"tags": ("aa", "b")},
    "no tag": {"tags": ()},
    "birthday": {"birthday": "1981-01-02"},
    "no birthday": {"birthday": ""},
}


VERSIONS = ("2.1", "3.0", "4.0")
CHANGES_AND_VERSIONS = [
    pytest.param(change, version, marks=() if (at + of) % len(VERSIONS) == 0 else pytest.mark.slow)
    for at, change in enumerate(CHANGES)
    for of, version in enumerate(VERSIONS)
]
"""Each change in one version, and in the others among the slow ones."""


@pytest.mark.parametrize(("change", "version"), CHANGES_AND_VERSIONS)
def test_what_is_taken_back_in_the_journal_is_taken_back_in_the_folder(
    journal: Journal, folder: Path, change: str, version: str
) -> None:
    """Written out, undone and written out again, a card is as it was, to the byte."""
    (folder / "dora.vcf").write_text(DORA.replace("3.0", version), encoding="utf-8")
    write_import(journal, folder)
    before = (folder / "dora.vcf").read_bytes()
    edited(journal, "dora", **CHANGES[change])
    assert export.write_cards(journal, folder) == Written(changed=1)
    assert (folder / "dora.vcf").read_bytes() != before
    undo.undo(journal, undo.undoable(journal))
    assert export.write_cards(journal, folder) == Written(changed=1)
    assert (folder / "dora.vcf").read_bytes() == before


def test_a_new_name_of_two_who_are_one_is_taken_back_in_both_cards(
    journal: Journal, folder: Path
) -> None:
    """Each card calls them again what it called them."""
    for name, text in {"a": ADA, "g": GRACE}.items():
        (folder / f"{name}.vcf").write_text(text, encoding="utf-8")
    write_import(journal, folder)
    merge.merge(journal, "Ada Lovelace", "Grace Hopper", Silent(), "Ada Lovelace")
    edited(journal, "ada", name="Augusta King")
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert export.write_cards(journal, folder) == Written(changed=2)
    undo.undo(journal, undo.undoable(journal))
    assert export.write_cards(journal, folder) == Written(changed=2)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


OF_GRACE = Profile(
    *("Grace Hopper", ("Amazing",)),
    birthday="1906-12-09",
    emails=("grace@x.org",),
    phones=("7",),
    tags=("navy",),
)
TWO = {
    "with uids": {"dora": DORA, "grace": GRACE},
    "without": {"dora": DORA.replace("UID:z\n", ""), "grace": GRACE.replace("UID:u-2\n", "")},
    "one without": {"dora": DORA, "grace": GRACE.replace("UID:u-2\n", "")},
    "both with days": {"dora": DORA, "grace": GRACE.replace("KEY", "BDAY:19061209\nKEY")},
    "one by hand": {"dora": DORA},
}


KEPT = ("dora", "grace")
WHEN = ("before", "meanwhile")


def made_one() -> Iterator[Any]:
    """Every change, whom is kept, when, and what cards they have.

    Of the 240, 24 are quick: each change at both times and with either kept, and among them either
    kept at both times with all sorts of cards.
    """
    for (at, change), (of, kept), (then, when), (sort, cards) in product(
        *map(enumerate, (CHANGES, KEPT, WHEN, TWO))
    ):
        is_quick = of == (at + then) % 2 and sort == (at + 2 * then) % len(TWO)
        yield pytest.param(
            *(change, kept, KEPT[1 - of], when, cards), marks=() if is_quick else pytest.mark.slow
        )


@pytest.mark.parametrize(("change", "kept", "gone", "when", "cards"), list(made_one()))
def test_what_two_had_while_they_were_one_is_taken_back_in_both_cards(
    journal: Journal, folder: Path, change: str, kept: str, gone: str, when: str, cards: str
) -> None:
    """Whether it was changed before they were made one, or while they were."""
    for name, text in TWO[cards].items():
        (folder / f"{name}.vcf").write_text(text, encoding="utf-8")
    write_import(journal, folder)
    if "grace" not in TWO[cards]:
        people.add(journal, OF_GRACE)
    if when == "before":
        edited(journal, "dora", **CHANGES[change])
    export.write_cards(journal, folder)
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    merge.merge(journal, kept, gone, Silent(), kept)
    if when == "meanwhile":
        edited(journal, kept, **CHANGES[change])
    export.write_cards(journal, folder)
    for _ in range(2 if when == "meanwhile" else 1):
        undo.undo(journal, undo.undoable(journal))
    export.write_cards(journal, folder)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_of_several_who_become_one_no_card_is_called_otherwise(
    journal: Journal, folder: Path
) -> None:
    """One after the other too; and apart again each is as it was."""
    for name in ("ada", "bob", "cy"):
        born = "BDAY:1815-12-10\n" if name == "ada" else ""
        text = f"BEGIN:VCARD\nVERSION:3.0\nUID:{name}\nFN:{name.title()} Byron\n{born}END:VCARD\n"
        (folder / f"{name}.vcf").write_text(text, encoding="utf-8")
    write_import(journal, folder)
    before = seen(folder)
    merge.merge(journal, "bob", "cy", Silent(), "bob")
    assert export.write_cards(journal, folder) == Written(as_they_were=3)
    merge.merge(journal, "ada", "bob", Silent(), "ada")
    assert export.write_cards(journal, folder) == Written(as_they_were=3)
    edited(journal, "ada", name="Augusta King", birthday="1815-12-11")
    assert export.write_cards(journal, folder) == Written(changed=3)
    for _ in range(3):
        undo.undo(journal, undo.undoable(journal))
    assert export.write_cards(journal, folder) == Written(changed=3)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == {
        name: content for name, (content, *_) in before.items()
    }


def test_a_card_that_has_another_name_by_now_is_found_among_those_of_one(
    journal: Journal, folder: Path
) -> None:
    """It is the one that was renamed before, and gets no second one beside it."""
    for name, text in {"ada": ADA, "m": MUTE.replace("Ada Lovelace", "Bob Byron")}.items():
        (folder / f"{name}.vcf").write_text(text, encoding="utf-8")
    write_import(journal, folder)
    edited(journal, "bob", name="Robert Byron")
    export.write_cards(journal, folder)
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    merge.merge(journal, "ada", "robert", Silent(), "ada")
    export.write_cards(journal, folder)
    undo.undo(journal, undo.undoable(journal))
    export.write_cards(journal, folder)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


REFUSED = ["read-only", "latin-1", "large", "changed"]


@pytest.mark.parametrize("why", REFUSED)
def test_a_file_that_cannot_be_written_stays_and_the_others_are(
    journal: Journal, folder: Path, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is named with the reason; nothing is left beside it."""
    file = folder / "ada.vcf"
    content = ADA.replace("TEL", "NOTE:é\nTEL").encode("latin-1" if why == "latin-1" else "utf-8")
    file.write_bytes(content)
    (folder / "grace.vcf").write_text(GRACE, encoding="utf-8")
    write_import(journal, folder)
    for name in ("ada", "grace"):
        edited(journal, name, phones=("2",))
    if why == "read-only":
        file.chmod(0o400)
    elif why == "large":
        huge = file.read_bytes() + b"\n" * 1000
        file.write_bytes(huge)
        content = huge
        monkeypatch.setattr("connect_cli.exchange.sources.LARGEST_FILE", 1000)
    elif why == "changed":
        monkeypatch.setattr(export_files, "_identity", lambda one: (one.st_size, id(one)))
    written = export.write_cards(journal, folder)
    reasons = {
        "read-only": "it is read-only",
        "latin-1": "it is not in UTF-8",
        "large": "it is larger than 64 MB",
        "changed": "it changed while it was read",
    }
    refused = [(file, reasons[why])]
    if why == "changed":
        assert written.refused == [*refused, (folder / "grace.vcf", reasons[why])]
    else:
        assert written == Written(changed=1, refused=refused)
    assert file.read_bytes() == content
    assert sorted(one.name for one in folder.iterdir()) == ["ada.vcf", "grace.vcf"]


def test_a_new_card_that_cannot_be_written_is_told(
    journal: Journal, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the name it would have had."""
    people.add(journal, Profile("Ada"))
    monkeypatch.setattr("connect_cli.exchange.card_folder.file_name", "no/such/{}.vcf".format)
    (refused,) = export.write_cards(journal, folder).refused
    assert refused[0].parent == folder / "no" / "such"
    assert "No such file" in refused[1]


def test_a_card_that_says_nothing_of_anybody_is_passed_over(
    journal: Journal, folder: Path, tmp_path: Path
) -> None:
    """Another copy of the journal may bring one; the next that comes in takes its place."""
    for name, text in {"a": ADA, "m": MUTE.replace("Lovelace", "King")}.items():
        (folder / f"{name}.vcf").write_text(text, encoding="utf-8")
    write_import(journal, folder)
    lines = "".join(f"{line}\n" for line in export.lines_of_everything(journal))
    copy = tmp_path / "copy.jsonl"
    copy.write_text(lines.replace("\\nFN:Ada ", "\\nX-A:"), encoding="utf-8")
    with journal_at(tmp_path / "other.db") as other:
        copies.merge_copy(other, copy, lambda _: None)
        assert all("PRODID:-//connect" in text for text in export.cards(other))
        assert write_import(other, folder)
        assert export.write_cards(other, folder) == Written(as_they_were=2)
        assert not write_import(other, folder)


def test_a_link_stays_a_link(journal: Journal, folder: Path, tmp_path: Path) -> None:
    """The file that it leads to is written."""
    real = tmp_path / "real.vcf"
    real.write_text(ADA, encoding="utf-8")
    (folder / "ada.vcf").symlink_to(real)
    write_import(journal, folder)
    edited(journal, "ada", phones=())
    assert export.write_cards(journal, folder) == Written(changed=1)
    assert (folder / "ada.vcf").is_symlink()
    assert real.read_text(encoding="utf-8") == ADA.replace("TEL:1\n", "")


def test_no_new_file_has_the_name_of_another(tmp_path: Path) -> None:
    """Nor one that differs in case alone."""
    (tmp_path / "u-2.vcf").touch()
    names = Names(tmp_path)
    given = [names.of(uid) for uid in ("u-2", "U-2", "u-1", "u-3", "u-3")]
    assert given == ["u-2-2.vcf", "U-2-3.vcf", "u-1.vcf", "u-3.vcf", "u-3-2.vcf"]


def test_a_file_beyond_reason_is_no_place_of_a_card(journal: Journal, folder: Path) -> None:
    """Whatever is in it; the card gets a file of its own."""
    people.add(journal, Profile("Ada"))
    with (folder / "huge.vcf").open("wb") as stream:
        stream.write(ADA.encode())
        stream.truncate(2**30 + 1)
    assert export.write_cards(journal, folder) == Written(new=1)


STEP = st.sampled_from(
    [
        {"name": "Zoë King"},
        {"phones": ("+1 555 0100",)},
        {"phones": ()},
        {"emails": ("b@example.org",)},
        {"aliases": ("Zé", "Annie")},
        {"birthday": "1990-01-02"},
        {"birthday": ""},
        {"tags": ("work", "été")},
    ]
)


def random_file(cards: list[tuple[str, str, list[str]]], end: str, mark: str) -> bytes:
    """A file of cards with these versions, uids and lines."""
    texts = (
        f"BEGIN:VCARD\nVERSION:{version}\n{uid}FN:Person {'abcde'[number]}\n"
        + "".join(line.replace("\r\n", "\n") + "\n" for line in lines)
        + f"PHOTO;ENCODING=b:AAAA\n{'' if number else PHOTO}END:VCARD\n"
        for number, (version, uid, lines) in enumerate(cards)
    )
    return "".join(texts).replace("\n", end).encode(mark)


FILES = st.builds(
    random_file,
    st.lists(
        st.tuples(
            st.sampled_from(["2.1", "3.0", "4.0"]),
            st.sampled_from(["", "UID:u-1\n", "UID:u-2\n", "UID:u-3\n"]),
            st.lists(st.sampled_from(LINES_OF_OTHERS), max_size=6),
        ),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)


def goes_back(content: bytes, steps: list[dict[str, Any]]) -> None:
    """Take a file in, give it back in every way, change somebody, and give it back again."""
    with TemporaryDirectory() as name:
        folder = Path(name) / "book"
        folder.mkdir()
        file, out = folder / "all.vcf", Path(name) / "out.vcf"
        file.write_bytes(content)
        path = Path(name) / "journal.db"
        with journal_at(path) as journal:
            write_import(journal, folder)
            assert not write_import(journal, folder)
        with journal_at(path, 1) as journal:
            out.write_text("".join(separated(export.cards(journal))), encoding="utf-8", newline="")
            kept = sorted(one.card for one in vcard_read.read(content).contacts)
            assert sorted(one.card for one in vcard_read.read(out.read_bytes()).contacts) == kept
            assert not write_import(journal, out)
            assert export.write_cards(journal, folder) == Written(as_they_were=len(kept))
            assert file.read_bytes() == content
        for minute, step in enumerate(steps, 2):
            with journal_at(path, minute) as journal:
                somebody = next(journal.known())
                # An alias that is let go may be given to the next whose card has it.
                more = {"aliases": (*somebody.aliases, *step.get("aliases", ()))}
                with suppress(AlreadyThere):  # a name that somebody else has
                    edited(journal, somebody.name, **step | more)
                export.write_cards(journal, folder)
                now = file.read_bytes()
                written = export.write_cards(journal, folder)
                assert (written.changed, written.new, written.refused) == (0, 0, [])
                assert file.read_bytes() == now
                assert not write_import(journal, folder)
                assert list(folder.iterdir()) == [file]
                said = sorted(substance(one.card) for one in vcard_read.read(now).contacts)
                assert said == sorted(substance(text) for text in export.cards(journal))


@settings(max_examples=10, deadline=None)
@given(content=FILES, steps=st.lists(STEP, max_size=3))
def test_any_file_goes_back_and_then_only_with_what_was_changed(
    content: bytes, steps: list[dict[str, Any]]
) -> None:
    """Whatever stands in it; each time there is nothing new to take in."""
    goes_back(content, steps)


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_a_birthday_that_returns_is_written_as_it_was(version: str) -> None:
    """Otherwise the card that goes out is not known when it comes in again."""
    content = f"BEGIN:VCARD\nVERSION:{version}\nFN:Ada\nBDAY:1815-12-10\nEND:VCARD\n"
    goes_back(content.encode(), [{"birthday": ""}, {"birthday": "1990-01-02"}])


def test_cards_that_became_alike_are_told_apart_by_their_order() -> None:
    """Two of one person without a uid: what is added to the first stays there."""
    phone = "TEL;TYPE=CELL:+44 20 7946 0018"
    content = random_file([("2.1", "", [phone]), ("2.1", "", [phone])], "\n", "utf-8")
    goes_back(content, [{"name": "Zoë King"}, {"emails": ("b@example.org",)}, {"phones": ()}])


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(content=FILES, steps=st.lists(STEP, max_size=4))
def test_very_many_files_go_back(content: bytes, steps: list[dict[str, Any]]) -> None:
    """The same, so often that what is rare comes too."""
    goes_back(content, steps)
