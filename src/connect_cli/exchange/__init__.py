"""Other people's formats: bytes in, values out, and back. Nothing here opens the journal."""
