"""The lines of the inbox: which files are read, how often a line counts, and what is left out."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from connect_cli.errors import ConnectError
from connect_cli.sync.inbox_files import LARGEST_FILE, Inbox, folder_of, read_inbox

NOW = datetime.fromisoformat("2026-11-23T08:00").astimezone()
LONG_AGO = NOW - timedelta(days=3)
COFFEE, WALK, CALL = "Coffee with Ada", "Walk with Bo", "Call with Cy"
COPY = "phone.sync-conflict-20261123-080000-ABCDEFG.txt"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An inbox without files."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    return inbox


def put(folder: Path, content: bytes | str, name: str = "phone.txt", at: datetime = NOW) -> Path:
    """A file of the inbox, changed at a moment."""
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    os.utime(file, (at.timestamp(), at.timestamp()))
    return file


def lines_in(*said: str) -> str:
    """The text of a file."""
    return "".join(f"{line}\n" for line in said)


def texts(inbox: Inbox) -> list[str]:
    """What its lines say."""
    return [line.text for line in inbox.lines]


@pytest.mark.parametrize(
    ("copies", "counts"),
    [
        ({"phone.txt": [COFFEE, WALK]}, [1, 1, 0]),
        ({"phone.txt": [COFFEE, WALK, COFFEE]}, [2, 1, 0]),
        ({"phone.txt": [COFFEE], COPY: [COFFEE, WALK]}, [1, 1, 0]),
        ({"phone.txt": [COFFEE, WALK], COPY: [COFFEE, CALL]}, [1, 1, 1]),
        ({"phone.txt": [COFFEE], COPY: [COFFEE, COFFEE]}, [2, 0, 0]),
        ({"phone.txt": [COFFEE, COFFEE], COPY: [COFFEE, COFFEE, COFFEE, WALK]}, [3, 1, 0]),
        ({COPY: [COFFEE], "phone (1).txt": [COFFEE], "phone 2.txt": [COFFEE]}, [1, 0, 0]),
        ({"phone.txt": [COFFEE], "PHONE.TXT": [COFFEE]}, [1, 0, 0]),
        ({"phone.txt": [COFFEE], "tablet.txt": [COFFEE]}, [2, 0, 0]),
        ({"phone.txt": [COFFEE], "phone.md": [COFFEE]}, [2, 0, 0]),
        ({"phone.txt": [COFFEE], "phone-2027.txt": [COFFEE]}, [2, 0, 0]),
        ({"José.txt": [COFFEE], "Jose\u0301.txt": [COFFEE]}, [1, 0, 0]),
        ({"phone.txt": ["José", "Jose\u0301"], COPY: ["Jose\u0301"]}, [0, 0, 0, 2]),
        ({"phone.txt": []}, [0, 0, 0]),
    ],
)
def test_a_line_counts_as_often_as_in_the_fullest_copy(
    folder: Path, copies: dict[str, list[str]], counts: list[int]
) -> None:
    """Files of other devices are other files; each line that counts has an id of its own."""
    for name, said in copies.items():
        put(folder, lines_in(*said), name)
    found = read_inbox(folder, NOW)
    wanted = [COFFEE, WALK, CALL, "José"][: len(counts)]
    assert [texts(found).count(text) for text in wanted] == counts
    assert len({line.id for line in found.lines}) == sum(counts)
    assert found.unread == []
    assert sorted(found.files) == sorted(copies)


def test_ids_stay_whatever_happens_to_the_copies(folder: Path) -> None:
    """A line has the same one in the file, in its copy, further down and among others."""
    put(folder, lines_in(COFFEE, COFFEE))
    before = {line.id for line in read_inbox(folder, NOW).lines}
    put(folder, lines_in(WALK, f"- {COFFEE}", "", f"  {COFFEE}\t", COFFEE), COPY)
    both = [line.id for line in read_inbox(folder, NOW).lines if line.text == COFFEE]
    assert before < set(both)
    (folder / "phone.txt").unlink()
    assert [line.id for line in read_inbox(folder, NOW).lines if line.text == COFFEE] == both


def test_a_line_was_written_before_any_copy_that_holds_it(folder: Path) -> None:
    """So its day is that of the oldest; of a second one, that of the oldest that has two."""
    put(folder, lines_in(COFFEE), at=LONG_AGO)
    put(folder, lines_in(WALK, COFFEE, COFFEE), COPY)
    found = read_inbox(folder, NOW).lines
    assert [(line.text, line.file, line.number, line.changed) for line in found] == [
        (WALK, COPY, 1, NOW),
        (COFFEE, COPY, 2, LONG_AGO),
        (COFFEE, COPY, 3, NOW),
    ]
    assert found[0].place == f"{COPY}, line 1"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (COFFEE, COFFEE),
        (f"- {COFFEE}", COFFEE),
        (f"  -  {COFFEE}  ", COFFEE),
        (f"\t{COFFEE}\t", COFFEE),
        (f"{COFFEE}: #work", f"{COFFEE}: #work"),
        (f"\ufeff{COFFEE}", COFFEE),
        (f"-{COFFEE}", f"-{COFFEE}"),
        (f"- - {COFFEE}", f"- {COFFEE}"),
        ("李雷", "李雷"),
        ("7", "7"),
        ("", None),
        ("   ", None),
        ("-", None),
        ("- ", None),
        ("---", None),
        ("***", None),
        ("…", None),
        ("# Coffee with Ada", None),
        ("#work", None),
        ("  # a comment", None),
        ("- # a comment", None),
    ],
)
def test_what_a_line_says(folder: Path, line: str, said: str | None) -> None:
    """Without the bullet; blank lines, comments and rules say nothing."""
    put(folder, lines_in("Tea with Dee", line))
    found = read_inbox(folder, NOW).lines
    assert [(each.text, each.number) for each in found[1:]] == ([] if said is None else [(said, 2)])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_unicode_and_every_line_end_is_read_alike(
    folder: Path, end: str, encoding: str
) -> None:
    """And gives the same ids, so that another editor on the phone brings nothing back."""
    said = ["Café with José: “sí”", COFFEE]
    put(folder, lines_in(*said))
    wanted = read_inbox(folder, NOW).lines
    put(folder, "".join(f"{line}{end}" for line in said).encode(encoding))
    assert read_inbox(folder, NOW).lines == wanted
    assert [line.text for line in wanted] == said


def test_windows_letters_are_read(folder: Path) -> None:
    """A line that is not UTF-8."""
    put(folder, "Café with José\n".encode("cp1252"))
    assert texts(read_inbox(folder, NOW)) == ["Café with José"]


@pytest.mark.parametrize("unusual", ["\u2028", "\x0b", "\x0c", "\x85"])
def test_nothing_else_ends_a_line(folder: Path, unusual: str) -> None:
    """A program that puts such letters into a note writes one line."""
    put(folder, f"{COFFEE}: sun{unusual}rain\n")
    assert len(read_inbox(folder, NOW).lines) == 1


@pytest.mark.parametrize(
    ("seconds", "is_read"),
    [(0, False), (-59, False), (-61, True), (59, False), (61, True), (-86400, True)],
)
def test_a_last_line_without_an_end_waits_a_minute(
    folder: Path, seconds: int, is_read: bool
) -> None:
    """It may still be growing; a clock that is far ahead does not hold it for ever."""
    put(folder, f"{COFFEE}\n{WALK}", at=NOW + timedelta(seconds=seconds))
    found = read_inbox(folder, NOW)
    assert texts(found) == [COFFEE, WALK][: 1 + is_read]
    said = "phone.txt: the last line has no end yet; it is read in a minute"
    assert found.unread == ([] if is_read else [said])


def test_an_empty_file_says_nothing(folder: Path) -> None:
    """It is read all the same."""
    for number, content in enumerate((b"", b"\xef\xbb\xbf", b"\n\n", b"\xff\xfe")):
        put(folder, content, f"{number}.txt")
    assert read_inbox(folder, NOW) == Inbox([], ["0.txt", "1.txt", "2.txt", "3.txt"], [])


def test_a_huge_line_is_one_line(folder: Path) -> None:
    """Whoever logs it says that it is too long."""
    put(folder, lines_in("word " * 100_000, COFFEE))
    assert [len(text) for text in texts(read_inbox(folder, NOW))] == [499_999, len(COFFEE)]


def test_a_file_that_is_too_large_is_named(folder: Path) -> None:
    """The others are read; one of just that size is."""
    put(folder, b"#" * (LARGEST_FILE + 1), "large.txt")
    put(folder, lines_in(COFFEE).ljust(LARGEST_FILE, "#"), at=LONG_AGO)
    found = read_inbox(folder, NOW)
    assert (texts(found), found.files) == ([COFFEE], ["phone.txt"])
    assert found.unread == ["not read: large.txt; it is larger than 16 MB"]


def test_a_file_that_cannot_be_read_is_named(folder: Path) -> None:
    """The others are read. The system gives nobody the first bytes of this one, not even root."""
    (folder / "broken.txt").symlink_to("/proc/self/mem")
    put(folder, lines_in(COFFEE))
    found = read_inbox(folder, NOW)
    assert (texts(found), found.files) == ([COFFEE], ["phone.txt"])
    assert found.unread == [f"cannot read {folder}/broken.txt: Input/output error"]


def test_what_is_no_file_is_passed_over(folder: Path) -> None:
    """No pipe holds it up, and no link that leads nowhere or in a circle; other links are read."""
    os.mkfifo(folder / "pipe.txt")
    (folder / "folder.txt").mkdir()
    put(folder / "folder.txt", lines_in(WALK))
    (folder / "nowhere.txt").symlink_to(folder / "gone")
    (folder / "circle.txt").symlink_to(folder / "circle.txt")
    put(folder.parent, lines_in(COFFEE), "elsewhere")
    (folder / "link.txt").symlink_to(folder.parent / "elsewhere")
    assert texts(read_inbox(folder, NOW)) == [COFFEE]
    assert read_inbox(folder, NOW).unread == []


@pytest.mark.parametrize(
    "name",
    [
        ".hidden.txt", ".syncthing.phone.txt.tmp", "~syncthing~phone.txt.tmp", "~$phone.txt",
        "#phone.txt#", ".#phone.txt", ".phone.txt.swp", "..txt",
    ],
)  # fmt: skip
def test_hidden_and_temporary_files_are_nothing(folder: Path, name: str) -> None:
    """Editors and programs that synchronise leave them there for a while."""
    put(folder, lines_in(COFFEE), name)
    assert read_inbox(folder, NOW) == Inbox([], [], [])


@pytest.mark.parametrize("name", ["a", "a.txt", "A.TXT", "a.text", "a.md", "a.markdown", "a.log"])
def test_the_names_of_text_files(folder: Path, name: str) -> None:
    """One without an ending as well."""
    put(folder, lines_in(COFFEE), name)
    assert texts(read_inbox(folder, NOW)) == [COFFEE]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["a.jpg"], "not read: a.jpg; text files end in .txt or .md"),
        (["c.pdf", "a.jpg", "b.docx"], "not read: a.jpg and 2 more; text files end in .txt or .md"),
    ],
)
def test_other_files_are_named_once(folder: Path, names: list[str], said: str) -> None:
    """With one of them, so that somebody sees why nothing came."""
    for name in names:
        put(folder, lines_in(COFFEE), name)
    assert read_inbox(folder, NOW) == Inbox([], [], [said])


def test_the_folder_must_be_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the home written out; what is no folder, or cannot be listed, is said."""
    monkeypatch.setenv("HOME", str(folder.parent))
    assert folder_of("~/inbox") == folder
    file = put(folder, "")
    for setting in (str(file), str(folder / "gone")):
        with pytest.raises(ConnectError, match=f"there is no folder {setting}"):
            folder_of(setting)
    with pytest.raises(ConnectError, match=r"cannot read .*: Not a directory"):
        read_inbox(file, NOW)
