-- Step 11: indexes for looking back.
--
-- A year's conversations are counted by day and by kind, with their minutes, from the index alone; so is what they did to
-- your energy. An attempt is no conversation, and what does not count as contact is seldom: to know those few saves
-- looking at every row.

CREATE INDEX interaction_spent ON interaction (day, kind, minutes) WHERE tried = 0;
CREATE INDEX interaction_energy ON interaction (day, energy) WHERE energy IS NOT NULL AND tried = 0;
CREATE INDEX interaction_uncounted ON interaction (seq) WHERE counts = 'no';
CREATE INDEX promise_done ON promise (done_on) WHERE done_on IS NOT NULL;
CREATE INDEX saving_day ON saving (day);
