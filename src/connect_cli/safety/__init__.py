"""Keeping the journal safe: encrypted, and the keys to it."""
