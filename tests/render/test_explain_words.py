"""Reasons and terms: what is printed can be checked by hand."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connect_cli.model import Cadence, Counts, Kind, Pause, Person, Rule
from connect_cli.render.explain_words import is_listed, say_reason, say_terms
from connect_cli.scheduler.explain import Reason, Why, explain
from connect_cli.settings import Settings
from connect_cli.views import State
from tests.render import samples
from tests.scheduler import strategies as some

MONDAY = samples.TODAY
FRIDAY = MONDAY + timedelta(days=4)
MONTHLY = Cadence(1, "m")
ADA = Person("ada", "Ada", "close", MONTHLY, last_full_on=date(2026, 10, 21))


def since(days: int) -> Person:
    """Ada, who came due so many days ago."""
    due = MONDAY - timedelta(days=days)
    return ADA._replace(last_full_on=None, first_on=due, first_said_on=due)


def why(
    person: Person, *others: Person, day: date = MONDAY, capacity: int = 3, **more: object
) -> Why:
    """The reasons of a person among others."""
    chosen = Settings()._replace(capacity=(capacity,) * 7)
    promises = more.pop("promises", ())
    return explain(person, day, others, promises, chosen, **more)  # type: ignore[arg-type]  # values as the test names them


OTHERS = [since(5)._replace(id=str(number), name=f"Other {number}") for number in range(3)]
SOONER = [since(-2)._replace(id=str(number), name=f"Other {number}") for number in range(3)]
PROMISE = samples.PAPER._replace(person=samples.named(ADA))


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
        (why(ADA), Reason.DUE, "On today's list: due, and you have room."),
        (why(since(-2)), Reason.EARLY, "On today's list: due soon, and you have room to spare."),
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
            why(ADA, away=[Pause(MONDAY, FRIDAY)]),
            Reason.AWAY,
            "Not listed: you are away, and every clock is stopped until Sat 28 Nov.",
        ),
        (
            why(ADA._replace(pauses=(Pause(MONDAY),))),
            Reason.PAUSED,
            "Not listed: paused until you change that.",
        ),
        (
            why(ADA._replace(snoozed_on=FRIDAY, snooze_said_on=MONDAY)),
            Reason.SNOOZED,
            "Not listed: snoozed until Fri 27 Nov.",
        ),
        (
            why(ADA._replace(tried_on=MONDAY)),
            Reason.TRIED,
            "Not listed: you tried lately, so they are left alone until Fri 27 Nov.",
        ),
        (
            why(since(8)),
            Reason.RESTING,
            "Not listed: offered for a week, then left alone until Thu 26 Nov.",
        ),
        (
            why(since(400)),
            Reason.DORMANT,
            "Not listed: dormant. Each week one dormant person has a place.",
        ),
        (why(since(-20)), Reason.FRESH, "Not listed: fresh. Due soon from Wed 9 Dec."),
        (
            why(since(-3), *OTHERS),
            Reason.SOON,
            "Not listed: due soon, but people who are due come first.",
        ),
        (
            why(since(-3), *SOONER),
            Reason.SOON,
            "Not listed: due soon, but the last place went to somebody with s = 1.00.",
        ),
        (
            why(ADA, *OTHERS),
            Reason.NO_ROOM,
            "Not listed: today's last place went to somebody with s = 1.23.",
        ),
        (why(ADA, capacity=0), Reason.NO_ROOM, "Not listed: you have no room on Mondays."),
        (
            why(ADA, OTHERS[0], capacity=1, contacted={"0"}),
            Reason.NO_ROOM,
            "Not listed: promises and people you met today take all of today's places.",
        ),
    ],
    ids=lambda value: value.name.lower() if isinstance(value, Reason) else "",
)
def test_every_reason_is_one_sentence(view: Why, reason: Reason, said: str) -> None:
    """And says whether they are on the list."""
    assert view.reason is reason
    assert say_reason(view, MONDAY) == said
    assert is_listed(view) == said.startswith("On today's list")


def test_a_dormant_person_in_their_week_is_listed() -> None:
    """On the weekday for it, in one week of nine."""
    weeks = [FRIDAY + timedelta(weeks=week) for week in range(9)]
    views = [(day, why(since(400)._replace(id="ada"), day=day)) for day in weeks]
    (said,) = {say_reason(view, day) for day, view in views if is_listed(view)}
    assert said == "On today's list: this week's place for someone dormant."


HALF = samples.PARTY._replace(
    day=date(2026, 10, 21), people=(samples.named(ADA),), counts=Counts.HALF
)
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
            "yesterday, Sun 22 Nov; then a rest of 4 days",
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
        (why(since(2)), "Sat 21 Nov, the first day, set with the cadence"),
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
        (
            why(ADA._replace(cadence=Rule("FREQ=DAILY"))),
            "Thu 22 Oct, the first such day 1 day or more after Wed 21 Oct",
        ),
    ],
    "dormant": [(why(since(400)), "when r is above 3.0, at least 60 days past due")],
    "today": [
        (why(ADA), "3 places on a Monday; 3 for those who are due"),
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


def test_the_contact_says_what_it_was() -> None:
    """A party counts by half, and one sees that it was a party."""
    view = why(ADA._replace(last_full_on=None, last_half_on=HALF.day))
    said = dict(say_terms(view, HALF, MONDAY))["contact"]
    assert said.startswith(f"{Kind.EVENT}, 4 weeks ago, Wed 21 Oct; it counts half")


def dates(text: str, year: int) -> list[date]:
    """The days in a text, those without a year in that one."""
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905  # as said
    found = re.findall(rf"(\d+) ({'|'.join(months)})(?: (\d{{4}}))?", text)
    return [date(int(own or year), months.index(month) + 1, int(day)) for day, month, own in found]


@given(st.data(), st.dates(date(2024, 1, 1), date(2028, 12, 31)))
@settings(max_examples=150)
def test_the_printed_terms_lead_to_the_printed_result(data: st.DataObject, day: date) -> None:
    """r and s follow from what is printed, and so does the due day with its pauses."""
    person = data.draw(some.people(day))
    view = why(person, day=day)
    terms = dict(say_terms(view, None, day))
    if "r" not in terms:
        assert view.terms is None
        return
    for label, value in (("r", view.due.ratio), ("s", view.due.score)):
        sum_, _, result = terms[label].partition(";")[0].partition(" = ")
        assert re.fullmatch(r"[-+/() 0-9]+", sum_)
        assert round(eval(sum_), 2) == pytest.approx(float(result), abs=0.011)  # noqa: S307  # digits and signs alone
        assert float(result) == pytest.approx(value, abs=0.0051)
    if "pauses" in terms:
        *spans, moved = dates(terms["pauses"].partition("; later")[0], day.year), terms["pauses"]
        assert dates(moved, day.year)[-1] == view.due.due_on
        assert spans
    assert view.due.state is not State.NONE
