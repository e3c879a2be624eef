"""Logging, changing and deleting conversations from the command line."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.editors import editor
from tests.conftest import Begin, Connect
from tests.hinted import hinted


@pytest.fixture(autouse=True)
def _people(begin: Begin) -> None:
    """Ada, Grace, and two people who share a first name."""
    names = ("Ada Lovelace", "Grace Hopper", "Tom Baker", "Tom Waits")
    begin(*[("add", name) for name in names])


def interactions(connect: Connect) -> list[dict[str, Any]]:
    """Every interaction, newest first, as JSON tells it."""
    found: list[dict[str, Any]] = json.loads(connect("history", "--json").out)["interactions"]
    return found


def test_the_answer_says_what_was_understood_and_how_to_change_it(connect: Connect) -> None:
    """One line, so that a wrong reading is seen at once."""
    ran = connect("log", "Coffee with Ada and Grace yesterday 45m: she is moving to Boston")
    assert ran.out == (
        "Coffee with Ada Lovelace and Grace Hopper, yesterday (Sun 22 Nov), 45 min:"
        " “she is moving to Boston”. 'connect undo' takes it back.\n"
    )
    assert (ran.code, ran.err) == (0, "")


HINT = "'connect undo' takes it back."
LATER = "2026-11-30T08:00"


@pytest.mark.parametrize(
    ("words", "now", "hint"),
    [
        (("coffee with ada",), "2026-11-29T08:00", HINT),
        (("coffee with ada",), LATER, ""),
        (("coffee with ada: sun #work", "--for", "45m"), LATER, ""),
        (("coffee with Ida", "--new"), LATER, HINT),
    ],
    ids=["first week", "later", "later, with options", "somebody new"],
)
def test_how_to_take_it_back_is_said_while_that_is_news(
    connect: Connect, words: tuple[str, ...], now: str, hint: str
) -> None:
    """In the first week of a journal; later only when something was unusual."""
    ran = connect("log", *words, now=now)
    assert (HINT in ran.out) == bool(hint)
    assert ran.out.endswith(f"{hint}\n")


def test_of_several_it_is_said_that_one_undo_takes_all_back(connect: Connect) -> None:
    """Once, after the last."""
    ran = connect("log", "-", stdin="coffee with ada\ncalled grace\n", now=LATER)
    assert ran.out.endswith("Call to Grace Hopper, today. 'connect undo' takes all 2 back.\n")
    connect("undo")
    assert interactions(connect) == []


def test_the_word_for_the_kind_is_shown_as_it_was_typed(connect: Connect) -> None:
    """In the answer, in JSON, and not where others can see the screen."""
    ran = connect("log", "Wedding with Ada: nice cake")
    assert ran.out.startswith("Wedding with Ada Lovelace, today: “nice cake”.")
    (one,) = interactions(connect)
    assert (one["kind"], one["kind_word"]) == ("event", "Wedding")
    ran = connect("--discreet", "log", "Funeral with Ada: rain")
    assert ran.out.startswith("Event with Ada Lovelace, today: ...")
    ran = connect("amend", "--note", "hot")
    assert ran.out == "Now: Funeral with Ada Lovelace, today: “hot”.\n"
    ran = connect("amend", "--kind", "walk", "--with", "Ida", "--new", "--ask", "her cat")
    assert (
        ran.out == "Added Ida. Now: Walk with Ida, today: “hot”. To ask Ida next time: her cat.\n"
    )


def test_what_was_kept_with_a_conversation_is_said(connect: Connect) -> None:
    """Each text once, with whom it is about; a day at its end is its day."""
    ran = connect(
        *("log", "coffee with ada and grace", "--promise", "send the book by friday"),
        *("--ask", "her thesis", "--remember", "tea: no milk"),
        now=LATER,
    )
    assert ran.out == (
        "Coffee with Ada Lovelace and Grace Hopper, today."
        " You promised Ada Lovelace and Grace Hopper: send the book (by Fri 4 Dec)."
        " To ask Ada Lovelace and Grace Hopper next time: her thesis."
        " Remembered for Ada Lovelace and Grace Hopper: tea: no milk.\n"
    )
    discreet = connect("--discreet", "log", "tea with ada", "--promise", "a secret", now=LATER)
    assert discreet.out == "Coffee with Ada Lovelace, today. You promised Ada Lovelace: ...\n"


REHEARSED = [
    (("coffee with ada: sun",), "Would log: Coffee with Ada Lovelace, today: “sun”.\n"),
    (
        ("coffee with Tom",),
        (
            "Would ask: Who is meant by 'Tom'? Tom Baker, Tom Waits\n"
            "Would log: Coffee with Tom, today.\n"
        ),
    ),
    (
        ("coffee with Ida and Grace Hoper",),
        (
            "Would ask: Nobody is called 'Ida'. Add them?\n"
            "Would ask: Nobody is called 'Grace Hoper'. Who is meant? Grace Hopper\n"
            "Would log: Coffee with Ida and Grace Hoper, today.\n"
        ),
    ),
    (
        ("coffee with Ida", "--new"),
        "Would add: Ida.\nWould log: Coffee with Ida, today.\n",
    ),
    (("walked the dog",), "Would ask: With whom?\n"),
    (
        ("coffee with ada on 10/11",),
        "Would ask: 'on 10/11' could be two days. Tue 10 Nov, Sun 11 Oct\n",
    ),
    (
        ("lunch with ada was cancelled",),
        "Would ask: 'cancelled' sounds as if it did not happen.\n",
    ),
    (
        ("tea with ada: I promised to call her on friday", "--ask", "her cat"),
        (
            "Would ask: Keep as a promise? call her, Fri 27 Nov\n"
            "Would ask: Done with any of these? you promised Ada Lovelace: a book\n"
            "Would log: Tea with Ada Lovelace, today: “I promised to call her on friday”.\n"
            "Would keep: To ask Ada Lovelace next time: her cat.\n"
        ),
    ),
]


@pytest.mark.parametrize(("words", "said"), REHEARSED, ids=[one[0][0] for one in REHEARSED])
def test_a_dry_run_says_what_would_be_logged_and_asked_and_writes_nothing(
    connect: Connect, journal_file: Path, words: tuple[str, ...], said: str
) -> None:
    """In the words of the answer."""
    if "promised" in words[0]:
        connect("promise", "ada", "a book")
    before = journal_file.read_bytes()
    ran = connect("log", *words, "--dry-run")
    assert (ran.code, ran.err) == (0, "")
    assert said in ran.out
    assert journal_file.read_bytes() == before


def test_a_dry_run_of_several_lines_and_in_json(connect: Connect, journal_file: Path) -> None:
    """As `log` takes them; what would be refused is refused."""
    before = journal_file.read_bytes()
    ran = connect("log", "-", "--dry-run", stdin="coffee with ada\n\ncalled tom\n")
    assert ran.out.count("Would log") == 2
    told = json.loads(connect("log", "tea with Ida and ada", "--new", "--dry-run", "--json").out)
    assert told["added"] == ["Ida"]
    assert [one["name"] for one in told["interactions"][0]["people"]] == ["Ida", "Ada Lovelace"]
    ran = connect("log", "-", "--dry-run", stdin=f"coffee with ada\n{'x' * 20_001}\n")
    assert (ran.code, ran.out) == (2, "")
    assert "line 2" in ran.err
    assert journal_file.read_bytes() == before


def test_a_dry_run_begins_no_journal(connect: Connect, tmp_path: Path) -> None:
    """Not even its folder."""
    elsewhere = tmp_path / "new" / "journal.db"
    ran = connect("--journal", str(elsewhere), "log", "tea with Ida", "--new", "--dry-run")
    assert ran.out == "Would add: Ida.\nWould log: Tea with Ida, today.\n"
    assert not elsewhere.parent.exists()


def test_words_need_no_quotes(connect: Connect) -> None:
    """A line typed as plain arguments means the same."""
    connect("log", "called", "ada", "20m:", "all", "is", "well")
    assert interactions(connect)[0]["note"] == "all is well"
    assert interactions(connect)[0]["entered"] == "called ada 20m: all is well"


@pytest.mark.parametrize(
    ("options", "field", "value"),
    [
        (("--kind", "walk"), "kind", "walk"),
        (("--on", "last friday"), "day", "2026-11-20"),
        (("--for", "1h30"), "minutes", 90),
        (("--note", "rain"), "note", "rain"),
        (("--energy", "gave"), "energy", "gave"),
        (("--counts", "half"), "counts", "half"),
        (("--tried",), "tried", True),
        (("--theirs",), "direction", "theirs"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else None,
)
def test_an_option_wins_over_the_prose(
    connect: Connect, options: tuple[str, ...], field: str, value: object
) -> None:
    """Each option says the same thing explicitly."""
    assert connect("log", "coffee with ada yesterday 45m: sun", *options).code == 0
    assert interactions(connect)[0][field] == value


def test_with_names_replace_those_of_the_prose(connect: Connect) -> None:
    """`--with` says who it was, and may be repeated."""
    connect("log", "coffee with ada", "--with", "grace", "--with", "Tom Waits")
    names = [person["name"] for person in interactions(connect)[0]["people"]]
    assert names == ["Grace Hopper", "Tom Waits"]


def test_an_attempt_is_kept_but_is_not_contact(connect: Connect) -> None:
    """`--tried` counts for nothing, and the clock runs on."""
    connect("every", "ada", "1w")
    before = json.loads(connect("show", "ada", "--json").out)["person"]["due_on"]
    ran = connect("log", "called ada", "--tried")
    assert ran.out.startswith("Tried to call Ada Lovelace")
    assert interactions(connect)[0]["counts"] == "no"
    assert json.loads(connect("show", "ada", "--json").out)["person"]["due_on"] == before


def test_an_attempt_that_was_none_is_contact_again(connect: Connect) -> None:
    """`--no-tried` takes back what the words or an option said."""
    connect("log", "called ada, no answer", "--no-tried")
    assert (interactions(connect)[0]["tried"], interactions(connect)[0]["counts"]) == (False, "yes")
    connect("amend", "--tried")
    assert (interactions(connect)[0]["tried"], interactions(connect)[0]["counts"]) == (True, "no")
    connect("amend", "--no-tried")
    assert (interactions(connect)[0]["tried"], interactions(connect)[0]["counts"]) == (False, "yes")


def test_a_greeting_counts_by_half_and_it_is_said(connect: Connect) -> None:
    """What the words make small is said in the answer, and an option wins."""
    said = connect("log", "said hi to ada")
    assert "It counts half as contact." in said.out
    assert interactions(connect)[0]["counts"] == "half"
    connect("log", "said hi to ada", "--counts", "yes")
    assert interactions(connect)[0]["counts"] == "yes"


@pytest.mark.parametrize(
    ("options", "tried"),
    [(("--counts", "yes"), False), (("--tried",), True), (("--no-tried",), False)],
)
def test_what_sounds_as_if_it_did_not_happen_is_logged_when_an_option_says_what_it_was(
    connect: Connect, options: tuple[str, ...], tried: bool
) -> None:
    """A contact after all, or an attempt."""
    assert connect("log", "lunch with ada was cancelled", *options).code == 0
    assert interactions(connect)[0]["tried"] is tried


def test_last_night_is_refused_before_the_day_begins(connect: Connect) -> None:
    """At one in the morning it could be two evenings."""
    late = "2026-11-24T01:00"
    assert connect("log", "dinner with ada last night", now=late).code == 2
    assert connect("log", "dinner with ada today", now=late).code == 0
    assert interactions(connect)[0]["day"] == "2026-11-23"


def test_more_can_be_carried_in_one_go(connect: Connect) -> None:
    """A promise, a question and a detail are kept with the interaction, in the same command."""
    options = ("--promise", "send the paper", "--ask", "her thesis", "--remember", "tea: no milk")
    connect("log", "coffee with ada", *options)
    card = connect("show", "ada").out
    for words in ("me\tAda Lovelace\tsend the paper", "her thesis", "tea\tno milk"):
        assert words in card


NOT_CERTAIN = [
    ("Coffee with Tom", 3, "'Tom' could be any of: Tom Baker, Tom Waits"),
    ("Coffee with Ida", 3, "nobody here is called 'Ida'"),
    ("Coffee with Grace Hoper", 3, "did you mean Grace Hopper?"),
    ("walked the dog", 2, "who was it with?"),
    ("coffee with ada tomorrow", 2, "tomorrow"),
    ("coffee with ada on 32 jan", 2, "there is no 32 January"),
    ("", 2, "nothing to log"),
    ("forgot to call ada", 2, "'forgot to call' sounds as if it did not happen"),
]


@pytest.mark.parametrize(("line", "code", "told"), NOT_CERTAIN, ids=[x[0] for x in NOT_CERTAIN])
def test_what_is_not_certain_is_refused_and_the_journal_stays_as_it_was(
    connect: Connect, journal_file: Path, line: str, code: int, told: str
) -> None:
    """Off a terminal: exit code, candidates on stderr, nothing on stdout, no byte changed."""
    before = journal_file.read_bytes()
    ran = connect("log", line)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith("connect: ")
    assert told in ran.err
    assert journal_file.read_bytes() == before


@pytest.mark.parametrize(
    ("option", "told"),
    [
        (("--kind", "cofee"), "coffee"),
        (("--on", "tomorrow"), "tomorrow"),
        (("--for", "ages"), "ages"),
        (("--energy", "much"), "gave, even, took"),
        (("--counts", "double"), "yes, half, no"),
        (("--remember", ": flat white"), "needs a label"),
        (("--promise", " "), "no text"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else None,
)
def test_a_bad_option_writes_nothing(connect: Connect, option: tuple[str, ...], told: str) -> None:
    """Everything is checked before anything is written."""
    ran = connect("log", "coffee with ada", *option)
    assert ran.code == 2
    assert told in ran.err
    assert interactions(connect) == []


def test_somebody_new_is_added_when_that_is_said(connect: Connect) -> None:
    """`--new` adds who is unknown, once, however often they are named."""
    ran = connect("log", "coffee with Ida Rhodes and Ida Rhodes", "--new")
    assert ran.out.startswith("Added Ida Rhodes. Coffee with Ida Rhodes, today.")
    assert connect("people", "ida").out.count("Ida Rhodes") == 1


DOUBTFUL_NEW = [
    (("coffee with Graec",), "did you mean Grace Hopper? If it is somebody else: ", "Graec"),
    (("coffee with Ada Lovelance",), "did you mean Ada Lovelace? If ", "Ada Lovelance"),
    (("coffee with Ada Byron",), "did you mean Ada Lovelace? If ", "Ada Byron"),
    (("coffee with Tom Zander",), "did you mean Tom Baker or Tom Waits? If ", "Tom Zander"),
    (("lunch", "--with", "Coffee Zander"), "hint: to add them: ", "Coffee Zander"),
]


@pytest.mark.parametrize(("line", "told", "name"), DOUBTFUL_NEW, ids=[x[2] for x in DOUBTFUL_NEW])
def test_a_name_like_a_known_one_is_refused_with_new_and_the_hint_adds_it(
    connect: Connect, line: tuple[str, ...], told: str, name: str
) -> None:
    """Who is meant, and how to add somebody else: what was refused works after that."""
    refused = connect("log", *line, "--new")
    assert (refused.code, refused.out, interactions(connect)) == (3, "", [])
    assert told in refused.err
    assert refused.err == connect("log", *line).err
    ((verb, *words),) = hinted(refused.err)
    assert (verb, words) == ("add", [name, "--new"])
    assert connect(verb, *words).code == 0
    assert f"with {name}, today" in connect("log", *line).out


def test_lines_of_stdin_are_kept_all_or_none(connect: Connect) -> None:
    """`connect log -` reads an interaction a line; one bad line, named by its number, stops all."""
    good = "coffee with ada yesterday: sun\r\n\ncalled grace 10m\n"
    assert connect("log", "-", stdin=good + "walked the dog\n").code == 2
    assert "line 4: who was it with?" in connect("log", "-", stdin=good + "walked the dog\n").err
    assert interactions(connect) == []
    assert connect("log", "-", stdin=good).code == 0
    assert [interaction["kind"] for interaction in interactions(connect)] == ["call", "coffee"]


def test_lines_of_stdin_may_share_somebody_new(connect: Connect) -> None:
    """Somebody new on one line is known on the next, by a first name too."""
    stdin = "coffee with Ida Rhodes\ncalled Ida 5m\n"
    assert connect("log", "-", "--new", stdin=stdin).code == 0
    assert connect("people", "ida").out.count("\n") == 1
    assert len(json.loads(connect("show", "ida", "--json").out)["interactions"]) == 2


def test_open_loops_are_shown_after_a_conversation(connect: Connect) -> None:
    """Those from before, on stderr, once a day; what this interaction brought is no news."""
    connect("promise", "ada", "send the paper", "--by", "fri")
    connect("ask", "ada", "her thesis")
    ran = connect("log", "coffee with ada", "--promise", "lend a book")
    assert ran.err == (
        "Still open:\n"
        "  1  you promised Ada Lovelace: send the paper (by Fri 27 Nov)\n"
        "  2  to ask Ada Lovelace: her thesis\n"
    )
    assert connect("log", "called ada").err == (
        "Still open:\n  1  you promised Ada Lovelace: lend a book\n"
    )
    assert connect("log", "called ada").err == ""
    connect("ask", "ada", "her garden")
    assert connect("log", "called ada").err == (
        "Still open:\n  1  to ask Ada Lovelace: her garden\n"
    )


def test_amend_changes_the_last_interaction_and_keeps_the_rest(connect: Connect) -> None:
    """What the options do not say stays as it was; what was typed stays too."""
    connect("log", "coffee with ada yesterday 45m: sun #work")
    ran = connect("amend", "--kind", "event", "--on", "last fri")
    assert ran.out.startswith("Now: Event with Ada Lovelace, 3 days ago (Fri 20 Nov), 45 min")
    (interaction,) = interactions(connect)
    assert (interaction["counts"], interaction["note"], interaction["tags"]) == (
        "half",
        "sun #work",
        ["work"],
    )
    assert interaction["entered"] == "coffee with ada yesterday 45m: sun #work"


def test_a_weight_that_was_chosen_stays_when_the_kind_changes(connect: Connect) -> None:
    """`--counts` is a decision, not a default."""
    connect("log", "coffee with ada", "--counts", "no")
    connect("amend", "--kind", "walk")
    assert interactions(connect)[0]["counts"] == "no"


def test_an_interaction_is_named_by_the_beginning_of_its_id(connect: Connect) -> None:
    """As git does it; none, and what is no id, are clear errors."""
    connect("log", "coffee with ada")
    connect("log", "called grace")
    older = interactions(connect)[1]["id"]
    assert connect("amend", older[:6], "--note", "older").code == 0
    assert interactions(connect)[1]["note"] == "older"
    assert connect("amend", "zzzz", "--note", "x").code == 1
    assert "not an id" in connect("amend", "../..", "--note", "x").err


def test_amend_without_any_interaction_says_so(connect: Connect) -> None:
    """There is nothing to change yet."""
    ran = connect("amend", "--note", "x")
    assert (ran.code, "no interaction yet" in ran.err) == (1, True)


def test_amend_in_the_editor_can_change_and_empty_everything(
    connect: Connect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form holds the whole interaction; a line that is emptied empties the value."""
    connect("log", "coffee with ada yesterday 45m: sun #work", "--energy", "gave")
    script = (
        "sed -i 's/^kind: .*/kind: walk/; s/^for: .*/for:/; s/^tag: .*/tag:/; s/^sun.*/# rain/' $1"
    )
    monkeypatch.setenv("EDITOR", editor(tmp_path, script))
    assert connect("amend").out.startswith("Now: Walk with Ada Lovelace")
    (interaction,) = interactions(connect)
    assert (interaction["minutes"], interaction["tags"], interaction["note"]) == (
        None,
        [],
        "# rain",
    )
    assert interaction["energy"] == "gave"


def test_an_editor_that_changes_nothing_changes_nothing(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And that is said."""
    connect("log", "coffee with ada")
    before = interactions(connect)
    monkeypatch.setenv("EDITOR", "true")
    assert connect("amend").out == "Nothing changed.\n"
    assert interactions(connect) == before


@pytest.mark.parametrize(
    ("meanwhile", "told"),
    [
        (
            "amend --for 21m",
            "the interaction of 2026-11-23 with Ada Lovelace has just been changed",
        ),
        ("undo --yes", "the interaction of 2026-11-23 with Ada Lovelace is gone"),
    ],
    ids=["changed", "gone"],
)
def test_what_happens_to_an_interaction_while_the_editor_is_open_is_not_overwritten(
    connect: Connect,
    tmp_path: Path,
    journal_file: Path,
    monkeypatch: pytest.MonkeyPatch,
    meanwhile: str,
    told: str,
) -> None:
    """It is said, and what was written is kept beside the journal."""
    connect("log", "coffee with ada")
    script = f"{sys.executable} -m connect_cli {meanwhile} >&2; sed -i 's/^kind: .*/kind: walk/' $1"
    monkeypatch.setenv("EDITOR", editor(tmp_path, script))
    ran = connect("amend")
    assert (ran.code, told in ran.err) == (1, True), ran.err
    assert [(one["kind"], one["minutes"]) for one in interactions(connect)] in (
        [("coffee", 21)],
        [],
    )
    assert "kind: walk\n" in journal_file.with_name("journal-unsaved.txt").read_text()


def test_a_mistake_that_is_left_is_an_error_and_writes_nothing(
    connect: Connect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nobody can mend it, it ends with the error."""
    connect("log", "coffee with ada")
    monkeypatch.setenv("EDITOR", editor(tmp_path, "sed -i 's/^kind: .*/kind: wlak/' $1"))
    ran = connect("amend")
    assert (ran.code, "walk" in ran.err) == (2, True)
    assert interactions(connect)[0]["kind"] == "coffee"


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("/nowhere/editor", "could not be started"),
        ("false", "failed"),
        ("'", "is not a command"),
        ("rm", "is gone"),
    ],
)
def test_an_editor_that_fails_changes_nothing(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, command: str, told: str
) -> None:
    """One clear line, and the interaction stays."""
    connect("log", "coffee with ada")
    before = interactions(connect)
    monkeypatch.setenv("VISUAL", command)
    ran = connect("amend")
    assert (ran.code, told in ran.err) == (1, True)
    assert interactions(connect) == before


def test_delete_asks_and_refuses_when_nobody_answers(connect: Connect) -> None:
    """Off a terminal it needs `--yes`; then the interaction is gone and the people stay."""
    connect("log", "coffee with ada: sun")
    interaction_id = interactions(connect)[0]["id"]
    ran = connect("delete", interaction_id[:5])
    assert (ran.code, "--yes" in ran.err, len(interactions(connect))) == (1, True, 1)
    ran = connect("delete", interaction_id[:5], "--yes")
    assert (
        ran.out
        == "Deleted: Coffee with Ada Lovelace, today: “sun”. 'connect undo' brings it back.\n"
    )
    assert interactions(connect) == []
    assert connect("people", "ada").code == 0


def test_text_that_is_not_unicode_is_refused(connect: Connect) -> None:
    """Bytes that are no text in the terminal's encoding cannot be kept, so nothing is."""
    ran = connect("log", "coffee with ada: \udcff")
    assert (ran.code, "\\udcff" in ran.err) == (2, True)
    assert interactions(connect) == []


def test_what_was_typed_is_kept_to_the_byte(connect: Connect) -> None:
    """Blanks, tabs and every sign stay as they came."""
    line = "  Coffee  with Ada :  tabs\tand “quotes” \u202e and [red] \x1b[31m  "
    connect("log", line)
    assert interactions(connect)[0]["entered"] == line
