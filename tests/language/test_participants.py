"""Log lines: who is meant."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connect_cli.language.logline import Reading, read_line
from connect_cli.language.names import Known, Names
from connect_cli.language.words import fold
from tests.language.journal import NAMES, PEOPLE, TODAY, means
from tests.language.test_properties import LINES, read

LISTS = (
    ("Pizza / Ada / Grace / 50 min", "Ada Lovelace, Grace Hopper | 50 min | unread: Pizza"),
    ("invited Tom for dinner", "meal | Tom Baker | unread: invited"),
    ("saw art with Ada", "meeting | Ada Lovelace | unread: art"),
    ("called may and rose", "call | May Lee, Rose Tyler | mine"),
    ("called mum and ada", "call | mum?, Ada Lovelace | mine"),
    ("call may 20m", "call | May Lee | 20 min"),
    ("Talked about Grace with Ada", "Ada Lovelace | unread: Talked about Grace"),
    ("Discussed Grace and May with Ada", "Ada Lovelace | unread: Discussed Grace and May"),
    ("Heard about Grace from Ada", "Ada Lovelace | unread: Heard about Grace"),
    ("Coffee with Ada, without Grace", "coffee | Ada Lovelace | unread: without Grace"),
    ("Lunch with Ada instead of Grace", "meal | Ada Lovelace | unread: instead of Grace"),
    ("Coffee with Ada but not Grace", "coffee | Ada Lovelace | unread: but not Grace"),
    ("told everyone about Ada", "unread: told everyone about Ada"),
    ("saw films Ada likes", "meeting | Ada Lovelace | unread: films likes"),
    ("Coffee with Ada, Grace, and Tom", "coffee | Ada Lovelace, Grace Hopper, Tom Baker"),
    ("Coffee with Ada, Grace & Tom", "coffee | Ada Lovelace, Grace Hopper, Tom Baker"),
    ("Coffee with Ada/Grace", "coffee | Ada Lovelace, Grace Hopper"),
    ("Coffee with Ada + Grace", "coffee | Ada Lovelace, Grace Hopper"),
    ("Coffee with Ada,Grace", "coffee | Ada Lovelace, Grace Hopper"),
    ("coffee with ada and grace and tom", "coffee | Ada Lovelace, Grace Hopper, Tom Baker"),
    ("me and ada had lunch", "meal | Ada Lovelace"),
    ("Ada and I called Grace", "call | Ada Lovelace, Grace Hopper | mine"),
    (
        "Ada, Grace and Tom came over last night",
        "visit | Ada Lovelace, Grace Hopper, Tom Baker | 2026-11-22",
    ),
    ("between Ada and Tom", "Ada Lovelace, Tom Baker | unread: between"),
    ("lunch ada", "meal | Ada Lovelace"),
    ("ada lunch", "meal | Ada Lovelace"),
    ("w/ Ada coffee", "coffee | Ada Lovelace"),
    ("coffee w/ada & tom", "coffee | Ada Lovelace, Tom Baker"),
    ("call w Ada 20m", "call | Ada Lovelace | 20 min"),
    ("@ada coffee", "coffee | Ada Lovelace"),
    ("lunch @noma with Ada", "meal | Ada Lovelace | unread: noma"),
    ("introduced grace to ana-maria", "introduction | Grace Hopper, Ana-Maria Silva"),
    ("talked to Ada", "Ada Lovelace"),
    ("spoke with ada", "Ada Lovelace"),
    ("spoke to tom about boats", "Tom Baker | unread: about boats"),
    ("called Ada about Grace", "call | Ada Lovelace | mine | unread: about Grace"),
    (
        "met with Tom and Grace about the wedding",
        "meeting | Tom Baker, Grace Hopper | unread: about the wedding",
    ),
    ("said hi to Ada", "Ada Lovelace | counts half"),
    ("lunch with my friend Ada", "meal | Ada Lovelace | unread: with my friend"),
    ("met my friend ada", "meeting | Ada Lovelace | unread: my friend"),
    ("coffee with both Ada and Tom", "coffee | Ada Lovelace, Tom Baker"),
    ("dinner with Ada and her kids", "meal | Ada Lovelace | unread: and her kids"),
    ("lunch with my sister and Tom", "meal | Tom Baker | unread: with my sister"),
    ("lunch with a friend", "meal | unread: with a friend"),
    ("coffee with tom and the kids", "coffee | Tom Baker | unread: and the kids"),
    ("Lunch with Ada Lovelace and Ada", "meal | Ada Lovelace"),
    ("Ada Lovelace lunch, Ada paid", "meal | Ada Lovelace | unread: paid"),
    ("Had Lunch With Ada At The Harbour", "meal | Ada Lovelace | unread: At The Harbour"),
    ("COFFEE WITH ADA AND TOM", "coffee | Ada Lovelace, Tom Baker"),
    ("王小明、Ada: 吃饭", "王小明, Ada Lovelace | note: 吃饭"),
    ("与 王小明 coffee", "coffee | 王小明 | unread: 与"),
    ("coffee with \"Ada\" & 'Grace'", "coffee | Ada Lovelace, Grace Hopper"),
    ("coffee with (Ada) and [Tom]", "coffee | Ada Lovelace, Tom Baker"),
    ("Dinner with Ada & co", "meal | Ada Lovelace | unread: co"),
    ("Tom; lunch", "meal | Tom Baker"),
    ("Tom!!", "Tom Baker"),
    ("moved to Boston with Ada", "Ada Lovelace | unread: moved to Boston"),
    ("lunch with Ada in Paris", "meal | Ada Lovelace | unread: in Paris"),
)

ALIASES = (
    ("coffee with Lizzy", "coffee | Elizabeth Bennet"),
    ("coffee with liz", "coffee | Elizabeth Bennet"),
    ("Lizzy called", "call | Elizabeth Bennet | theirs"),
    ("coffee with the Countess", "coffee | Ada Lovelace"),
    ("Countess called", "call | Ada Lovelace | theirs"),
    ("lunch with the boss", "meal | Ada Lovelace"),
    ("dinner with Amazing Grace", "meal | Grace Hopper"),
    ("coffee with grace h", "coffee | Grace Hopper"),
    ("coffee with hopper", "coffee | Grace Hopper"),
    ("coffee with gr", "coffee | Grace Hopper"),
    ("coffee with eliz", "coffee | Elizabeth Bennet"),
    ("ada l coffee", "coffee | Ada Lovelace"),
    ("coffee with Ada L and Tom B", "coffee | Ada Lovelace, Tom Baker"),
    ("coffee with ana-maria", "coffee | Ana-Maria Silva"),
    ("coffee with ana maria", "coffee | Ana-Maria Silva"),
    ("coffee with ANA-MARIA SILVA", "coffee | Ana-Maria Silva"),
)

ACCENTS = (
    ("coffee with José", "coffee | José Muñoz"),
    ("coffee with jose", "coffee | José Muñoz"),
    ("coffee with Jose\u0301", "coffee | José Muñoz"),
    ("Zoë called", "call | Zoë Kravitz | theirs"),
    ("zoe called", "call | Zoë Kravitz | theirs"),
    ("coffee with Łukasz", "coffee | Łukasz Żal"),
    ("lunch with lukasz", "meal | Łukasz Żal"),
    ("dinner with Nguyễn", "meal | Nguyễn Thị Hoa"),
    ("dinner with nguyen thi hoa", "meal | Nguyễn Thị Hoa"),
    ("walk with Flann O'Brien", "walk | Flann O’Brien"),
    ("walk with o’brien", "walk | Flann O’Brien"),
    ("coffee with 王小明", "coffee | 王小明"),
)

POSSESSIVES = (
    ("Ada's party", "event | Ada Lovelace"),
    ("Ada’s birthday party with Tom", "event | Ada Lovelace, Tom Baker"),
    ("at Ada's", "Ada Lovelace"),
    ("called Tom's mum", "call | unread: Tom's mum"),
    ("Tom and Ada's wedding", "event | Tom Baker, Ada Lovelace"),
    ("James' book launch", "event | James Joyce"),
    ("Lunch with Ada Lovelace's brother", "meal | unread: with Ada Lovelace's brother"),
    ("replied to Ada's email", "email | Ada Lovelace | mine | unread: replied"),
    ("tried Ada's lasagne with Tom", "Tom Baker | unread: tried Ada's lasagne"),
)

SEVERAL = (
    ("coffee with Bob", "coffee | Bob Marley or Bob Ross"),
    ("coffee with Bob Ross", "coffee | Bob Ross"),
    ("coffee with bob m", "coffee | Bob Marley"),
    ("coffee with Bob and Rose", "coffee | Bob Marley, Rose Tyler"),
    ("coffee with Bob and Tom", "coffee | Bob Marley or Bob Ross, Tom Baker"),
    ("coffee with Rose and bob yesterday", "coffee | Rose Tyler, Bob Marley | 2026-11-22"),
    ("Bob called", "call | Bob Marley or Bob Ross | theirs"),
    ("lunch with Bob Ross and Bob", "meal | Bob Ross, Bob Marley or Bob Ross"),
)

UNKNOWN = (
    ("Will Hunting", "Will Hunting? (Will Smith?)"),
    ("tried https://x.org with Ada", "Ada Lovelace | unread: tried https://x.org"),
    ("Zed and Ada", "Zed?, Ada Lovelace"),
    ("Zed Rhodes & Ada: sun", "Zed Rhodes?, Ada Lovelace | note: sun"),
    ("Zed, Ada and Tom", "Zed?, Ada Lovelace, Tom Baker"),
    ("Dishoom, Ada", "Ada Lovelace | unread: Dishoom"),
    ("Walked and Ada came", "walk | Ada Lovelace | unread: came"),
    ("Called Anna", "call | Anna? (Ana-Maria Silva?) | mine"),
    ("met Dorothy Vaughan for lunch", "meal | Dorothy Vaughan?"),
    ("Coffee with Ada Byron", "coffee | Ada Byron? (Ada Lovelace?)"),
    ("coffee with grase", "coffee | grase? (Grace Hopper?)"),
    ("coffee with ada and kathrine", "coffee | Ada Lovelace, kathrine?"),
    ("Coffee with Ada and cake", "coffee | Ada Lovelace | unread: and cake"),
    ("Dinner with Ludwig van Beethoven yesterday", "meal | Ludwig van Beethoven? | 2026-11-22"),
    ("called mum", "call | mum? | mine"),
    ("lunch with mum and dad", "meal | mum?, dad?"),
    ("lunch with Dr. Smith", "meal | Dr. Smith? (Will Smith?)"),
    ("lunch with Dr. Tom Baker", "meal | Tom Baker"),
    ("call with Miss Rose", "call | Miss Rose? (Rose Tyler?)"),
    ("spoke to Dorothy", "Dorothy?"),
    ("letter from Dorothy", "letter | Dorothy? | theirs"),
    ("adda", "adda? (Ada Lovelace?)"),
    ("met June", "meeting | June?"),
    ("lunch with May and June", "meal | May Lee, June?"),
    ("Dinner with April on april 3", "meal | April? | 2026-04-03"),
    ("concert Radiohead with Ada", "event | Ada Lovelace | unread: Radiohead"),
    ("Coffee Dorothy", "coffee | Dorothy?"),
    ("@grase", "grase? (Grace Hopper?)"),
    ("Ada, moved to Boston", "Ada Lovelace | unread: moved to Boston"),
    ("coffee with nobody in particular", "coffee | unread: with nobody in particular"),
)

WORDS = (
    ("Hope and", "Hope Jones"),
    ("Seeing", "unread: Seeing"),
    ("coffee with May", "coffee | May Lee"),
    ("coffee with may", "coffee | May Lee"),
    ("coffee with May 3 nov", "coffee | May Lee | 2026-11-03"),
    ("lunch with May on may 3", "meal | May Lee | 2026-05-03"),
    ("May 3: lunch with Tom", "meal | Tom Baker | 2026-05-03"),
    ("we met Ada in May", "meeting | Ada Lovelace | unread: in May"),
    ("March 3 lunch with Tom", "meal | Tom Baker | 2026-03-03"),
    ("Will called", "call | Will Smith | theirs"),
    ("Will and Rose came over", "visit | Will Smith, Rose Tyler"),
    ("lunch with will, rose & hope", "meal | Will Smith, Rose Tyler, Hope Jones"),
    ("will", "Will Smith"),
    ("Will was late", "Will Smith | unread: was late"),
    ("Will will call", "call | Will Smith | doubt: will will call | unread: will"),
    ("called tom will call again", "call | Tom Baker | mine | unread: will again"),
    ("Rose garden with Ada", "Ada Lovelace | unread: Rose garden"),
    ("rose", "Rose Tyler"),
    ("met rose at the market", "meeting | Rose Tyler | unread: at the market"),
    ("Mark my words", "unread: Mark my words"),
    ("Mark Twain called", "call | Mark Twain | theirs"),
    ("lunch with mark on fri", "meal | Mark Twain | 2026-11-20"),
    ("Hope all is well with Ada", "Ada Lovelace | unread: Hope all is well"),
    ("I hope Ada is fine", "Ada Lovelace | unread: I hope is fine"),
    ("hope lunch", "meal | Hope Jones"),
    ("Grace under pressure", "unread: Grace under pressure"),
    ("grace", "Grace Hopper"),
    ("Art gallery with Ada", "Ada Lovelace | unread: Art gallery"),
    ("coffee with art 2h", "coffee | Art Garfunkel | 120 min"),
    ("Art and I went to a gallery", "Art Garfunkel | unread: and I went to a gallery"),
    ("Sunny walk with Ada", "walk | Ada Lovelace | unread: Sunny"),
    ("sunny walk", "walk | Sunny Day"),
    ("Sunny Day called", "call | Sunny Day | theirs"),
    ("sunny and I walked", "walk | Sunny Day"),
    ("Great chat. Hope was there too", "Hope Jones | unread: Great was there too"),
    ("may", "May Lee"),
    ("called may", "call | May Lee | mine"),
    ("talked to may", "May Lee"),
)


NOT_THERE = (
    ("lunch with Ada, no Grace", "meal | Ada Lovelace | unread: no Grace"),
    ("lunch with Ada, minus Grace", "meal | Ada Lovelace | unread: minus Grace"),
    ("lunch with Ada but not Grace", "meal | Ada Lovelace | unread: but not Grace"),
    (
        "lunch with Ada, Grace couldn't make it",
        "meal | Ada Lovelace | note: Grace couldn't make it",
    ),
    ("lunch with Ada, Grace was ill", "meal | Ada Lovelace | note: Grace was ill"),
    ("lunch with everyone except Ada", "meal | unread: with everyone except Ada"),
    ("everyone but Ada came, with Tom", "Tom Baker | unread: everyone but Ada came"),
    ("lunch without Ada", "meal | unread: without Ada"),
    ("dinner instead of Ada with Tom", "meal | Tom Baker | unread: instead of Ada"),
    ("Tom rang, Ada's knee is bad", "call | Tom Baker | theirs | note: Ada's knee is bad"),
    ("Tom, Ada's brother, called", "call | Tom Baker | unread: Ada's brother"),
    ("Heard from Ada that Tom left", "Ada Lovelace | theirs | unread: that Tom left"),
    ("Ada told me Tom left", "Ada Lovelace | unread: told me Tom left"),
    ("lunch with Ada while Tom slept", "meal | Ada Lovelace | unread: while Tom slept"),
    ("Ada called because Tom left", "call | Ada Lovelace | theirs | unread: because Tom left"),
    ("call with Ada for Tom", "call | Ada Lovelace | unread: for Tom"),
    ("a present for Tom", "gift | Tom Baker"),
    ("read about Ada", "unread: read about Ada"),
)
STORIES = (
    ("Talked to Ada who lost her job on Friday", "on Friday"),
    ("lunch with grace her mum died on sunday", "on sunday"),
    ("Grace told me that Tom moved last week", "last week"),
    ("Called Tom because his dog died yesterday", "yesterday"),
    ("Dinner with Tom, his wife and kids yesterday", "yesterday"),
    ("Lunch with Ada. Lovely. Yesterday.", "Yesterday"),
    ("Talked to Ada who lost her job this morning", ""),
    ("Lunch with Ada, she moved, today", ""),
    ("Met Ada at the place she found last week", "last week"),
    ("Lunch with Ada, it was great, yesterday", "yesterday"),
    ("Lunch with Ada. He moved to Peru on sat.", ""),
    ("coffee with ada tom got married last week", ""),
    ("Coffee with Ada, her brother got married last week", ""),
)
OF_ANOTHER = (
    ("lunch with Ada and her boss", "meal | Ada Lovelace | unread: and her boss"),
    ("met Ada's mum", "meeting | unread: Ada's mum"),
    ("lunch with her mum", "meal | unread: with her mum"),
    ("lunch with my mum", "meal | Ada Lovelace"),
    ("mum called", "call | Ada Lovelace | theirs"),
)
SECONDS = (
    ("coffee with Ada and lunch with Tom", ("coffee with Ada", "lunch with Tom")),
    ("called Ada, texted Tom", ("called Ada", "texted Tom")),
    ("Called Ada. Called Tom.", ("Called Ada", "Called Tom.")),
    ("lunch with Ada and a walk with Tom", ("lunch with Ada", "a walk with Tom")),
    ("lunch with Ada on sat, then called Tom", ("lunch with Ada on sat", "called Tom")),
    ("lunch with Ada and coffee", ()),
    ("lunch with Ada and had coffee with her", ()),
    ("drinks and dinner with Ada and Tom", ()),
    ("Ada and I called Grace", ()),
    ("coffee with Ada on sat, Tom on mon", ()),
)
INTENDED = (
    ("went with Ada to see Tom on sat", "Ada Lovelace, Tom Baker | 2026-11-21 | unread: to see"),
    ("called Ada to invite Tom", "call | Ada Lovelace | mine | unread: to invite Tom"),
    ("called Ada to plan the weekend", "call | Ada Lovelace | mine | unread: to plan the weekend"),
    ("Ada called to ask about Tom", "call | Ada Lovelace | theirs | unread: to ask about Tom"),
    ("lunch with Ada as Tom suggested", "meal | Ada Lovelace | unread: as Tom suggested"),
    (
        "lunch with Ada after Tom's funeral",
        "meal | Ada Lovelace | unread: after Tom | note: after Tom's",
    ),
    ("lunch with Ada but Tom was ill", "meal | Ada Lovelace | unread: but | note: but Tom was ill"),
    (
        "lunch with Ada [Tom too] on sat",
        "meal | Ada Lovelace, Tom Baker | 2026-11-21 | unread: too",
    ),
    ("coffee with Ada @Tom", "coffee | Ada Lovelace, Tom Baker"),
    ("coffee with Ada—Tom moved", "coffee | Ada Lovelace | note: Tom moved"),
    ("\u202acoffee with \u2068Ada\u2069 on sat", "coffee | Ada Lovelace | 2026-11-21"),
)
NEWS_OF_A_WORD: tuple[tuple[str, list[str]], ...] = (
    ("phoned grace she has a dog called Ada", ["Grace Hopper"]),
    ("phoned grace her sister met Tom", ["Grace Hopper"]),
    ("saw grace with Tom", []),
    ("phoned tom his sister met Ada", []),
)
STRANGERS = (
    ("Jack Tom called", "call | Jack Tom? (Tom Baker?) | theirs"),
    ("Peter Grace called me", "call | Peter Grace? (Grace Hopper?) | theirs"),
    ("Ada Tom walk", "walk | Ada Tom? (Ada Lovelace?) (Tom Baker?)"),
    ("Saw Jack Tom", "meeting | Jack Tom? (Tom Baker?)"),
    ("Uncle Tom came over", "visit | Tom Baker | unread: Uncle"),
    ("Hopper lunch with Ada", "meal | Ada Lovelace | unread: Hopper"),
    ("Hopper called", "call | Grace Hopper | theirs"),
    ("call with Ada, raj and Tom", "call | Ada Lovelace, raj?, Tom Baker"),
)


@pytest.mark.parametrize(("line", "meaning"), NOT_THERE, ids=range(len(NOT_THERE)))
def test_who_is_spoken_of_did_not_take_part(line: str, meaning: str) -> None:
    """Those who were not there, or whom somebody told of, have no contact by it."""
    assert means(read_line(line, TODAY, NAMES)) == meaning


@pytest.mark.parametrize(("line", "meaning"), INTENDED)
def test_who_was_there_and_who_was_the_reason(line: str, meaning: str) -> None:
    """What somebody means to do, or did for somebody else, is no contact with those named in it."""
    assert means(read_line(line, TODAY, NAMES)) == meaning


@pytest.mark.parametrize(("line", "words"), STORIES)
def test_a_day_in_what_is_told_of_somebody_is_doubted(line: str, words: str) -> None:
    """The day of what was told, or the day on which it was told."""
    reading = read_line(line, TODAY, NAMES)
    assert [doubt.words for doubt in reading.doubts] == ([words] if words else [])
    for doubt in reading.doubts:
        before = "".join(doubt.choices[0].answer or ())
        assert read_line(before, TODAY, NAMES).doubts == ()
        assert read_line(before, TODAY, NAMES).day < TODAY == reading.day


@pytest.mark.parametrize(("line", "meaning"), OF_ANOTHER)
def test_somebody_elses_mum_is_not_mine(line: str, meaning: str) -> None:
    """Though `Mum` is somebody's name here."""
    names = Names([Known("ada", "Ada Lovelace", ("Mum", "Boss"))])
    assert means(read_line(line, TODAY, names)) == meaning


@pytest.mark.parametrize(("line", "lines"), SECONDS)
def test_two_conversations_in_a_line_can_be_two(line: str, lines: tuple[str, ...]) -> None:
    """The first choice logs each with its own people."""
    doubts = read_line(line, TODAY, NAMES).doubts
    assert tuple(choice.answer for doubt in doubts for choice in doubt.choices[:1]) == (
        (lines,) if lines else ()
    )


@pytest.mark.parametrize(("line", "answers"), NEWS_OF_A_WORD)
def test_a_name_that_is_a_word_is_asked_about_before_its_news(
    line: str, answers: list[str]
) -> None:
    """`phoned grace she has a dog called Ada` is no call to Ada; the answer reads as Grace."""
    doubts = read_line(line, TODAY, NAMES).doubts
    assert [choice.answer for doubt in doubts for choice in doubt.choices] == answers


@pytest.mark.parametrize(("line", "meaning"), STRANGERS, ids=range(len(STRANGERS)))
def test_a_name_that_nobody_has_is_nobody_here(line: str, meaning: str) -> None:
    """Though part of it is somebody's: it is asked about, and who may be meant is shown."""
    assert means(read_line(line, TODAY, NAMES)) == meaning


@pytest.mark.parametrize(("line", "meaning"), LISTS, ids=range(len(LISTS)))
def test_a_line_means_people(line: str, meaning: str) -> None:
    """Lists, and people standing in the line: the line means this and nothing else."""
    assert means(read_line(line, TODAY, NAMES)) == meaning


@pytest.mark.parametrize(("line", "meaning"), ALIASES, ids=range(len(ALIASES)))
def test_a_line_means_aliases(line: str, meaning: str) -> None:
    """Aliases, handles and parts of names: the line means this and nothing else."""
    assert means(read_line(line, TODAY, NAMES)) == meaning


@pytest.mark.parametrize(("line", "meaning"), ACCENTS, ids=range(len(ACCENTS)))
def test_a_line_means_accents(line: str, meaning: str) -> None:
    """Letters of all kinds: the line means this and nothing else."""
    assert means(read_line(line, TODAY, NAMES)) == meaning


@pytest.mark.parametrize(("line", "meaning"), POSSESSIVES, ids=range(len(POSSESSIVES)))
def test_a_line_means_possessives(line: str, meaning: str) -> None:
    """People whose things are named: the line means this and nothing else."""
    assert means(read_line(line, TODAY, NAMES)) == meaning


@pytest.mark.parametrize(("line", "meaning"), SEVERAL, ids=range(len(SEVERAL)))
def test_a_line_means_several(line: str, meaning: str) -> None:
    """People who share a name: only company decides, and only clearly."""
    assert means(read_line(line, TODAY, NAMES)) == meaning


@pytest.mark.parametrize(("line", "meaning"), UNKNOWN, ids=range(len(UNKNOWN)))
def test_a_line_means_unknown(line: str, meaning: str) -> None:
    """People who are not in the journal, and words that are nobody."""
    assert means(read_line(line, TODAY, NAMES)) == meaning


@pytest.mark.parametrize(("line", "meaning"), WORDS, ids=range(len(WORDS)))
def test_a_line_means_words(line: str, meaning: str) -> None:
    """Names that are words, and words that are names: the line means this and nothing else."""
    assert means(read_line(line, TODAY, NAMES)) == meaning


@given(LINES)
@settings(max_examples=100, deadline=None)
def test_nobody_is_named_twice(line: str) -> None:
    """Each person and each unknown name stands once."""
    reading = read(line)
    if isinstance(reading, Reading):
        keys = [m.found.id if m.found else fold(m.text) for m in reading.mentions]
        assert len(keys) == len(set(keys))


@given(st.sampled_from(PEOPLE), st.sampled_from(["Coffee with {}", "{}", "called {} yesterday"]))
@settings(max_examples=100, deadline=None)
def test_everybody_can_be_named_in_full(person: Known, line: str) -> None:
    """A full name is read as that person, whatever words it is made of."""
    for name in (
        person.name,
        person.name.upper(),
        fold(person.name),
        person.name.replace(" ", "-"),
    ):
        (mention,) = read_line(line.format(name), TODAY, NAMES).mentions
        assert mention.found is not None
        assert mention.found.id == person.id


def test_only_the_first_unknown_names_are_compared_with_everyone() -> None:
    """A search for similar names is slow, so an essay full of unknown names makes few."""
    line = "Coffee with " + " and ".join(f"Ada{letter}" for letter in "bcdefghij")
    near = [bool(mention.near) for mention in read_line(line, TODAY, Names(PEOPLE)).mentions]
    assert near == [True] * 5 + [False] * 4
