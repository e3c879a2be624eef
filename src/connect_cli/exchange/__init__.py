"""Other people's formats: bytes and text in, values out, and back. Nothing here knows the journal."""
