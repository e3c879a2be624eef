"""A journal that has everything in it, and one call of every command, for what holds of them all.

In the words `{interaction}`, `{promise}` and `{command}` stand for ids of that journal, `{other}`
for an export of it, `{card}` for an address card, `{copy}` for a copy of it, `{folder}` for a
directory.
"""

from collections.abc import Mapping, Sequence

Words = tuple[str, ...]

JOURNAL: Sequence[Words] = (
    (
        *("add", "Ada Lovelace", "--every", "first friday", "--birthday", "1815-11-24"),
        *("--email", "ada@example.org", "--tag", "choir", "--alias", "Countess"),
    ),
    ("remember", "ada", "usual order: flat white"),
    ("add", "Grace Hopper", "--circle", "close", "--phone", "+1 555 0100"),
    ("add", "Tom Baker", "--every", "3d"),
    ("log", "Coffee with Ada and Grace yesterday 14:30 45m: she is moving to Boston #work"),
    (
        *("log", "call with Ada on 2026-11-20: about the engine", "--energy", "gave"),
        *("--promise", "a book", "--ask", "how the talk went"),
    ),
    ("log", "called tom", "--tried", "--theirs"),
    ("log", "walk with grace last friday"),
    ("promise", "grace", "bring the drill", "--by", "fri"),
    ("relate", "ada", "grace", "--as", "sister"),
    ("tell", "ada", "got the allotment"),
    ("pause", "tom", "--until", "2027-01-05"),
    ("snooze", "grace", "until 2026-12-01"),
    ("away", "24 dec to 27 dec"),
    ("log", "tea with tom"),
    ("undo", "--yes"),
)
"""What makes it."""

READING: Sequence[Words] = (
    ("today",),
    ("today", "--json"),
    ("show", "ada"),
    ("show", "ada", "--json"),
    ("people",),
    ("people", "ada"),
    ("people", "--in", "boston", "--sort", "due"),
    ("history",),
    ("history", "ada"),
    ("search", "boston"),
    ("search", "drill"),
    ("search", "ada"),
    ("promises",),
    ("why", "ada"),
    ("why", "grace"),
    ("balance",),
    ("balance", "year", "--json"),
    ("review",),
    ("review", "year", "--json"),
    ("review", "year", "--map"),
    ("review", "month", "--html"),
    ("plan",),
    ("ahead",),
    ("away",),
    ("changes",),
    ("changes", "--json"),
    ("triage",),
    ("merge",),
    ("merge", "--json"),
    ("sweep",),
    ("export", "jsonl"),
    ("export", "csv", "people"),
    ("export", "csv", "interactions"),
    ("export", "ics"),
    ("export", "page"),
    ("export", "vcard", "{folder}/cards"),
    ("export", "markdown", "{folder}/pages"),
    ("import", "{other}", "--dry-run"),
    ("import", "{card}", "--dry-run"),
    ("prompt",),
    ("config",),
    ("init", "bash"),
    ("help",),
    ("help", "people"),
    ("show", "{interaction}"),
    ("restore",),
    ("backup", "{folder}/copy.db"),
)
"""Those that leave the journal as it is."""

WRITING: Sequence[Words] = (
    ("log", "coffee with ada: well"),
    ("log", "coffee with grace and tom", "--remember", "cat: Tib"),
    ("inbox",),
    ("sync", "--setup", "{folder}/meet", "--yes"),
    ("amend", "{interaction}", "--note", "no, Oxford"),
    ("delete", "{interaction}", "--yes"),
    ("snooze", "ada", "fri"),
    ("pause", "ada"),
    ("resume", "tom"),
    ("undo", "--yes"),
    ("undo", "{command}", "--yes"),
    ("redo", "--yes"),
    ("add", "Linus", "--every", "2w"),
    ("every", "ada", "2w"),
    ("alias", "ada", "Lady L"),
    ("tag", "ada, grace", "climbing"),
    ("pause", "--circle", "close", "until", "june"),
    ("edit", "ada and grace", "--circle", "inner"),
    ("rename", "ada", "Ada King"),
    ("archive", "ada"),
    ("unarchive", "ada"),
    ("merge", "grace", "tom", "--prefer", "grace"),
    ("forget", "ada", "--yes"),
    ("remember", "ada", "usual order: tea"),
    ("promise", "ada", "an umbrella"),
    ("ask", "ada", "how is Boston"),
    ("tell", "ada", "got the allotment"),
    ("relate", "ada", "tom", "--as", "friend"),
    ("relate", "ada", "grace", "--drop"),
    ("done", "{promise}"),
    ("saved", "40m", "the report", "--on", "yesterday"),
    ("away", "until fri"),
    ("import", "{other}", "--yes"),
    ("import", "{card}", "--yes"),
    ("edit", "ada"),
)
"""Those that change it."""

ELSEWHERE: Mapping[str, str] = {
    "demo": "it shows a journal of its own",
    "doctor": "it is what the others are measured by",
    "encrypt": "it takes the file as it is",
    "decrypt": "it takes the file as it is",
}
"""Commands that are not called, each with the reason."""
