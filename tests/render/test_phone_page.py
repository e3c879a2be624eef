"""The page for the phone says who comes up when, with dates that stay true, and loads nothing."""

import re
from datetime import datetime

import pytest

from connect_cli.render.phone_page import FIRST_WORDS, phone_page
from connect_cli.views import ComingDays
from tests.render.samples_phone import (
    CARDS,
    LATE,
    MANY,
    NOBODY,
    NOW,
    QUIET,
    SAMPLES,
    SECRETS,
    TALK,
    WEEK,
    in_list,
    plan,
    seven,
)
from tests.render.test_page import FORBIDDEN, Seen

ADA_ROW = (
    "Ada Lovelace inner also Countess tea, Wed 21 Oct: “She is moving to Boston in spring."
    " Asked whether I know a flat near the river”"
    " ada@example.org +44 20 7946 0018 https://ada.example.org 12 St James&#39;s Square, London"
    " ask at the door"
)


def written(view: ComingDays, *, discreet: bool = False) -> str:
    return phone_page(view, NOW, discreet=discreet)


def part(text: str, tag: str, number: int = 0) -> str:
    """The words of an element, on one line; the first of its kind, or a later one."""
    found = re.findall(rf"(?s)<{tag}[ >].*?</{tag}>", text)[number]
    return " ".join(re.sub("<[^>]*>", " ", found).split())


def headings(text: str) -> list[str]:
    return re.findall(r"<h2>(.*)</h2>", text)


def test_each_day_stands_with_who_comes_up_on_it() -> None:
    """A card on the first day, then a line that leads to it; days with nobody are left out."""
    text = written(WEEK)
    assert headings(text) == [
        "Monday 30 November",
        "Tuesday 1 December",
        "Wednesday 2 December",
        "Thursday 3 December",
        "Friday 4 December",
        "Everybody",
    ]
    assert re.findall(r'<article id="(.*?)">\n<h3><bdi dir="auto">(.*?)<', text) == [
        ("p1", "נועה לוי"),
        ("p2", "Grace Hopper"),
        ("p3", "Ada Lovelace"),
    ]
    lines = [" ".join(Seen(one).text.split()) for one in re.findall(r"<li><a href=\"#p.*", text)]
    assert lines == [
        "You promised Ada Lovelace: lend her the notebook",
        "Grace Hopper promised you: the vineyard photos",
        "Ada Lovelace, soon",
        "Grace Hopper turns 40",
    ]


def test_whoever_has_no_card_is_a_line_without_a_link() -> None:
    """On the days of the dead, and with a promise to somebody archived; with its own day."""
    assert '<li><bdi dir="auto">Charles Babbage</bdi>, day of death</li>' in written(WEEK)
    late = written(ComingDays(seven(plan(0, LATE)), (), QUIET.people))
    assert part(late, "li", 2) == (
        "You promised Grace Hopper : introduce her to Tom , since Sat 28 Nov"
    )


def test_a_card_has_what_to_know_before_you_meet() -> None:
    """The last words whole, what is open, what to remember, ties, and how to reach them."""
    assert part(written(WEEK), "article", 2) == (
        "Ada Lovelace due inner every month also Countess #work"
        " She is moving to Boston in spring. Asked whether I know a flat near the river"
        " tea, Wed 21 Oct, 1 h 15 min, with נועה לוי"
        " you owe lend her the notebook by Wed 2 Dec"
        " ask how is the flat on Mon 30 Nov"
        " day of the move 1 Jun 2020 usual order flat white allergic to nuts"
        " colleague Grace Hopper נועה לוי , met through you"
        " Before that The engine runs at last call, Fri 11 Sep"
        " ada@example.org +44 20 7946 0018 https://ada.example.org 12 St James&#39;s Square, London"
        " ask at the door"
    )


def test_what_falls_in_these_days_stands_out() -> None:
    """A birthday that comes is said with its day and age, and the day of a promise has a colour."""
    text = written(WEEK)
    assert part(text, "article", 1).startswith(
        "Grace Hopper close every month birthday Fri 4 Dec, turns 40 last contact Tue 10 Nov"
    )
    assert re.findall(r'when coming">(.*?)<', text) == [
        *("since Sat 28 Nov", "by Thu 3 Dec", "by Wed 2 Dec", "on Mon 30 Nov")
    ]


def test_everybody_is_listed_with_the_last_words_and_ways() -> None:
    """The circle, other names, how and when, the note's beginning, and what a tap opens."""
    text = written(WEEK)
    everybody = text[text.index('<section id="all">') :]
    rows = re.findall(r"(?s)<li>\n(.*?)(?=<li>\n|</section>)", everybody)
    said = [" ".join(re.sub("<[^>]*>", " ", row).split()) for row in rows]
    assert said == [
        ADA_ROW,
        "Grace Hopper close last contact Tue 10 Nov",
        "נועה לוי",
        "Tom Kilburn friends last contact Fri 27 Nov",
    ]
    assert [re.findall(r'href="(#.*?)"', row) for row in rows] == [["#p3"], ["#p2"], ["#p1"], []]


def test_a_long_note_is_short_in_the_list_and_whole_on_the_card() -> None:
    """It ends with a sign that there is more."""
    long = TALK._replace(note="word " * 60 + "end")
    card = CARDS[2]._replace(timeline=(long,))
    text = written(WEEK._replace(cards=(*CARDS[:2], card), people=(in_list(card),)))
    (short,) = re.findall(r"“(.*?)”", text)
    assert short.endswith("word …")
    assert len(short) <= FIRST_WORDS + 2
    assert long.note in text


def test_only_calls_and_mail_are_links() -> None:
    """A web page is text: a browser may ask for the address of a link before it is opened."""
    links = re.findall(r'href="([^#].*?)"', written(WEEK))
    assert links == ["mailto:ada@example.org", "tel:+442079460018"] * 2


def test_every_link_within_the_page_leads_somewhere() -> None:
    """To a day, a card, a letter or the list; and no place has two names."""
    for view in SAMPLES.values():
        seen = Seen(written(view))
        ids = [found["id"] for _, found in seen.tags if "id" in found]
        targets = [found["href"] or "" for _, found in seen.tags if "href" in found]
        within = {one[1:] for one in targets if one.startswith("#")}
        assert within <= set(ids)
        assert len(ids) == len(set(ids))


def test_many_people_have_letters() -> None:
    """Accents do not matter, and scripts without large letters stand together at the end."""
    text = written(MANY)
    assert re.findall(r'<h3 class="letter" id="l\d+">(.*?)<', text) == [*"ABELZ", "…"]
    assert re.findall(r'href="#l\d+">(.*?)<', text) == [*"ABELZ", "…"]
    assert text.count('<p class="who">') == len(MANY.people)
    assert 'class="letter"' not in written(WEEK)


def test_a_page_of_nobody_says_so() -> None:
    """An empty journal names the first steps, and quiet days that they are quiet."""
    empty, quiet = written(NOBODY), written(QUIET)
    assert "Nobody is in your journal yet. To begin:" in empty
    assert headings(empty) == []
    assert "Nobody is on the lists of these days." not in empty
    assert "Nobody is on the lists of these days." in quiet
    assert headings(quiet) == ["Everybody"]


def test_the_page_says_when_it_was_written_and_of_which_days_it_is() -> None:
    """At two in the morning it is still of the day before; no day is said as tomorrow."""
    text = written(WEEK)
    assert "<small>Monday 30 November to Sunday 6 December 2026</small>" in text
    assert text.count("on Tuesday 1 December 2026 at 02:05") == 1
    assert not re.search(r"\b(today|tomorrow|yesterday|ago)\b|\bin \d", Seen(text).text)


def test_days_over_the_end_of_a_year_say_both_years() -> None:
    """In the heading of the page."""
    plans = tuple(one._replace(day=one.day.replace(month=12, day=31)) for one in seven()[:1])
    end = plans[0]._replace(day=plans[0].day.replace(year=2027, month=1, day=6))
    text = phone_page(ComingDays((*plans, end)), datetime(2026, 12, 31, 9), discreet=False)
    assert "<small>Thursday 31 December 2026 to Wednesday 6 January 2027</small>" in text


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_is_loaded_from_anywhere(name: str) -> None:
    """No script, no picture, no handler; links lead to a place in the page, a call or a mail."""
    text = written(SAMPLES[name])
    seen = Seen(text)
    tags = {tag for tag, _ in seen.tags}
    attributes = {key for _, found in seen.tags for key in found}
    assert not tags & {"script", "link", "img", "iframe", "object", "base", "form"}
    assert not {one for one in attributes if one.startswith("on") or one == "src"}
    links = [found["href"] or "" for _, found in seen.tags if "href" in found]
    assert all(re.match(r"#|tel:|mailto:", one) for one in links)
    assert not re.search(r"url\(|@import|javascript:|xlink|expression\(", text)


def test_a_discreet_page_has_no_words() -> None:
    """No notes, promises, details, relations, ways and labels; who, when and circles stay."""
    shown, hidden = written(WEEK), written(WEEK, discreet=True)
    assert [one for one in SECRETS if one not in shown] == []
    assert [one for one in SECRETS if one in hidden] == []
    assert headings(hidden) == headings(shown)
    assert part(hidden, "article", 2) == (
        "Ada Lovelace due inner every month also Countess #work"
        " coffee, Wed 21 Oct, 1 h 15 min, with נועה לוי"
        " you owe ... by Wed 2 Dec ask ... on Mon 30 Nov ... 1 Jun 2020"
    )


def test_nobody_is_judged() -> None:
    """No word of blame, in the text or in its style."""
    for view in SAMPLES.values():
        assert not re.search(FORBIDDEN, written(view), re.IGNORECASE)
