-- Step 10: ties between people, two people who are not one, things to tell, and the day on which somebody died.
--
-- A `relation` says that `person_id` is the `word` of `other_id`: Ada is Grace's sister. It is stored in one form
-- (language/relations.py), so that one tie is one pair and one word whoever of the two it was said of.
--
-- A `distinct_pair` says that two people who look like one are two. It is stored with the smaller id first.
--
-- `promise.owed` may be 'tell'. A CHECK cannot be changed, so the table is made anew; its row numbers stay, and with them
-- the search index.
--
-- `person.died_on` is as much of the day as is known: 2024-03-10, 2024-03, 2024, --03-10, or 'unknown'.

CREATE TABLE relation (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  person_id TEXT NOT NULL REFERENCES person (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
  other_id TEXT NOT NULL REFERENCES person (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
  word TEXT NOT NULL,
  word_folded TEXT NOT NULL,
  UNIQUE (person_id, other_id, word_folded),
  CHECK (person_id <> other_id)
) STRICT;
CREATE INDEX relation_other ON relation (other_id);

CREATE TABLE distinct_pair (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  person_id TEXT NOT NULL REFERENCES person (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
  other_id TEXT NOT NULL REFERENCES person (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
  UNIQUE (person_id, other_id),
  CHECK (person_id < other_id)
) STRICT;
CREATE INDEX distinct_pair_other ON distinct_pair (other_id);

CREATE TABLE promise_new (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  person_id TEXT NOT NULL REFERENCES person (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
  text TEXT NOT NULL,
  folded TEXT NOT NULL,
  owed TEXT NOT NULL CHECK (owed IN ('me', 'them', 'ask', 'tell')),
  due_on TEXT,
  made_on TEXT NOT NULL,
  done_on TEXT
) STRICT;
INSERT INTO promise_new SELECT seq, id, person_id, text, folded, owed, due_on, made_on, done_on FROM promise;
DROP TABLE promise;
ALTER TABLE promise_new RENAME TO promise;
CREATE INDEX promise_person ON promise (person_id);
CREATE INDEX promise_open ON promise (due_on) WHERE done_on IS NULL;

ALTER TABLE person ADD COLUMN died_on TEXT
  CHECK (died_on IS NULL OR died_on = 'unknown'
    OR died_on GLOB '[0-9][0-9][0-9][0-9]' OR died_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]'
    OR died_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]' OR died_on GLOB '--[0-1][0-9]-[0-3][0-9]');
