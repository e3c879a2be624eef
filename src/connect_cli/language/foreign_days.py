"""Words of other languages for days: they are refused, with the English word for them."""

from collections.abc import Sequence
from datetime import date

from connect_cli.language.calendar import shift, word_set
from connect_cli.language.day_expression import DayExpression, Fixed, Refused, Weekday
from connect_cli.model import WEEKDAY_NAMES

_DAYS = {  # days from today: the folded words, with _ for a blank
    -2: "vorgestern avant-hier anteayer antier altro_ieri l'altro_ieri eergisteren anteontem"
    " przedwczoraj forrgar i_forrgar i_forgars",
    -1: "gestern hier ayer anoche ieri gisteren ontem wczoraj igar i_gar eilen",
    0: "heute aujourd'hui hoy oggi vandaag hoje dzisiaj dzis idag i_dag tanaan",
    1: "morgen demain manana domani amanha jutro imorgon i_morgon i_morgen",
}
_SAID = {-2: "the day before yesterday", -1: "yesterday", 0: "today", 1: "tomorrow"}
_WEEKDAYS = (
    "montag lundi lunes lunedi maandag segunda-feira poniedzialek mandag",
    "dienstag mardi martes martedi dinsdag terca-feira wtorek tisdag tirsdag",
    "mittwoch mercredi miercoles mercoledi woensdag quarta-feira sroda srode onsdag",
    "donnerstag jeudi jueves giovedi donderdag quinta-feira czwartek torsdag",
    "freitag vendredi viernes venerdi vrijdag sexta-feira piatek fredag",
    "samstag sonnabend samedi sabado sabato zaterdag sobota sobote lordag",
    "sonntag dimanche domingo domenica zondag niedziela niedziele sondag",
)
_ARTICLES = word_set("am el le il la w we no na om pa")
_BEFORE_LAST = word_set("letzten letzter letzte vorigen vorige")
_AFTER_LAST = word_set("dernier derniere pasado pasada scorso scorsa passado passada")
_PARTS = word_set("abend nachmittag nacht mittag fruh morgen matin soir noche tarde sera mattina")
_WEEK = word_set("woche semaine semana settimana week")

_BY_WORD: dict[str, int] = {
    word.replace("_", " "): days for days, words in _DAYS.items() for word in words.split()
}
_WEEKDAY_BY_WORD = {
    word: number for number, words in enumerate(_WEEKDAYS) for word in words.split()
}
_FIRST = {word.split()[0] for word in _BY_WORD} | _WEEKDAY_BY_WORD.keys() | _ARTICLES | _BEFORE_LAST


def match_foreign_day(words: Sequence[str], today: date) -> tuple[DayExpression, int] | None:
    """The refusal of the foreign day that these folded words begin with, and how many it takes."""
    if not words or words[0] not in _FIRST:
        return None
    for count in range(min(2, len(words)), 0, -1):
        if (days := _BY_WORD.get(" ".join(words[:count]))) is not None:
            end = count + (len(words) > count and words[count] in _PARTS)
            return _refused(words[:end], _SAID[days], Fixed(shift(today, days, "d"))), end
    return _weekday(words, today)


def _weekday(words: Sequence[str], today: date) -> tuple[DayExpression, int] | None:
    at = 1 if words[0] in _ARTICLES | _BEFORE_LAST else 0
    last = words[0] in _BEFORE_LAST
    word, after = (*words[at : at + 2], "", "")[:2]
    end = at + 1
    if after in _AFTER_LAST:
        last, end = True, at + 2
    if word in _WEEK and last and (word != "week" or at):
        return _refused(words[:end], "last week", Fixed(shift(today, -1, "w"))), end
    number = _WEEKDAY_BY_WORD.get(word)
    if number is None or after == "gras":
        return None
    name = WEEKDAY_NAMES[number]
    if last:
        day = Fixed(Weekday(number).latest(shift(today, -1, "d")))
        return _refused(words[:end], f"last {name}", day), end
    return _refused(words[:end], name, Weekday(number)), end


def _refused(words: Sequence[str], english: str, day: DayExpression) -> Refused:
    said = " ".join(words)
    return Refused(f"'{said}' is not a day here", f"write {english}", (day,), (english,))
