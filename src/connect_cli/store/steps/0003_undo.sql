-- Step 3: which command took back which.
--
-- Taking back is a command of its own, and bringing again takes back the taking back: nothing in the record is ever
-- marked or changed. It names an id, not a row number, so that it survives when journals are merged.

ALTER TABLE command ADD COLUMN undoes TEXT REFERENCES command (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX command_undoes ON command (undoes) WHERE undoes IS NOT NULL;
