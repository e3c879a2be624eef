"""Talking with the person at the keyboard: prompts, keys, editor, pager, progress, messages."""
