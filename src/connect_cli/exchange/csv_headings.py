"""The headings of tables of people: which line has them, and which field each of them names.

Known are those of Google (both generations), Outlook and Thunderbird in English, German and French,
LinkedIn, and what people write themselves. They are compared folded: without case and accents.
"""

import csv
import re
from collections.abc import Mapping, Sequence

from connect_cli.errors import NotUnderstood
from connect_cli.language.words import fold

FIELDS = (
    *("name", "first", "middle", "last", "nickname", "email", "phone", "url", "birthday"),
    *("anniversary", "city", "address", "company", "title", "note", "tags", "every", "uid"),
)
"""The fields that `--map` knows."""

OWN_FIELDS = (
    *("shown", "connected", "birth year", "birth month", "birth day"),
    *("street", "postcode", "region", "country"),
)
"""Fields that only the tables of certain programs have. shown: a name beside its parts."""

PAIRED = tuple(name for sort in ("event", "relation", "custom") for name in (f"{sort} label", sort))
"""Fields whose cells belong together, even if they are empty."""

NAMING = frozenset({"name", "first", "last", "shown"})
"""The fields by which a table of people is recognised."""

FURTHEST = 20
"""How many lines are looked through for the headings; what stands before them is a preamble."""

_HEADINGS: Mapping[str, str] = {
    heading: field
    for field, headings in {
        "name": "name, full name, nom, nom complet, vollstandiger name",
        "shown": "display name, anzeigename, nom a afficher",
        "first": "first name, first, given name, vorname, prenom",
        "middle": (
            "middle name, middle, additional name, weitere vornamen, zweiter vorname, 2. vorname, "
            "deuxieme prenom"
        ),
        "last": "last name, last, family name, surname, nachname, familienname, nom de famille",
        "nickname": "nickname, nick name, aliases, spitzname, surnom",
        "email": (
            "email, e-mail, mail, email address, e-mail address, primary email, secondary email, "
            "e-mail-adresse, primare e-mail-adresse, sekundare e-mail-adresse, adresse e-mail, "
            "adresse de messagerie, premiere adresse electronique, deuxieme adresse electronique, "
            "adresse electronique secondaire, courriel"
        ),
        "phone": (
            "phone, phone number, telephone, primary phone, mobile phone, mobile number, mobile, "
            "cell phone, home phone, work phone, business phone, other phone, car phone, "
            "company main phone, "
            "telefon, tel. dienstlich, tel. privat, mobil-tel.-nr., mobiltelefon, handy, "
            "telefon geschaftlich, telefon privat, haupttelefon, weiteres telefon, autotelefon, "
            "telefon firma, "
            "portable, tel. professionnel, tel. personnel, tel. mobile, telephone mobile, "
            "telephone portable, telephone principal, telephone professionnel, "
            "telephone personnel, telephone societe"
        ),
        "url": (
            "url, website, web page, personal web page, webseite, page web, site web, linkedin url"
        ),
        "birthday": "birthday, date of birth, geburtstag, geburtsdatum, anniversaire, "
        "date de naissance",
        "birth year": "birth year, geburtsjahr, annee de naissance",
        "birth month": "birth month, geburtsmonat",
        "birth day": "birth day",
        "anniversary": (
            "anniversary, jahrestag, anniversaire de mariage ou fete, anniversaire de mariage"
        ),
        "city": "city, home city, ort, privat: ort, ort privat, wohnort, ville, ville (domicile)",
        "address": "postal address, mailing address, anschrift, address 1 - formatted",
        "street": (
            "street, street address, home street, home address, strasse, privat: adresse, "
            "strasse privat, rue, rue (domicile), adresse privee, address 1 - street"
        ),
        "postcode": (
            "postal code, zip, zip code, postcode, home postal code, home zipcode, plz, "
            "postleitzahl, privat: plz, postleitzahl privat, code postal (domicile), "
            "address 1 - postal code"
        ),
        "region": (
            "state, home state, bundesland, privat: bundesland, bundesland/kanton privat, "
            "dep/region (domicile), address 1 - region"
        ),
        "country": (
            "country, home country, home country/region, land, privat: land, land/region privat, "
            "pays/region (domicile), address 1 - country"
        ),
        "company": (
            "company, organization, organization name, firma, organisation, unternehmen, "
            "societe, entreprise"
        ),
        "title": (
            "title, titre, job title, organization title, position, funktion, arbeitstitel, "
            "fonction, profession"
        ),
        "note": "note, notes, notiz, notizen, bemerkungen, remarques",
        "tags": "tags, labels, group membership, categories, category, kategorien, libelles",
        "connected": "connected on",
    }.items()
    for heading in headings.split(", ")
}
_NUMBERED = (
    (r"e-?mail \d+ - value|e-mail \d+ address|e-mail \d+: adresse", "email"),
    (r"adresse de messagerie \d+", "email"),
    (r"phone \d+ - value|(?:home|business) phone \d+|mobiltelefon \d+", "phone"),
    (r"telefon (?:geschaftlich|privat) \d+|telefon \((?:geschaftlich|privat)(?: \d+)?\)", "phone"),
    (r"telephone (?:\d+ )?\((?:bureau|domicile|autre|voiture)\)", "phone"),
    (r"website \d+ - value|web page \d+|webseite \d+|site web \d+", "url"),
    (r"organization 1 - name", "company"),
    (r"organization 1 - title", "title"),
    (r"address 1 - city", "city"),
    (r"event \d+ - (?:label|type)", "event label"),
    (r"event \d+ - value", "event"),
    (r"relation \d+ - (?:label|type)", "relation label"),
    (r"relation \d+ - value", "relation"),
    (r"custom field \d+ - (?:label|type)", "custom label"),
    (r"custom field \d+ - value", "custom"),
)
_IGNORED = re.compile(
    r" - (?:label|type)$"
    r"|^(?:photo|file as|e-mail (?:[23] )?(?:type|display name))$"
    r"|^e-mail-typ$|^e-mail(?: \d)?: (?:typ|angezeigter name)$"
    r"|^(?:type de messagerie|nom complet de l'adresse de messagerie)(?: \d)?$"
)
"""Columns that say nothing: the label of the next column, or the name again."""

_OUTLOOK = frozenset({"e-mail address", "adresse de messagerie", "e-mail 2: adresse"})
_NUMBER_OF_DAY = {"geburtstag": "geburtsmonat", "jour": "annee de naissance"}
"""Thunderbird's headings of a day of the month, by the heading beside them that tells it."""

_NUMBER_OF_MONTH = {"mois": "annee de naissance"}


def is_ignored(heading: str) -> bool:
    """Whether a column is left out without a word."""
    return _IGNORED.search(fold(heading.strip())) is not None


def is_outlook(headings: Sequence[str]) -> bool:
    """Whether Outlook has written a table with these headings."""
    return any(fold(one.strip()) in _OUTLOOK for one in headings)


def field_of(heading: str) -> str | None:
    """The field that a heading names by itself."""
    word = fold(heading.strip())
    if word in _HEADINGS:
        return _HEADINGS[word]
    return next((name for shape, name in _NUMBERED if re.fullmatch(shape, word)), None)


def mapped(headings: Sequence[str], wanted: Mapping[str, str]) -> dict[int, str]:
    """The field of each column. wanted: the heading of each field that `--map` names.

    Raises NotUnderstood for a heading that does not exist.
    """
    folded = [fold(heading.strip()) for heading in headings]
    among = ((place, _field_among(place, folded)) for place in range(len(folded)))
    columns = {place: name for place, name in among if name is not None}
    for name, heading in wanted.items():
        if (word := fold(heading.strip())) not in folded:
            raise NotUnderstood(
                f"there is no column '{heading}'", f"the columns are: {', '.join(headings)}"[:300]
            )
        columns[folded.index(word)] = name
    return columns


def _field_among(place: int, folded: Sequence[str]) -> str | None:
    """The field of a column, where it depends on the columns beside it."""
    heading = folded[place]
    if _NUMBER_OF_DAY.get(heading) in folded:
        return "birth day"
    if _NUMBER_OF_MONTH.get(heading) in folded:
        return "birth month"
    form_of_address = (
        (heading == "title" and ("job title" in folded or is_outlook(folded)))
        or (heading == "titre" and "prenom" in folded[place:])
        or (heading == "ort" and "ort privat" in folded)
    )
    return None if form_of_address else field_of(heading)


def names_people(headings: Sequence[str]) -> bool:
    """Whether these are the headings of a table of people."""
    fields = set(mapped(headings, {}).values())
    return bool(fields & NAMING) and len(fields) > 1


def heading_line(lines: Sequence[str], wanted: Mapping[str, str]) -> int:
    """The index of the line with the headings; the first if none of the first lines has any."""
    words = {fold(heading.strip()) for heading in wanted.values()}
    for place, line in enumerate(lines[:FURTHEST]):
        headings = cells_of(line)
        if words <= {fold(one.strip()) for one in headings} if words else names_people(headings):
            return place
    return 0


def cells_of(line: str) -> list[str]:
    """The cells of a line by itself; none for a line that is no record, or Excel's `sep=;`."""
    if re.match(r"sep=.\s*$", line):
        return []
    try:
        return next(csv.reader([line], delimiter=separator(line)), [])
    except csv.Error:
        return []


def separator(line: str) -> str:
    """The separator of the headings: the most frequent of comma, semicolon and tab."""
    return max(",;\t", key=line.count)


def chosen(words: str) -> dict[str, str]:
    """The heading of each field in `--map name=Full name,every=How often`.

    A part with a comma stands in quotes: `"name=Name, first name"`. Raises NotUnderstood.
    """
    wanted = {}
    for part in next(csv.reader([words], skipinitialspace=True), []) or [""]:
        name, equals, heading = part.partition("=")
        name = name.strip().casefold()
        if not equals or name not in FIELDS or not heading.strip():
            raise NotUnderstood(
                f"--map cannot read '{part.strip()}'",
                f"write FIELD=HEADING; the fields are: {', '.join(FIELDS)}",
            )
        wanted[name] = heading.strip()
    return wanted
