"""The journal on disk.

Reads are plain SQL on sqlite3 and return frozen values (`reads`, `timeline`). Writes go through
SQLModel, one transaction a command (`tables`, `writes`). The reason is measured: importing SQLModel
costs about seven times what the whole of `connect today` may cost, and a read has no need of it.
The database itself keeps what no verb may forget: the record of changes, the search index and the
newest contact of each person are triggers of the first migration step.
"""
