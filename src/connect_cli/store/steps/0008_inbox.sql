-- Step 8: what was taken from the inbox.
--
-- `inbox_line` has a row for each line that was taken from the text files of a phone, so that none is taken twice, by
-- whichever copy of the journal and however often. It keeps no text: `hash` is the keyed hash of the id that the
-- interaction of the line gets, and `hash_key` the key, which each copy chose once. `dropped` lines became no
-- interaction. Undo leaves the rows of those that did.
--
-- `inbox` has one row: how many lines waited for an answer when the inbox was last taken in. It is no part of the record.

CREATE TABLE inbox_line (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  hash_key TEXT NOT NULL,
  hash TEXT NOT NULL,
  dropped INTEGER NOT NULL CHECK (dropped IN (0, 1)),
  UNIQUE (hash_key, hash)
) STRICT;

CREATE TABLE inbox (
  seq INTEGER PRIMARY KEY CHECK (seq = 1),
  waiting INTEGER NOT NULL CHECK (waiting >= 0)
) STRICT;
