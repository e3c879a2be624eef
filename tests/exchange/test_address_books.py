"""Round trips through real programs, where they are: Radicale, vdirsyncer, khard, khal, jrnl.

`CONNECT_TEST_PROGRAMS` may name a directory that holds them, such as the bin of an environment.
"""

import os
import shlex
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import pexpect
import pytest

from tests.cli.editors import editor
from tests.cli.terminals import finished
from tests.conftest import Connect

pytestmark = pytest.mark.slow
PLACES = os.environ.get("CONNECT_TEST_PROGRAMS")
PATIENCE = 30
CARD = """BEGIN:VCARD
VERSION:3.0
UID:u-1
FN:Ada Lovelace
N:Lovelace;Ada;;;
EMAIL;TYPE=HOME:ada@example.org
TEL;TYPE=CELL:+44 20 7946 0018
ADR;TYPE=HOME:;;12 St James's Square;London;;SW1Y 4JH;UK
X-SKYPE:ada
X-SOCIALPROFILE;TYPE=x:ada
END:VCARD
"""
BOOK = (
    '<?xml version="1.0"?><mkcol xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"><set><prop>'
    "<resourcetype><collection/><C:addressbook/></resourcetype></prop></set></mkcol>"
)


def program(name: str) -> str:
    """Where a program is; the test is skipped without it."""
    found = shutil.which(name, path=PLACES) or shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def run(*words: str, env: dict[str, str] | None = None, stdin: str = "") -> str:
    """What a program answers."""
    ran = subprocess.run(
        words,
        input=stdin,
        capture_output=True,
        text=True,
        env={**os.environ, **(env or {})},
        check=False,
        timeout=PATIENCE * 4,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.fixture
def exported(connect: Connect, tmp_path: Path) -> Path:
    """A folder of cards as connect writes them: one taken in, one of its own."""
    file = tmp_path / "ada.vcf"
    file.write_text(CARD, encoding="utf-8")
    connect("import", str(file), "--yes")
    connect("add", "José Sá", "--birthday", "04-12", "--email", "jose@example.org")
    connect("export", "vcard", str(tmp_path / "book"))
    return tmp_path / "book"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """A CardDAV server on this machine with an empty address book; its address."""
    radicale = program("radicale")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [radicale, "--config", "", "--hosts", f"127.0.0.1:{port}", "--auth-type", "none"]
    store = ["--storage-filesystem-folder", str(tmp_path / "server")]
    child = subprocess.Popen([*words, *store], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        made = Request(f"{url}/me/book/", data=BOOK.encode(), method="MKCOL")  # noqa: S310  # ours
        made.add_header("Authorization", "Basic bWU6bWU=")
        wait_for(made)
        yield url
    finally:
        child.terminate()
        child.wait()


def wait_for(request: Request) -> None:
    """Ask until the server answers."""
    for _ in range(PATIENCE * 10):
        try:
            with urlopen(request):  # noqa: S310  # as above
                return
        except URLError as error:
            if hasattr(error, "code"):
                raise
            time.sleep(0.1)
    pytest.fail("the server did not start")


def synchronised(tmp_path: Path, url: str, book: Path) -> None:
    """Let vdirsyncer make the folder and the server the same."""
    config = tmp_path / "vdirsyncer.conf"
    config.write_text(
        f'[general]\nstatus_path = "{tmp_path / "status"}/"\n'
        '[pair book]\na = "here"\nb = "there"\ncollections = null\n'
        f'[storage here]\ntype = "filesystem"\npath = "{book}"\nfileext = ".vcf"\n'
        f'[storage there]\ntype = "carddav"\nurl = "{url}/me/book/"\n'
        'username = "me"\npassword = "me"\n',
        encoding="utf-8",
    )
    vdirsyncer = program("vdirsyncer")
    run(vdirsyncer, "-c", str(config), "discover", stdin="y\ny\n")
    run(vdirsyncer, "-c", str(config), "sync")


def test_cards_survive_a_server(
    connect: Connect, exported: Path, server: str, tmp_path: Path
) -> None:
    """Up with vdirsyncer, down into another folder: the same people, and nothing new to take in."""
    synchronised(tmp_path, server, exported)
    other = tmp_path / "other"
    other.mkdir()
    (tmp_path / "elsewhere").mkdir()
    synchronised(tmp_path / "elsewhere", server, other)
    assert len(list(other.glob("*.vcf"))) == 2
    assert "Nothing new" in connect("import", str(other), "--yes").out
    assert "X-SKYPE:ada" in "".join(one.read_text(encoding="utf-8") for one in other.iterdir())


def khard(tmp_path: Path, book: Path) -> list[str]:
    """The words that run khard on a folder of cards."""
    config = tmp_path / "khard.conf"
    config.write_text(
        f"[addressbooks]\n[[book]]\npath = {book}\n"
        "[general]\nmerge_editor = true\n[vcard]\nprivate_objects = Skype,\n",
        encoding="utf-8",
    )
    return [program("khard"), "-c", str(config)]


def test_khard_lists_and_adds_to_what_was_exported(
    connect: Connect, exported: Path, tmp_path: Path
) -> None:
    """Somebody who is added there arrives here."""
    words = khard(tmp_path, exported)
    listed = run(*words, "list", "--parsable")
    assert "u-1\tAda Lovelace" in listed
    assert "José Sá" in listed
    template = run(*words, "template")
    run(*words, "new", "-a", "book", stdin=filled(template))
    found = connect("import", str(exported), "--yes").out
    assert "new: Grace Hopper" in found


def test_what_khard_edits_arrives_and_the_rest_stays(
    connect: Connect, exported: Path, tmp_path: Path
) -> None:
    """A field changed in an editor there is news here; what neither understands is still there."""
    changes = editor(tmp_path, "sed -i 's/^Nickname *:.*/Nickname : Countess/' \"$1\"")
    child = pexpect.spawn(
        shlex.join([*khard(tmp_path, exported), "edit", "uid:u-1"]),
        env={**os.environ, "TERM": "xterm", "EDITOR": changes, "VISUAL": changes},
        encoding="utf-8",
        timeout=PATIENCE,
    )
    child.expect("Modification successful")
    assert finished(child) == 0
    found = connect("import", str(exported), "--yes").out
    assert "matched (by uid): Ada Lovelace: alias Countess" in found
    assert "Nothing new" in connect("import", str(exported), "--yes").out
    connect("export", "vcard", str(exported))
    (card,) = exported.glob("u-1.vcf")
    lines = card.read_text(encoding="utf-8").splitlines()
    assert {"NICKNAME:Countess", "X-SKYPE:ada", "X-SOCIALPROFILE;TYPE=x:ada"} <= {*lines}
    assert "EMAIL;TYPE=HOME:ada@example.org" in lines


def filled(template: str) -> str:
    """khard's form with a name."""
    lines = [
        {"First name": "First name : Grace", "Last name": "Last name : Hopper"}.get(
            line.partition(":")[0].strip(), line
        )
        for line in template.splitlines()
    ]
    return "\n".join(lines)


@pytest.fixture
def calendar(connect: Connect, tmp_path: Path) -> Path:
    """A calendar with a birthday on 29 February and a promise."""
    connect("add", "Ada Lovelace", "--birthday", "02-29")
    connect("promise", "ada", "send; the, photos\\", "--by", "2026-12-01")
    connect("export", "ics", str(tmp_path / "connect.ics"), "--alarm", "9:00")
    return tmp_path / "connect.ics"


def test_a_calendar_is_read_by_icalendar(calendar: Path) -> None:
    """Every interaction has a day and an id, and 29 February comes every year."""
    icalendar = pytest.importorskip("icalendar", reason="the extra `calendar` is not installed")
    events = icalendar.Calendar.from_ical(calendar.read_bytes()).walk("VEVENT")
    assert [str(one["SUMMARY"]) for one in events] == [
        "Ada Lovelace: birthday",
        "Ada Lovelace: send; the, photos\\",
    ]
    assert all(one["UID"] and one["DTSTART"] for one in events)


def test_a_calendar_is_listed_by_khal(calendar: Path, tmp_path: Path) -> None:
    """Imported twice it is there once, every day where it belongs."""
    (tmp_path / "khal").mkdir()
    config = tmp_path / "khal.conf"
    config.write_text(
        f"[calendars]\n[[me]]\npath = {tmp_path / 'khal'}\n"
        "[locale]\nlocal_timezone = Europe/London\ndefault_timezone = Europe/London\n"
        "dateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        f"[sqlite]\npath = {tmp_path / 'khal.db'}\n[default]\ndefault_calendar = me\n",
        encoding="utf-8",
    )
    words = [program("khal"), "-c", str(config)]
    for _ in range(2):
        run(*words, "import", "--batch", str(calendar))
    listed = run(*words, "list", "--format", "{start-date} {title}", "2026-11-23", "900d")
    assert [line for line in listed.splitlines() if "Ada" in line] == [
        "2026-12-01 Ada Lovelace: send; the, photos\\",
        "2027-02-28 Ada Lovelace: birthday",
        "2028-02-29 Ada Lovelace: birthday",
        "2029-02-28 Ada Lovelace: birthday",
    ]


def test_an_export_of_jrnl_is_taken_in(connect: Connect, tmp_path: Path) -> None:
    """As jrnl itself writes it, of a journal that it made."""
    words = [program("jrnl"), "--config-file", str(tmp_path / "jrnl.yaml")]
    (tmp_path / "jrnl.yaml").write_text(
        f"journals:\n  default:\n    journal: {tmp_path / 'journal.txt'}\n"
        "encrypt: false\neditor: ''\ntemplate: false\ndefault_hour: 9\ndefault_minute: 0\n"
        "timeformat: '%F %r'\ntagsymbols: '#@'\nhighlight: true\nlinewrap: 79\n"
        "indent_character: '|'\ncolors:\n  body: none\n  date: none\n  tags: none\n  title: none\n"
        "version: v4.2\n",
        encoding="utf-8",
    )
    for text in (
        "2026-11-02 10:00: Coffee with @ada_lovelace. She is moving. #work",
        "2026-11-03 18:30: A quiet evening.",
    ):
        run(*words, text)
    file = tmp_path / "export.json"
    file.write_text(run(*words, "--format", "json"), encoding="utf-8")
    ran = connect("import", str(file), "--yes", "--people", "@ada_lovelace")
    assert "not read: export.json, entry 2: it names nobody" in ran.out
    (line,) = connect("history").out.splitlines()
    assert "2026-11-02" in line
    assert "Ada Lovelace" in line
    assert "coffee" in line
