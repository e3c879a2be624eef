"""The card: what is known of somebody before you meet them."""

from connect_cli.journal import card as journal_card
from connect_cli.journal import death as journal_death
from connect_cli.journal import log
from connect_cli.journal import people as people_verbs
from connect_cli.journal.drafts import LogOptions
from connect_cli.journal.journal import Journal
from connect_cli.journal.people import Profile
from connect_cli.model import DEATH
from tests.journal.test_today import day, met


def test_a_card_knows_the_days_of_the_last_year_and_the_most_that_each_counts(
    journal: Journal,
) -> None:
    """52 weeks with today, oldest first; of two conversations on a day the one that counts more."""
    people_verbs.add(journal, Profile("Ada"))
    for ago in (0, 363, 364):
        met(journal, "Ada", ago)
    for ago, counts in ((7, "half"), (7, "no"), (20, "no"), (363, "half")):
        said = LogOptions(people=("Ada",), on=str(day(-ago)), counts=counts)
        log.log(journal, "", said)
    card = journal_card.card(journal, "ada")
    assert [(one.on, one.counts.value) for one in card.last_year] == [
        (day(-363), "yes"),
        (day(-20), "no"),
        (day(-7), "half"),
        (day(0), "yes"),
    ]


def test_nobody_who_died_gets_older_on_their_card(journal: Journal) -> None:
    """The days stay known."""
    people_verbs.add(journal, Profile("Ada", birthday="1950-12-10"))
    journal_death.died(journal, "ada", "2020-03-01", remember=True)
    card = journal_card.card(journal, "ada")
    assert card.died_on == "2020-03-01"
    assert [(one.occasion.label, one.turns) for one in card.occasions] == [
        ("birthday", None),
        (DEATH, None),
    ]
