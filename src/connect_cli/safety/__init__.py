"""Keeping the journal safe: copies of it, restoring one, encryption, the doctor, and forgetting."""
