"""The journal's file: opening it, reading it, writing to it, and copying it.

Reads are plain SQL on sqlite3 and return frozen values (people.py, interactions.py, memory.py,
search.py). Writes go through SQLModel, one transaction per command (tables.py, rows.py, writes.py).
The reason is measured: importing SQLModel costs about seven times what the whole of `connect today`
may cost, and a read does not need it. Triggers keep what no verb may forget: the record of changes,
the search index, the newest contact of each person, and the days on which they were seen.
"""
