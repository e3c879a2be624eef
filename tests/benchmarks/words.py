"""What the made-up worlds are made of: names of many languages, and notes as people keep them."""

from pathlib import Path

_GIVEN, _FAMILY = Path(__file__).with_name("names.txt").read_text(encoding="utf-8").split("\n\n")
FIRST = _GIVEN.split()
LAST = _FAMILY.split()
NOTES = (
    "is moving to {place} in {month}, and dreads the packing",
    "talked about {topic} for most of it; asked after my mother",
    "worried about {relative}, tests come back next week",
    "new job at {place}: starts in {month}, less travel",
    "wants to read more about {topic}, lent them my copy",
    "tired, {relative} sleeps badly; we kept it short",
    "laughed about the {topic} evening again",
    "finished the course on {topic}, thinks of teaching it",
    "planning a week in {place} with {relative}",
    "knee is better, running again since {month}",
    "gave good advice about {topic}",
    "their {relative} got married in {place}",
)
PLACES = (
    "Boston",
    "Lisbon",
    "Kraków",
    "Leeds",
    "Accra",
    "Kyoto",
    "Tromsø",
    "Porto",
    "Graz",
    "Cork",
)
MONTHS = ("January", "March", "April", "June", "September", "October", "November")
TOPICS = ("gardens", "bread", "old maps", "the choir", "chess", "climbing", "bees", "radio plays")
RELATIVES = ("their father", "the baby", "their sister", "an aunt", "their son", "a niece")
COMMON = "allotment"
"""A word of every tenth note."""
RARE = "xylophone"
"""A word of three notes."""
DETAILS = (
    ("usual order", "flat white"),
    ("children", "two"),
    ("allergic to", "walnuts"),
    ("works at", "the library"),
    ("plays", "the viola"),
    ("from", "Lisbon"),
)
TAGS = ("work", "family", "choir", "climbing", "school", "neighbour")
KINDS = ("call", "coffee", "message", "meeting", "meal", "walk", "video", "email", "visit", "event")
LINES = {
    "call": "Called",
    "coffee": "Coffee with",
    "message": "Texted",
    "meeting": "Met",
    "meal": "Dinner with",
    "walk": "Walk with",
    "video": "Zoom with",
    "email": "Emailed",
    "visit": "Visited",
    "event": "Concert with",
}
PROMISES = ("send the photos", "lend the book", "ask about the flat", "bring the seeds back")
