"""Why, plan, ahead and away, as they are typed; and the word of warning when it gets too much."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from connect_cli.journal.journal import Journal
from tests.cli.terminals import Terminal, finished
from tests.conftest import Begin, Connect

JUDGING = re.compile(r"overdue|neglect|\blate\b|streak|missed|behind|fail|guilt|forgot")
TIGHT = ("config", "set", "capacity", "1")


@pytest.fixture
def promised(connect: Connect, begin: Begin) -> Connect:
    """More is promised than there is time for: room for one a day, six people a week."""
    connect(*TIGHT)
    names = ("Ada", "Grace", "Hedy", "Ida", "Joan", "Kay")
    close = [("add", name, "--circle", "inner") for name in names]
    begin(*close, ("add", "Tom", "--every", "2w"))
    return connect


def test_why_says_the_reason_and_every_term(connect: Connect) -> None:
    """The answer first; then what it follows from, which can be reckoned again by hand."""
    connect("add", "Ada Lovelace", "--circle", "close", now="2026-10-01T08:00")
    connect("log", "--with", "ada", "--kind", "coffee", "--on", "2026-10-21")
    assert connect("why", "ada").out.splitlines() == [
        "person\tAda Lovelace",
        "reason\tOn today's list: due since Sat 21 Nov, and you have room.",
        "cadence\tevery month, from the circle close",
        "contact\tcoffee, 4 weeks ago, Wed 21 Oct; it counts in full",
        "due\tWed 21 Oct + 1 month = Sat 21 Nov",
        "state\tdue since Sat 21 Nov; waiting from Mon 30 Nov, after 8 days of grace",
        "so far\t33 days of 31: 1.06, and 1 is the due day",
        "order\tin two days 35 of 31: 1.13; whoever has the highest number comes first",
        "offered\ttoday; after 2 more such days without contact they rest 4 days",
        "today\t3 places on a Monday; 3 for those who are due",
    ]


def test_why_agrees_with_today(promised: Connect) -> None:
    """Who is listed is said to be listed, and nobody else is; on every day of a week."""
    for day in range(23, 30):
        now = f"2026-11-{day}T08:00"
        plan = json.loads(promised("today", "--json", now=now).out)
        listed = {row["name"] for row in (*plan["suggestions"], *plan["done"])}
        for name in ("Ada", "Grace", "Hedy", "Ida", "Joan", "Kay", "Tom"):
            assert json.loads(promised("why", name, "--json", now=now).out)["listed"] == (
                name in listed
            )


def test_why_of_nobody_is_an_error(connect: Connect) -> None:
    """With the exit code of a name that fits nobody."""
    assert connect("why", "ada").code == 3


def test_nothing_that_weighs_judges_or_counts_who_is_not_listed(promised: Connect) -> None:
    """Nor does it say how many others there are."""
    for name in ("Ada", "Grace", "Kay"):
        assert not JUDGING.search(promised("why", name, now="2027-06-01T08:00").out)
    for words in (("plan",), ("ahead",), ("away",)):
        assert not JUDGING.search(promised(*words, now="2027-06-01T08:00").out)


def test_plan_shows_what_each_circle_asks_for_and_what_would_fit(promised: Connect) -> None:
    """A record for each circle, the load, and an offer with its number."""
    rows = [line.split("\t") for line in promised("plan").out.splitlines()]
    assert [row[:3] for row in rows if row[0] == "circle"] == [
        ["circle", "inner", "6"],
        ["circle", "", "1"],
    ]
    (load,) = (row for row in rows if row[0] == "load")
    assert load[1:6] == ["7", "0.9286", "0.5000", "1.8571", "more promised than there is"]
    assert [row[1] for row in rows if row[0] == "offer"] == ["stretch", "capacity"]


def test_a_pipe_has_the_words_of_the_terminal(promised: Connect) -> None:
    """What somebody reads there, one record a line."""
    lines = promised("plan").out.splitlines()
    assert [line.split("\t")[5:] for line in lines if line.startswith("circle")] == [
        ["about 6 a week", "171 %"],
        ["about 2 a month", "14 %"],
    ]
    assert "verdict\tMore promised than there is: you have room for about 54 % of this." in lines
    (time,) = (line.split("\t") for line in lines if line.startswith("time"))
    assert time[1].startswith(
        "Your time: about 4 a week. There is no past to go by yet, only 14 days"
    )
    assert time[2] == "(0 + 7 * 1) / (0 + 14) = 0.50 a day"
    assert [line for line in lines if line.startswith("step")] == [
        "step\tstretch\tinner\t1w\t3w\t6\tinner 1w → 3w, 6 people"
    ]


def test_days_without_an_entry_come_before_any_offer(promised: Connect) -> None:
    """With the command that sets them; then they are no more spoken of."""
    promised("log", "--with", "ada", "--on", "2026-11-23")
    then = "2027-01-02T08:00"
    kinds = [line.split("\t")[0] for line in promised("plan", now=then).out.splitlines()]
    assert kinds.index("time") < kinds.index("gap") < kinds.index("offer")
    (gap,) = (
        line.split("\t") for line in promised("plan", now=then).out.splitlines() if "gap" in line
    )
    assert gap[1:3] == ["2026-11-24", "2027-01-01"]
    assert gap[3].startswith("Nothing was logged for 39 days, 24 Nov to 1 Jan: were you away?")
    promised(*gap[4].split()[1:], now=then)
    assert "\ngap\t" not in promised("plan", now=then).out


@pytest.mark.parametrize("width", [60, 80, 140])
def test_every_bar_has_a_mark_at_all_of_your_time(
    promised: Connect, terminal: Terminal, width: int
) -> None:
    """In one column, whether the bar reaches it or not."""
    child = terminal("plan", width=width, NO_COLOR="1")
    assert finished(child) == 0
    seen = re.sub(r"\x1b\[[0-3;]*m", "", child.before or "").splitlines()
    marks = {line.index("│") for line in seen if "│" in line}
    assert len(marks) == 1
    assert sum("│" in line for line in seen) == 3
    assert "100 %" in seen[0]


def test_a_plan_without_cadences_says_how_to_begin(begin: Begin, terminal: Terminal) -> None:
    """A newcomer is not shown an empty table."""
    begin(("add", "Ada Lovelace"))
    child = terminal("plan")
    assert finished(child) == 0
    assert "connect triage" in (child.before or "")


def test_an_offer_is_taken_when_it_was_confirmed_beforehand(promised: Connect) -> None:
    """It shows each change, and then says that it was made."""
    ran = promised("plan", "--apply", "stretch", "--yes")
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[0] == "change\tstretch\tAda\t1w\t3w"
    assert lines[-1] == "Changed 6 cadences. 'connect undo' takes it back."
    assert "Tom\t\t2w\t" in promised("people", "tom").out
    assert promised("plan").out.count("offer") == 0


def test_an_offer_in_json_is_one_document(promised: Connect) -> None:
    """What was changed, once it was."""
    document = json.loads(promised("plan", "--apply", "stretch", "--yes", "--json").out)
    assert document["offer"] == "stretch"
    assert {"name", "id", "before", "after"} == set(document["changes"][0])
    assert len(document["changes"]) == 6


@pytest.mark.parametrize("extra", [(), ("--json",)], ids=["plain", "json"])
def test_off_a_terminal_an_offer_is_not_taken_unasked(
    promised: Connect, extra: tuple[str, ...]
) -> None:
    """It says how to take it, and changes nothing."""
    before = promised("people").out
    ran = promised("plan", "--apply", "stretch", *extra)
    assert ran.code == 1
    assert "--yes" in ran.err
    assert promised("people").out == before


@pytest.mark.parametrize(
    ("answer", "code", "every"), [("y", 0, "3w"), ("n", 1, "1w"), ("", 1, "1w")]
)
def test_at_a_terminal_it_shows_the_changes_and_asks(
    promised: Connect, terminal: Terminal, answer: str, code: int, every: str
) -> None:
    """Enter does nothing."""
    child = terminal("plan", "--apply", "stretch", TERM="dumb")
    child.expect("Kay +every week +→ every 3 weeks")
    child.expect("Change 6 cadences")
    child.sendline(answer)
    assert finished(child) == code
    assert f"Kay\tinner\t{every}\t" in promised("people", "kay").out


def test_an_offer_that_is_not_there_names_those_that_are(promised: Connect) -> None:
    """And where nothing is offered it says that all is well."""
    ran = promised("plan", "--apply", "everything")
    assert (ran.code, "the offers are stretch" in ran.err) == (2, True)
    promised("plan", "--apply", "stretch", "--yes")
    ran = promised("plan", "--apply", "stretch", "--yes")
    assert (ran.code, "fit into your time" in ran.err) == (1, True)


WARNING = "All cadences together now ask for"


def test_a_cadence_that_makes_it_too_much_says_so_once_and_obeys(connect: Connect) -> None:
    """On that answer alone: before it there is room, after it one knows."""
    connect(*TIGHT)
    said = [
        WARNING in connect("add", name, "--every", "1w").out
        for name in ("Ada", "Grace", "Hedy", "Ida", "Joan")
    ]
    assert said == [False, False, False, True, False]
    assert WARNING not in connect("every", "ada", "2m").out
    assert WARNING not in connect("every", "grace", "1m").out
    assert WARNING in connect("every", "ada", "3d").out
    assert "3d" in connect("people", "ada").out


def test_an_import_of_cadences_that_makes_it_too_much_says_so(
    connect: Connect, tmp_path: Path
) -> None:
    """Once for all of them, and not where it still fits."""
    connect(*TIGHT)
    for number, (start, count) in enumerate(((0, 2), (2, 4), (6, 1))):
        file = tmp_path / f"{number}.csv"
        rows = [f"Person {start + each},1w" for each in range(count)]
        file.write_text("\n".join(["name,every", *rows]) + "\n", encoding="utf-8")
        ran = connect("import", str(file), "--map", "name=name", "--map", "every=every", "--yes")
        assert (ran.code, ran.out.count(WARNING)) == (0, int(number == 1))


def test_an_edit_that_makes_it_too_much_says_so(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form is only another way to say it."""
    connect(*TIGHT)
    connect("add", "Ada", "--every", "1m")
    monkeypatch.setenv("EDITOR", "sed -i 's/^every: .*/every: 1d/'")
    ran = connect("edit", "ada")
    assert ran.out.startswith("Changed Ada. All cadences together now ask for 2.0 times")


def test_ahead_is_a_record_for_each_thing_of_each_day(connect: Connect) -> None:
    """Fourteen days unless said otherwise; days away and occasions are in it."""
    connect("add", "Ada", "--every", "1w", "--birthday", "1986-11-25")
    connect("promise", "ada", "the book", "--by", "thu")
    connect("away", "tomorrow", "to", "wed")
    rows = [line.split("\t") for line in connect("ahead", "5").out.splitlines()]
    assert ["2026-11-25", "occasion", "Ada", "birthday", "40"] in rows
    assert [row[:2] for row in rows if row[1] == "away"] == [
        ["2026-11-24", "away"],
        ["2026-11-25", "away"],
    ]
    assert [row[3:6] for row in rows if row[1] == "promise"] == [["me", "Ada", "the book"]]
    assert len(json.loads(connect("ahead", "--json").out)["days"]) == 14
    assert len(json.loads(connect("ahead", "60", "--json").out)["days"]) == 60


def test_days_ahead_on_which_nobody_is_listed_end_with_who_is_next(connect: Connect) -> None:
    """In every form of answer."""
    connect("add", "Ada", "--every", "1m")
    connect("log", "coffee with ada")
    shown = json.loads(connect("ahead", "3", "--json", now="2026-11-24T08:00").out)
    assert shown["next"]["day"] == "2026-12-19"
    assert connect("ahead", "3", now="2026-11-24T08:00").out == "2026-12-19\tnext\tAda\n"


@pytest.mark.parametrize("days", ["0", "61", "9" * 5000, "many", "9 weeks", "until june", "٥"])
def test_how_far_ahead_has_bounds(connect: Connect, days: str) -> None:
    """A day at least, and no more than can be foreseen."""
    ran = connect("ahead", days)
    assert (ran.code, ran.out) == (2, "")


def test_days_away_are_set_shown_and_taken_back(connect: Connect) -> None:
    """Each in one sentence, and the list of them as records."""
    assert connect("away").out == ""
    assert connect("away", "1", "dec", "to", "5", "dec").out == (
        "Away Tue 1 Dec to Sat 5 Dec: every clock stops. 'connect undo' takes it back.\n"
    )
    assert "was already set" in connect("away", "2 dec to 3 dec").out
    assert connect("away").out == "2026-12-01\t2026-12-05\n"
    document = json.loads(connect("away", "--json").out)
    assert document["away"] == [{"start_on": "2026-12-01", "end_on": "2026-12-05"}]
    assert connect("away", "--cancel", now="2026-12-03T08:00").out == (
        "No longer away Tue 1 Dec to Sat 5 Dec: every clock runs again from today.\n"
    )
    assert connect("away").out == "2026-12-01\t2026-12-02\n"
    assert "every clock keeps running" in connect("away", "--cancel").out
    assert connect("away", "--cancel").code == 1


def test_days_that_are_over_stood_still(connect: Connect) -> None:
    """There is nothing to take back before they begin."""
    assert connect("away", "10 nov to 21 nov").out == (
        "Away Tue 10 Nov to Sat 21 Nov: every clock stopped. 'connect undo' takes it back.\n"
    )


@pytest.mark.parametrize(
    "words", [("soon",), ("17 aug to",), ("2026-12-05 to 2026-12-01",), ("mon", "--cancel")]
)
def test_days_away_that_are_not_understood_are_refused(
    connect: Connect, journal_file: object, words: tuple[str, ...]
) -> None:
    """And nothing is written."""
    assert connect("away", *words).code == 2
    assert connect("away").out == ""


def test_the_next_today_offers_the_very_command(connect: Connect) -> None:
    """After days without an interaction; what it offers can be typed as it stands."""
    connect("add", "Ada Lovelace", "--every", "1w", now="2026-11-09T08:00")
    connect("log", "--with", "ada", "--on", "2026-11-09")
    assert connect("today").out.splitlines()[-1] == "gap\t2026-11-10\t2026-11-22"
    connect("away", "10 nov to 22 nov")
    assert "gap" not in connect("today").out


@pytest.mark.parametrize("width", [60, 80])
def test_the_offer_is_calm_and_at_the_end(connect: Connect, terminal: Terminal, width: int) -> None:
    """The command stands unbroken on a line."""
    connect("add", "Ada Lovelace", "--every", "1w", now="2026-11-09T08:00")
    connect("log", "--with", "ada", "--on", "2026-11-09")
    child = terminal("today", width=width, TERM="dumb")
    child.expect("connect away 10 nov to 22 nov\r\n")
    assert finished(child) == 0


@pytest.mark.parametrize("words", [("why", "ada"), ("plan",), ("ahead",), ("away",), ("config",)])
@pytest.mark.parametrize("width", [60])
def test_what_is_shown_fits_the_terminal(
    connect: Connect, terminal: Terminal, words: tuple[str, ...], width: int
) -> None:
    """No line is wider, and with NO_COLOR there is no escape sequence."""
    connect("add", "Ada Lovelace", "--circle", "inner", "--birthday", "11-25")
    connect("away", "10 nov to 12 nov")
    child = terminal(*words, width=width, NO_COLOR="1")
    assert finished(child) == 0
    seen = re.sub(r"\x1b\[[0-3;]*m", "", child.before or "")
    assert "\x1b" not in seen
    assert all(len(line) <= width for line in seen.splitlines())


def test_a_rhythm_is_offered_on_the_card_and_in_the_plan(
    connect: Connect, open_journal: Callable[..., Journal]
) -> None:
    """Only an offer: nothing changes by itself."""
    connect("add", "Ada Lovelace", "--every", "2w")
    for day in ("2026-06-01", "2026-07-15", "2026-08-26", "2026-10-07", "2026-11-18"):
        connect("log", "--with", "ada", "--on", day)
    assert connect("show", "ada").out.splitlines()[-1] == "rhythm\t6w"
    assert "rhythm\tAda Lovelace\t2w\t6w" in connect("plan").out
    assert str(open_journal().person(open_journal().named("ada")).cadence) == "2w"
