-- Step 9: who was offered on which day.
--
-- A row says that somebody stood on the list of a day on which something was recorded at the keyboard. The first such
-- command of the day keeps them, so that they are undone with it. `dormant` marks the weekly place for somebody dormant;
-- the others were due. The scheduler lets people rest who were offered several times without contact.

CREATE TABLE offered (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  person_id TEXT NOT NULL REFERENCES person (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
  day TEXT NOT NULL,
  dormant INTEGER NOT NULL CHECK (dormant IN (0, 1)),
  UNIQUE (person_id, day)
) STRICT;
CREATE INDEX offered_day ON offered (day);
CREATE INDEX offered_dormant ON offered (person_id, day) WHERE dormant = 1;
