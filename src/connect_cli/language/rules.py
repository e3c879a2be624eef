"""Cadences as calendar rules: RFC 5545 text, and the words that stand for it."""
