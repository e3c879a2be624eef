"""Other copies of the journal: the file they travel in, and merging one into this journal."""
