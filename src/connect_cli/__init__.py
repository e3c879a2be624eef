"""A connection journal for the terminal: it remembers people, it never writes to them."""

__version__ = "0.1.0"
