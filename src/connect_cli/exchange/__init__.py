"""Other programs' formats: import, export, and the questions of a calendar."""
