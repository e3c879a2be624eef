"""Import and export in every format, and questions about conversations that may be missing."""
