"""Reasons and terms: what is printed can be checked by hand."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connect_cli.model import Cadence, Counts, Kind, Pause, Person, Rule
from connect_cli.render.explain_words import MOST_RESTS, say_reason, say_terms
from connect_cli.scheduler.explain import Reason, Why, explain
from connect_cli.settings import Settings
from connect_cli.views import State
from tests.render import samples
from tests.scheduler import strategies as some

MONDAY = samples.TODAY
FRIDAY = MONDAY + timedelta(days=4)
MONTHLY = Cadence(1, "m")
ADA = Person("ada", "Ada", "close", MONTHLY, last_full_on=date(2026, 10, 21))


def since(days: int, name: str = "Ada") -> Person:
    """Somebody monthly who came due so many days ago."""
    due = MONDAY - timedelta(days=days)
    said = min(due, MONDAY - timedelta(days=1))
    return Person(name.lower(), name, "close", MONTHLY, first_on=due, first_said_on=said)


def before(*days: int) -> tuple[date, ...]:
    """The days so many days ago."""
    return tuple(MONDAY - timedelta(days=ago) for ago in days)


def why(
    person: Person, *others: Person, day: date = MONDAY, capacity: int = 3, **more: object
) -> Why:
    """The reasons of a person among others."""
    chosen = more.pop("settings", Settings())._replace(capacity=(capacity,) * 7)  # type: ignore[attr-defined]  # settings
    promises = more.pop("promises", ())
    return explain(person, day, others, promises, chosen, **more)  # type: ignore[arg-type]  # values as the test names them


OTHERS = [since(days, name) for days, name in ((5, "Tom"), (6, "Grace"), (7, "Zoe"))]
SOONER = [since(days, name) for days, name in ((-2, "Tom"), (-1, "Grace"), (-1, "Zoe"))]
SLEEPER = since(400, "Kay")
SLEEPERS = [since(400 + days, f"Kay {days}") for days in range(5)]
PROMISE = samples.PAPER._replace(person=samples.named(ADA))
LATER = PROMISE._replace(due_on=FRIDAY)
HAD = since(400)._replace(reconnected_on=MONDAY - timedelta(days=20))
WAS = [one._replace(reconnected_on=MONDAY - timedelta(days=90)) for one in SLEEPERS]
RESTING = since(9)._replace(offered=before(6, 3, 2))
ALIKE = [since(5, name) for name in ("Ada", "Ida", "Eva", "Isa")]


def tied(person: Person) -> Why:
    """The reasons of somebody among others who are exactly as far along."""
    return why(person, *(one for one in ALIKE if one is not person))


@pytest.mark.parametrize(
    ("view", "reason", "said"),
    [
        (
            why(ADA, contacted={"ada"}),
            Reason.DONE,
            "On today's list, and done: you were in touch today.",
        ),
        (
            why(ADA, promises=[PROMISE]),
            Reason.PROMISED,
            "On today's list: the day of a promise or a question has come.",
        ),
        (why(ADA), Reason.DUE, "On today's list: due since Sat 21 Nov, and you have room."),
        (why(since(0)), Reason.DUE, "On today's list: due today, and you have room."),
        (
            why(since(-2)),
            Reason.EARLY,
            "On today's list: due soon, on Wed 25 Nov, and the list is short.",
        ),
        (
            why(RESTING),
            Reason.DRAWN,
            "On today's list: resting until Thu 26 Nov, but drawn to fill a short list.",
        ),
        (
            why(since(400), day=FRIDAY),
            Reason.RECONNECT,
            "On today's list: dormant, and this week's place for that is theirs.",
        ),
        (
            why(ADA._replace(archived=True)),
            Reason.ARCHIVED,
            "Not listed: archived, so nothing is due.",
        ),
        (
            why(ADA._replace(cadence=None)),
            Reason.NO_CADENCE,
            "Not listed: without a cadence nothing is due.",
        ),
        (
            why(ADA._replace(cadence=None), promises=[LATER]),
            Reason.NO_CADENCE,
            (
                "Not listed: without a cadence nothing is due."
                " A promise or a question puts them on the list on Fri 27 Nov."
            ),
        ),
        (
            why(ADA, away=[Pause(MONDAY, FRIDAY)]),
            Reason.AWAY,
            (
                "Not listed today: you are away, and every clock is stopped until Sat 28 Nov."
                " They can be listed from then on, if there is room."
            ),
        ),
        (
            why(ADA._replace(pauses=(Pause(MONDAY),))),
            Reason.PAUSED,
            "Not listed today: paused until you change that.",
        ),
        (
            why(since(-20)._replace(pauses=(Pause(MONDAY, FRIDAY),))),
            Reason.PAUSED,
            (
                "Not listed today: paused until Sat 28 Nov."
                " They can be listed from Mon 14 Dec, if the list is short."
            ),
        ),
        (
            why(ADA._replace(snoozed_on=FRIDAY, snooze_said_on=MONDAY)),
            Reason.SNOOZED,
            (
                "Not listed today: snoozed until Fri 27 Nov."
                " They can be listed from then on, if there is room."
            ),
        ),
        (
            why(ADA._replace(tried_on=MONDAY)),
            Reason.TRIED,
            (
                "Not listed today: you tried to reach them today, so they are left alone for a"
                " while. They can be listed from Fri 27 Nov, if there is room."
            ),
        ),
        (
            why(RESTING, *OTHERS),
            Reason.RESTING,
            (
                "Not listed today: offered on Tue 17, Fri 20 and Sat 21 Nov without contact, so"
                " they rest. They can be listed again from Thu 26 Nov, and before that only to fill"
                " a short list."
            ),
        ),
        (
            why(HAD),
            Reason.DORMANT,
            (
                "Not listed today: dormant. One dormant person a week has a place, and nobody comes"
                " before them. They can be listed on Tue 5 Jan 2027 at the earliest."
            ),
        ),
        (
            why(HAD, WAS[0]),
            Reason.DORMANT,
            (
                "Not listed today: dormant. One dormant person a week has a place, and Kay 0 comes"
                " first. They can be listed on Tue 5 Jan 2027 at the earliest."
            ),
        ),
        (
            why(HAD, *WAS[:2]),
            Reason.DORMANT,
            (
                "Not listed today: dormant. One dormant person a week has a place, and Kay 0 and"
                " Kay 1 come first. They can be listed on Tue 5 Jan 2027 at the earliest."
            ),
        ),
        (
            why(since(400)._replace(reconnected_on=MONDAY - timedelta(days=63)), *WAS),
            Reason.DORMANT,
            (
                "Not listed today: dormant. One dormant person a week has a place, and Kay 0 and"
                " others come first. They can be listed on Fri 25 Dec at the earliest."
            ),
        ),
        (
            why(since(400), settings=Settings(reconnect_weekday=None)),
            Reason.DORMANT,
            (
                "Not listed today: dormant. You have set no weekday with a place for somebody"
                " dormant."
            ),
        ),
        (
            why(since(-20)),
            Reason.FRESH,
            (
                "Not listed today: fresh, due on Sun 13 Dec."
                " They can be listed from Wed 9 Dec, if the list is short."
            ),
        ),
        (
            why(since(-5)._replace(cadence=Cadence(1, "w"))),
            Reason.FRESH,
            (
                "Not listed today: fresh, due on Sat 28 Nov."
                " They can be listed from then on, if there is room."
            ),
        ),
        (
            why(since(-3), *OTHERS),
            Reason.SOON,
            (
                "Not listed today: due soon, on Thu 26 Nov; people who are only soon due fill a"
                " short list, and today's is long enough. They can be listed tomorrow"
                " (Tue 24 Nov), if the list is short."
            ),
        ),
        (
            why(since(-3), *SOONER),
            Reason.SOON,
            (
                "Not listed today: due soon, on Thu 26 Nov; today's last place went to {last}, who"
                " is further along in their cadence (1.03 of it in two days; Ada 0.97). They can be"
                " listed tomorrow (Tue 24 Nov), if the list is short."
            ),
        ),
        (
            why(ADA, *OTHERS),
            Reason.NO_ROOM,
            (
                "Not listed today: due since Sat 21 Nov; today's last place went to Tom, who is"
                " further along in their cadence (1.23 of it in two days; Ada 1.13). They can be"
                " listed tomorrow (Tue 24 Nov), if there is room."
            ),
        ),
        (
            next(view for view in map(tied, ALIKE) if not view.listed),
            Reason.NO_ROOM,
            (
                "Not listed today: due since Wed 18 Nov; today's last place went to {last}, who is"
                " as far along (1.23 of the cadence in two days). They can be listed tomorrow"
                " (Tue 24 Nov), if there is room."
            ),
        ),
        (
            why(ADA, capacity=0),
            Reason.NO_ROOM,
            "Not listed today: due since Sat 21 Nov; you have no room on any day.",
        ),
        (
            explain(ADA, MONDAY, (), (), Settings(capacity=(0, 0, 3, 3, 3, 3, 3))),
            Reason.NO_ROOM,
            (
                "Not listed today: due since Sat 21 Nov; you have no room on Mondays."
                " They can be listed from Wed 25 Nov, if there is room."
            ),
        ),
        (
            why(ADA, OTHERS[0], capacity=1, contacted={"tom"}, promises=[LATER]),
            Reason.NO_ROOM,
            (
                "Not listed today: due since Sat 21 Nov; promises and people you met today take all"
                " of today's places. They can be listed tomorrow (Tue 24 Nov), if there is room."
                " A promise or a question puts them on the list on Fri 27 Nov."
            ),
        ),
        (
            why(ADA, SLEEPER, capacity=1),
            Reason.NO_ROOM,
            (
                "Not listed today: due since Sat 21 Nov; today's place is this week's for somebody"
                " dormant, Kay. They can be listed tomorrow (Tue 24 Nov), if there is room."
            ),
        ),
    ],
)
def test_every_reason_is_a_sentence_and_a_day(view: Why, reason: Reason, said: str) -> None:
    """It says whether they are on the list, and if not from when they can be."""
    last = view.last.person.name if view.last else ""
    assert view.reason is reason
    assert say_reason(view, view.due.day) == said.format(last=last)
    assert view.listed == said.startswith("On today's list")


HALF = samples.PARTY._replace(
    day=date(2026, 10, 21), people=(samples.named(ADA),), counts=Counts.HALF
)
QUARTERLY = ADA._replace(cadence=Cadence(3, "m"), last_full_on=date(2026, 9, 1))
TERMS = {
    "contact": [
        (why(ADA), "4 weeks ago, Wed 21 Oct; it counts in full"),
        (
            why(ADA._replace(last_full_on=None, last_half_on=date(2026, 10, 21))),
            "4 weeks ago, Wed 21 Oct; it counts half, like a full one 15 days earlier: Tue 6 Oct",
        ),
        (
            why(ADA, away=[Pause(date(2026, 10, 20), date(2026, 10, 22))]),
            (
                "4 weeks ago, Wed 21 Oct; the clock was stopped, so the day before the stop counts:"
                " Mon 19 Oct"
            ),
        ),
        (why(since(2)), "none yet"),
        (why(ADA._replace(cadence=None)), "4 weeks ago, Wed 21 Oct"),
    ],
    "half": [
        (
            why(ADA._replace(last_half_on=date(2026, 10, 23))),
            "4 weeks ago, Fri 23 Oct; it counts half and changes nothing",
        )
    ],
    "full": [
        (
            why(ADA._replace(last_half_on=date(2026, 11, 20))),
            "4 weeks ago, Wed 21 Oct; on its own it would make them due sooner",
        )
    ],
    "tried": [
        (
            why(ADA._replace(tried_on=date(2026, 11, 22))),
            (
                "yesterday, Sun 22 Nov; left alone for 4 days, until Thu 26 Nov;"
                " offers are counted anew"
            ),
        ),
        (why(ADA._replace(cadence=None, tried_on=date(2026, 11, 22))), "yesterday, Sun 22 Nov"),
    ],
    "cadence": [
        (why(ADA), "every month, from the circle close"),
        (why(ADA._replace(own_cadence=True)), "every month, their own"),
        (why(ADA._replace(cadence=None)), "none yet"),
        (why(ADA._replace(cadence=None, own_cadence=True)), "never"),
    ],
    "due": [
        (why(ADA), "Wed 21 Oct + 1 month = Sat 21 Nov"),
        (
            why(since(2)),
            (
                "Sat 21 Nov, the first day, set on Sat 21 Nov with the cadence,"
                " so that days are not crowded"
            ),
        ),
        (
            why(since(2)._replace(first_said_on=None)),
            "Sat 21 Nov, the first day, set with the cadence, so that days are not crowded",
        ),
        (
            why(QUARTERLY._replace(first_on=date(2026, 12, 4), first_said_on=date(2026, 9, 2))),
            (
                "Fri 4 Dec, the first day, moved on Wed 2 Sep from Tue 1 Dec, when many others come"
                " due"
            ),
        ),
        (
            why(ADA._replace(snoozed_on=FRIDAY, snooze_said_on=MONDAY)),
            "Fri 27 Nov, the day of the snooze",
        ),
        (why(ADA._replace(last_full_on=None)), "today: there is no contact yet to count from"),
        (
            why(ADA._replace(cadence=Rule("FREQ=MONTHLY;BYDAY=1FR", "first friday"))),
            "Fri 6 Nov, the first such day 15 days or more after Wed 21 Oct",
        ),
        (
            why(ADA._replace(cadence=Rule("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "weekdays"))),
            "Thu 22 Oct, the first such day 1 day or more after Wed 21 Oct",
        ),
    ],
    "state": [
        (
            why(since(-20)),
            "fresh, due in 2 weeks, Sun 13 Dec; soon from Wed 9 Dec, 4 days before",
        ),
        (why(since(-5)._replace(cadence=Cadence(1, "w"))), "fresh, due in 5 days, Sat 28 Nov"),
        (why(since(-2)), "soon, due in 2 days, Wed 25 Nov"),
        (why(ADA), "due since Sat 21 Nov; waiting from Mon 30 Nov, after 8 days of grace"),
        (why(since(20)), "waiting, due since Tue 3 Nov"),
        (
            why(since(40)),
            (
                "waiting, due since Wed 14 Oct; dormant from Mon 14 Dec, at least 60 days past due,"
                " and more than 3 times the cadence"
            ),
        ),
        (
            why(HAD),
            (
                "dormant, due since Sun 19 Oct 2025; that is at least 60 days past due, and more"
                " than 3 times the cadence"
            ),
        ),
        (why(ADA._replace(cadence=None)), "no cadence"),
    ],
    "so far": [
        (why(ADA), "33 days of 31: 1.06, and 1 is the due day"),
        (why(since(-2)), "28 days of 30: 0.93, and 1 is the due day"),
        (why(HAD), "430 days of 30: 14.33, and 1 is the due day"),
    ],
    "order": [(why(ADA), "in two days 35 of 31: 1.13; whoever has the highest number comes first")],
    "offered": [
        (
            why(ADA),
            (
                "not yet; a day counts if they are listed and you note something. After 3 such"
                " days without contact they rest 4 days"
            ),
        ),
        (
            why(since(20)._replace(offered=before(3, 1))),
            "Fri 20 and Sun 22 Nov; after 1 more such day without contact they rest 4 days",
        ),
        (
            why(since(40)._replace(offered=before(30, 22))),
            "Sat 24 Oct and Sun 1 Nov; after 1 more such day without contact they rest 4 days",
        ),
    ],
    "place": [
        (
            why(HAD),
            (
                "one a week, from Friday on, longest ago first; they had it last on Tue 3 Nov, and"
                " nobody has it twice in 9 weeks"
            ),
        ),
        (
            why(since(400), SLEEPER),
            "one a week, from Friday on, longest ago first; they never had it",
        ),
    ],
    "today": [
        (why(ADA), "3 places on a Monday; 3 for those who are due"),
        (why(since(-2)), "3 places on a Monday; 2 for those who are due soon"),
        (why(ADA._replace(cadence=None)), "3 places on a Monday"),
        (why(ADA, capacity=0), "no places on a Monday"),
        (why(ADA, capacity=1), "1 place on a Monday; 1 for those who are due"),
    ],
}


@pytest.mark.parametrize(
    ("label", "view", "said"),
    [
        pytest.param(label, view, said, id=f"{label} {number}")
        for label, cases in TERMS.items()
        for number, (view, said) in enumerate(cases)
    ],
)
def test_every_term_is_said_in_words(label: str, view: Why, said: str) -> None:
    """The days it goes by stand beside it."""
    assert dict(say_terms(view, None, MONDAY))[label] == said


def cycles(person: Person) -> list[str]:
    """The lines about offers: the first has a label, those below it have none."""
    label, lines = "", []
    for word, said in say_terms(why(person), None, MONDAY):
        label = word or label
        if label == "offered":
            lines.append(said)
    return lines


def test_every_rest_stands_beside_the_offers_it_follows_from() -> None:
    """With the day on which they are back; today's offer counts already."""
    assert cycles(since(20)._replace(offered=before(12, 10, 9, 3, 0))) == [
        "Wed 11, Fri 13 and Sat 14 Nov; then a rest of 4 days, back on Thu 19 Nov",
        "Fri 20 Nov and today; then a rest of 8 days, back on Wed 2 Dec",
        "not since; after 2 more such days without contact they rest 16 days",
    ]


def test_paused_days_of_a_rest_are_told_apart() -> None:
    """The rest ends later by them."""
    paused = Pause(MONDAY - timedelta(days=8), MONDAY - timedelta(days=7))
    assert cycles(since(20)._replace(offered=before(12, 10, 9), pauses=(paused,)))[0] == (
        "Wed 11, Fri 13 and Sat 14 Nov; then a rest of 4 days and 2 paused, back on Sat 21 Nov"
    )


def test_of_many_rests_the_newest_are_told() -> None:
    """The page stays short."""
    ada = since(60)._replace(offered=before(55, 54, 53, 47, 46, 36, 35))
    assert cycles(ada) == [
        "on 3 days before Wed 7 Oct, with 1 rest",
        "Wed 7 and Thu 8 Oct; then a rest of 8 days, back on Sat 17 Oct",
        "Sun 18 and Mon 19 Oct; then a rest of 16 days, back on Thu 5 Nov",
        "not since; after 2 more such days without contact they rest 30 days",
    ]


@pytest.mark.parametrize(
    "person", [since(-20), since(-2), ADA._replace(tried_on=MONDAY), ADA._replace(cadence=None)]
)
def test_offers_that_do_not_count_are_not_told(person: Person) -> None:
    """Before the due day, before an attempt, and without a cadence."""
    assert cycles(person._replace(offered=before(1))) == []


def test_somebody_dormant_who_was_never_offered_has_no_line_about_it() -> None:
    """The place for the dormant is no offer."""
    assert cycles(HAD) == []
    assert len(cycles(HAD._replace(offered=before(50)))) == 1


def test_the_contact_says_what_it_was() -> None:
    """A party counts by half, and one sees that it was a party."""
    view = why(ADA._replace(last_full_on=None, last_half_on=HALF.day))
    said = dict(say_terms(view, HALF, MONDAY))["contact"]
    assert said.startswith(f"{Kind.EVENT}, 4 weeks ago, Wed 21 Oct; it counts half")


@pytest.mark.parametrize("person", [since(-20), ADA, RESTING, ADA._replace(tried_on=MONDAY)])
def test_the_page_of_most_people_is_short(person: Person) -> None:
    """Ten terms at most."""
    assert len(say_terms(why(person), None, MONDAY)) <= 10


MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905  # as said


def dates(text: str, year: int) -> list[date]:
    """The days in a text, those without a year in that one; a month stands for those before it."""
    found: list[date] = []
    days: list[int] = []
    for day, month, own in re.findall(
        rf"[A-Z][a-z]{{2}} (\d+)(?: ({'|'.join(MONTHS)}))?(?: (\d{{4}}))?", text
    ):
        days.append(int(day))
        if month:
            number = MONTHS.index(month) + 1
            found += [date(int(own or year), number, each) for each in days]
            days = []
    return found


@given(st.data(), st.dates(date(2024, 1, 1), date(2028, 12, 31)))
@settings(max_examples=150)
def test_the_printed_terms_lead_to_the_printed_result(data: st.DataObject, day: date) -> None:
    """How far along follows from the days that are printed; so does the due day with its pauses."""
    person = data.draw(some.people(day))
    view = why(person, day=day)
    terms = dict(say_terms(view, None, day))
    if "so far" in terms:
        passed, period, ratio = re.findall(r"[0-9.]*[0-9]", terms["so far"])[:3]
        assert float(ratio) == pytest.approx(int(passed) / int(period), abs=0.0051)
        assert float(ratio) == pytest.approx(view.due.ratio, abs=0.0051)
    if "order" in terms:
        passed, period, score = re.findall(r"[0-9.]*[0-9]", terms["order"])[:3]
        assert float(score) == pytest.approx(int(passed) / int(period), abs=0.0051)
        assert float(score) == pytest.approx(view.due.score, abs=0.0051)
    if "pauses" in terms:
        *spans, moved = dates(terms["pauses"].partition("; later")[0], day.year), terms["pauses"]
        assert dates(moved, day.year)[-1] == view.due.due_on
        assert spans
    assert view.due.state is not State.NONE


@given(st.sets(st.integers(0, 120), max_size=12), st.integers(0, 10))
def test_the_printed_rests_follow_from_the_printed_offers(ago: set[int], start: int) -> None:
    """Each is as long as it says, and ends that many days after the last offer before it."""
    ada = since(130 + start)._replace(offered=before(*sorted(ago, reverse=True)))
    ada = ada._replace(cadence=Cadence(6, "m"))
    terms = why(ada).terms
    assert terms is not None
    rests = [said for said in cycles(ada) if "then a rest" in said]
    assert len(rests) == min(MOST_RESTS, len(terms.offers.rests))
    for said in rests:
        *_, last, back = dates(said.replace("today", f"{MONDAY:%a %-d %b}"), MONDAY.year)
        (length,) = re.findall(r"rest of (\d+) day", said)
        assert (back - last).days == int(length) + 1
