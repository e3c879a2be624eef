"""Files as other programs write them, and what an import says of each; those of nothing too."""

from pathlib import Path

import pytest

from tests.conftest import Connect

HERE = Path(__file__).parent
IN_MARCH = "2026-03-12T09:00+00:00"
KEEPS = "is not understood; the card keeps it"

PREVIEWS: dict[str, tuple[str, ...]] = {
    "cards_of_others/n-lost-variants.vcf": (
        "8 people new.",
        "New: 8 people.",
        "new: Robert (Bob) Smith",
        "new: Mr. John Quinn Paul Doe Sr.",
        "new: Mr. John Q. Public, Esq.",
        "new: Dr. med. Anna Müller",
        "new: 👩‍🚀 Sally Ride 🚀",
        "new: 김철수",
        "new: Bill Xyzabc",
        "new: Ümit ÖZ",
    ),
    "cards_of_others/photo-in-folder.vcf": (
        "1 person new.",
        "New: 1 person.",
        "new: Ada King: phone +44 20 7946 0000; anniversary 2009-08-08",
    ),
    "cards_of_others/tel-email-not-understood.vcf": (
        "1 person new.",
        "Not read: 2.",
        f"not read: {{file}}, line 6: TEL {KEEPS}: ask Jenny for the number",
        f"not read: {{file}}, line 7: EMAIL {KEEPS}: /o=Firm/ou=Site/cn=Recipients/cn=tel",
        "New: 1 person.",
        "new: Tel Lost: email tel@example.org",
    ),
    "cards_of_others/quoted-parameter.vcf": (
        "1 person new.",
        "New: 1 person.",
        (
            "new: Param Quoted: address Street 1, Bonn, 53111, Germany;"
            " address 221B Street, London, NW1, United Kingdom"
        ),
    ),
    "cards_of_others/birthday-untold.vcf": (
        "3 people new.",
        "Not read: 3.",
        f"not read: {{file}}, line 4: BDAY {KEEPS}: 1985 (only a year)",
        (
            f"not read: {{file}}, line 9: BDAY {KEEPS}:"
            " '04/05/1980' could be two days: 4 May or 5 April"
        ),
        f"not read: {{file}}, line 14: BDAY {KEEPS}: circa 1800",
        "New: 3 people.",
        "new: Only Year",
        "new: Slash Date",
        "new: Text Day",
    ),
    "cards_of_others/upper-folder": (
        "2 people new.",
        "New: 2 people.",
        "new: Upper Ext",
        "new: Lower Ext",
    ),
    "tables_of_others/linkedin-Connections.csv": (
        "2 people new.",
        "Not read: 1.",
        "not read: {file}, line 6: it names nobody",
        "New: 2 people.",
        (
            "new: Ada Lovelace: alias Ada Lovelace, PhD, MBA 🚀; url https://www.linkedin.com/in/ada;"
            " company Engines; title Analyst; connected 23 Nov 2023"
        ),
        (
            "new: José García-Pérez: email jose@example.org; url https://www.linkedin.com/in/jose;"
            " company Acme, Inc.; title CTO; connected 05 Sept 2021"
        ),
        "{file}, line 4: the table begins here",
    ),
}


@pytest.mark.parametrize("name", PREVIEWS)
def test_a_preview_says_what_comes_of_a_file(connect: Connect, name: str) -> None:
    """Everything that is new, and everything that was not understood; twice brings nothing new."""
    file = HERE / name
    ran = connect("import", str(file), "--dry-run")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [line.format(file=file.name) for line in PREVIEWS[name]]
    connect("import", str(file), "--yes")
    assert "Nothing new" in connect("import", str(file), "--yes").out


@pytest.mark.parametrize(
    "name", [name for name in PREVIEWS if name.startswith("cards") and "photo" not in name]
)
def test_cards_that_were_not_changed_go_back_as_they_came(connect: Connect, name: str) -> None:
    """Every line, whatever was understood of it."""
    path = HERE / name
    connect("import", str(path), "--yes")
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    came = sorted(b"".join(file.read_bytes() for file in files).decode().splitlines())
    assert sorted(connect("export", "vcard").out.splitlines()) == came


def test_a_picture_in_a_folder_stays_in_its_file(connect: Connect, tmp_path: Path) -> None:
    """Nothing was changed in the journal, and the answer says so."""
    folder = tmp_path / "book"
    folder.mkdir()
    file = folder / "Photo.VCF"
    file.write_bytes((HERE / "cards_of_others" / "photo-in-folder.vcf").read_bytes())
    before = file.read_bytes()
    connect("import", str(folder), "--yes")
    assert connect("export", "vcard", str(folder)).out == "1 card, as it was.\n"
    assert (file.read_bytes(), list(folder.iterdir())) == (before, [file])


def test_mail_that_nobody_wrote_is_no_contact(connect: Connect) -> None:
    """Of a list, an automatic reply and a mail at night the last counts, for the day before."""
    connect("add", "Ada Lovelace", "--email", "ada@example.org")
    connect("config", "set", "calendar.addresses", "me@example.com")
    ran = connect("import", str(HERE / "mail_of_others" / "maildir"), "--yes", now=IN_MARCH)
    assert "2 messages left out: 1 from a list, 1 automatic reply" in ran.out.splitlines()
    assert [line.split("\t")[1] for line in connect("history").out.splitlines()] == ["2026-03-07"]


def test_an_idea_is_not_taken_in_as_a_person_unseen(connect: Connect) -> None:
    """Whoever imports says which @words are people; the others become tags."""
    file = str(HERE / "journals_of_others" / "jrnl-topics.json")
    seen = connect("import", file, "--dry-run")
    assert (seen.code, "@idea: a person or a tag, 2 times" in seen.out) == (0, True)
    assert connect("import", file, "--yes").code == 2
    assert connect("people").out == ""
    assert connect("import", file, "--yes", "--people", "@dan").code == 0
    assert [line.split("\t")[1] for line in connect("people").out.splitlines()] == ["Dan"]
    assert "\tidea\t" in connect("history").out


NOTHING = {
    "cards.vcf": ("BEGIN:VCARD\nEND:VCARD\n", "the card has no name"),
    "cut.vcf": ("BEGIN:VCARD\nFN:Ada\n", "the card is cut off"),
    "table.csv": ("name,email\n", "it holds no people and no interactions"),
    "rows.csv": ("name,email\n,\n,a\n", "it names nobody"),
    "jrnl.json": ('{"tags": {}, "entries": []}', "it holds no people and no interactions"),
    "friends.md": ("### Activities:\n\n### Friends:\n", "it holds no people and no interactions"),
    "monica.json": (
        '{"version": "1.0-preview.1", "app_version": "4", "account": {"data": []}}',
        "it holds no people and no interactions",
    ),
    "pagen.yaml": (
        'version: "1.0"\ntool: pagen\ndata: []\n',
        "it holds no people and no interactions",
    ),
    "log.jsonl": (
        '{"contact":"Ada","path":"/a.vcf","time":"9999-02-01T12:00:00Z","note":"coffee"}\n',
        "its day is still to come",
    ),
    "mail.mbox": (
        "From x@y.org Thu Mar 12 09:00:00 2026\nSubject: hi\nMessage-ID: <1@x>\n\nx\n",
        "it does not say who sent it, or when",
    ),
}


@pytest.mark.parametrize("name", NOTHING)
def test_an_import_of_nothing_says_so_and_why(
    connect: Connect, tmp_path: Path, name: str, journal_file: Path
) -> None:
    """In every format; it is not an error, and there is no journal afterwards."""
    if name.endswith(".yaml"):
        pytest.importorskip("yaml", reason="the extra `yaml` is not installed")
    text, why = NOTHING[name]
    (tmp_path / name).write_text(text, encoding="utf-8")
    for option in ("--dry-run", "--yes"):
        ran = connect("import", str(tmp_path / name), option)
        assert ran.code == 0
        first, _, *others = ran.out.splitlines()
        assert first == "There is nothing to import."
        assert any(line.startswith("not read: ") and line.endswith(why) for line in others)
    assert not journal_file.exists()
