"""The headings of the programs that people have, in their languages, name the fields they mean."""

import pytest

from connect_cli.errors import NotUnderstood
from connect_cli.exchange import csv_headings, csv_table
from connect_cli.exchange.values import Contact

THUNDERBIRD = (
    "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Screen Name,"
    "Work Phone,Home Phone,Fax Number,Pager Number,Mobile Number,Home Address,Home Address 2,"
    "Home City,Home State,Home ZipCode,Home Country,Work Address,Work Address 2,Work City,"
    "Work State,Work ZipCode,Work Country,Job Title,Department,Organization,Web Page 1,"
    "Web Page 2,Birth Year,Birth Month,Birth Day,Custom 1,Custom 2,Custom 3,Custom 4,Notes"
)
THUNDERBIRD_DE = (
    "Vorname,Nachname,Anzeigename,Spitzname,Primäre E-Mail-Adresse,Sekundäre E-Mail-Adresse,"
    "Messenger-Name,Tel. dienstlich,Tel. privat,Fax-Nummer,Pager-Nummer,Mobil-Tel.-Nr.,"
    "Privat: Adresse,Privat: Adresse 2,Privat: Ort,Privat: Bundesland,Privat: PLZ,Privat: Land,"
    "Dienstlich: Adresse,Dienstlich: Adresse 2,Dienstlich: Ort,Dienstlich: Bundesland,"
    "Dienstlich: PLZ,Dienstlich: Land,Arbeitstitel,Abteilung,Organisation,Webseite 1,Webseite 2,"
    "Geburtsjahr,Geburtsmonat,Geburtstag,Benutzerdef. 1,Benutzerdef. 2,Benutzerdef. 3,"
    "Benutzerdef. 4,Notizen"
)
THUNDERBIRD_FR = (
    "Prénom,Nom de famille,Nom à afficher,Surnom,Première adresse électronique,"
    "Deuxième adresse électronique,Nom de l'écran,Tél. professionnel ,Tél. personnel,Fax,Pager,"
    "Portable,Adresse privée,Adresse privée 2,Ville,Pays/État,Code postal,Région,"
    "Adresse professionnelle,Adresse professionnelle 2,Ville,Pays/État,Code postal,Région,"
    "Profession,Service,Société,Site Web 1,Site Web 2,Année de naissance,Mois,Jour,Divers 1,"
    "Divers 2,Divers 3,Divers 4,Notes"
)
OF_THUNDERBIRD = (
    "Ada,Lovelace,Ada Lovelace,Countess,ada@x.org,al@x.org,,+44 20 7946 0018,,,,+44 20 7946 0019,"
    ",,London,,,,,,,,,,Analyst,,Engines,https://x.org,,1815,12,10,,,,,tea"
)
OUTLOOK = (
    '"Title","First Name","Middle Name","Last Name","Suffix","Company","Department","Job Title",'
    '"Home City","Business Phone","Home Phone","Mobile Phone","Anniversary","Birthday",'
    '"Categories","E-mail Address","E-mail Type","E-mail Display Name","E-mail 2 Address",'
    '"Notes","Web Page"'
)
OUTLOOK_DE = (
    '"Anrede","Vorname","Weitere Vornamen","Nachname","Suffix","Firma","Abteilung","Position",'
    '"Ort privat","Telefon geschäftlich","Telefon (privat)","Mobiltelefon","Jahrestag",'
    '"Geburtstag","Kategorien","E-Mail-Adresse","E-Mail-Typ","E-Mail: Angezeigter Name",'
    '"E-Mail 2: Adresse","Notizen","Webseite"'
)
OUTLOOK_FR = (
    '"Titre","Prénom","Deuxième prénom","Nom","Suffixe","Société","Service","Titre",'
    '"Ville (domicile)","Téléphone (bureau)","Téléphone (domicile)","Tél. mobile",'
    '"Anniversaire de mariage ou fête","Anniversaire","Catégories","Adresse de messagerie",'
    '"Type de messagerie","Nom complet de l\'adresse de messagerie","Adresse de messagerie 2",'
    '"Notes","Page Web"'
)
OF_OUTLOOK = (
    '"Lady","Ada","","Lovelace","","Engines","","Analyst","London","+44 20 7946 0018","",'
    '"+44 20 7946 0019","0{0}0{0}00","{1}","Old friends","ada@x.org","SMTP","Ada (ada@x.org)",'
    '"al@x.org","tea","https://x.org"'
)
GOOGLE_OLD = (
    "Name,Given Name,Additional Name,Family Name,Nickname,Birthday,Notes,Group Membership,"
    "E-mail 1 - Type,E-mail 1 - Value,E-mail 2 - Type,E-mail 2 - Value,Phone 1 - Type,"
    "Phone 1 - Value,Phone 2 - Type,Phone 2 - Value,Address 1 - City,Organization 1 - Name,"
    "Organization 1 - Title,Website 1 - Value"
)
GOOGLE_NEW = (
    "First Name,Middle Name,Last Name,Nickname,Birthday,Notes,Labels,E-mail 1 - Label,"
    "E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,"
    "Phone 2 - Label,Phone 2 - Value,Address 1 - City,Organization Name,Organization Title,"
    "Website 1 - Value"
)
OF_GOOGLE = (
    "Ada,,Lovelace,Countess,1815-12-10,tea,* Old friends ::: * myContacts,* Home,ada@x.org,,"
    "al@x.org,Mobile,+44 20 7946 0018,,+44 20 7946 0019,London,Engines,Analyst,https://x.org"
)
TABLES = {
    "thunderbird": f"{THUNDERBIRD}\n{OF_THUNDERBIRD}",
    "thunderbird, german": f"{THUNDERBIRD_DE}\n{OF_THUNDERBIRD}",
    "thunderbird, french": f"{THUNDERBIRD_FR}\n{OF_THUNDERBIRD}",
    "outlook": f"{OUTLOOK}\n{OF_OUTLOOK.format('/', '1815-12-10')}",
    "outlook, german": f"{OUTLOOK_DE}\n{OF_OUTLOOK.format('.', '10.12.1815')}",
    "outlook, french": f"{OUTLOOK_FR}\n{OF_OUTLOOK.format('/', '1815/12/10')}",
    "google, old": f"{GOOGLE_OLD}\nAda Lovelace,{OF_GOOGLE}",
    "google, new": f"{GOOGLE_NEW}\n{OF_GOOGLE}",
}
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252")


def ada(text: str, encoding: str = "utf-8") -> Contact:
    """The one person of a table, of which everything is understood."""
    content = text.encode(encoding)
    assert csv_table.begins(content)
    found = csv_table.read(content)
    assert (found.unread, found.remarks) == ([], [])
    (contact,) = found.contacts
    return contact


@pytest.mark.parametrize("name", TABLES)
def test_the_table_of_a_program_is_read_whole(name: str) -> None:
    """Whatever its language: nothing of it is left out, but for a form of address."""
    found = csv_table.read(TABLES[name].replace('"Lady"', '""').encode())
    assert (found.unread, found.remarks) == ([], [])
    (one,) = found.contacts
    assert one.name == "Ada Lovelace"
    assert one.emails == ("ada@x.org", "al@x.org")
    assert one.phones == ("+44 20 7946 0018", "+44 20 7946 0019")
    assert one.urls == ("https://x.org",)
    assert one.occasions == (("birthday", (1815, 12, 10)),)
    assert dict(one.details) == {
        "lives in": "London",
        "company": "Engines",
        "title": "Analyst",
        "note": "tea",
    }
    assert one.tags == (() if "thunder" in name else ("old-friends",))
    assert one.aliases == (() if "outlook" in name else ("Countess",))


@pytest.mark.parametrize("name", ["outlook", "outlook, german", "outlook, french"])
def test_a_form_of_address_is_named_and_no_job(name: str) -> None:
    """It is a column of its own."""
    found = csv_table.read(TABLES[name].encode())
    (remark,) = found.remarks
    assert remark.removeprefix("columns not imported: ") in ("Title", "Anrede", "Titre")
    assert dict(found.contacts[0].details)["title"] == "Analyst"


@pytest.mark.parametrize("between", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_separators_and_encodings_do_not_matter(between: str, encoding: str) -> None:
    """As Excel and Outlook write them."""
    text = "Vorname,Nachname,E-Mail-Adresse\r\nZoë,Größe,z@x.org\r\n".replace(",", between)
    assert ada(text, encoding).name == "Zoë Größe"


@pytest.mark.parametrize(
    "preamble", ["sep=;\r\n", "Kontakte\r\n\r\n", "Stand: 1, 2; 3\r\n", "\r\n"]
)
def test_the_headings_are_found_behind_a_preamble(preamble: str) -> None:
    """The places that are told count its lines too."""
    text = f"{preamble}Vorname;E-Mail\r\nZoë;z@x.org\r\nBob;?\r\n"
    assert csv_table.begins(text.encode())
    found = csv_table.read(text.encode())
    assert [one.name for one in found.contacts] == ["Zoë", "Bob"]
    begins = 1 + preamble.count("\n")
    assert [one.place for one in found.unread] == [f"line {begins + 2}"]
    said = [f"line {begins}: the table begins here"] if preamble.strip() else []
    assert found.remarks == said


def test_a_map_finds_the_headings_behind_a_preamble() -> None:
    """It names them, so that nothing has to be known."""
    text = b"a,b\n1,2\nWer,Mail\nAda,a@x.org\n"
    (one,) = csv_table.read(text, "", {"name": "Wer", "email": "mail"}).contacts
    assert (one.name, one.emails) == ("Ada", ("a@x.org",))


def test_a_heading_with_a_comma_is_named_in_quotes() -> None:
    """As a table itself would write it."""
    assert csv_headings.chosen('"name=Name, first",every=How often') == {
        "name": "Name, first",
        "every": "How often",
    }
    with pytest.raises(NotUnderstood, match="--map cannot read"):
        csv_headings.chosen("name=Name, first")
