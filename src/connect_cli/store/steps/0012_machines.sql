-- Step 12: several machines keep one journal.
--
-- `circle` holds the circles of your own with their cadences, so that they travel: before, they stood in the settings
-- of each machine. `forgotten` holds the ids of the people who were forgotten, and nothing else of them: an order that
-- never expires, because an older copy may bring them at any time.
--
-- The rest is this machine's own and is no part of the record. `sync` has one row once a sync folder was set up: whose
-- journal this is, which machine, how much it has given (`number`, the `hash` of the newest file, the number of the
-- newest `base`, and up to which change), and the `key` if the folder is encrypted. `machine` has a row for every other
-- machine: how much of it was taken, and whether it was retired. `due` names rows to give that no command of this
-- machine changed: what came of meeting another copy and did not come so from there.

CREATE TABLE circle (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL UNIQUE,
  cadence TEXT NOT NULL
) STRICT;

CREATE TABLE forgotten (
  id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE sync (
  seq INTEGER PRIMARY KEY CHECK (seq = 1),
  journal_id TEXT NOT NULL,
  machine_id TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number >= 0),
  hash TEXT NOT NULL,
  base INTEGER NOT NULL CHECK (base >= 0),
  given INTEGER NOT NULL CHECK (given >= 0),
  key TEXT NOT NULL
) STRICT;

CREATE TABLE machine (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  taken INTEGER NOT NULL CHECK (taken >= 0),
  hash TEXT NOT NULL,
  retired INTEGER NOT NULL CHECK (retired IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE due (
  table_name TEXT NOT NULL,
  row_id TEXT NOT NULL,
  PRIMARY KEY (table_name, row_id)
) STRICT, WITHOUT ROWID;
