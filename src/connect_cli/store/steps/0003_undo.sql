-- Step 3: which command took back which.
--
-- Taking back is a command of its own, and bringing again takes back the taking back: nothing in the record is ever
-- marked or changed. It names an id, not a row number, so that it survives when journals are merged.

ALTER TABLE command ADD COLUMN undoes TEXT REFERENCES command (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX command_undoes ON command (undoes) WHERE undoes IS NOT NULL;

-- Taking many entries back one by one would reckon somebody's newest contact as many times: whoever takes back reckons
-- it once, at the end. Whoever is forgotten has none.

DROP TRIGGER contact_removed;
CREATE TRIGGER contact_removed AFTER DELETE ON participant
  WHEN NOT EXISTS (SELECT 1 FROM command WHERE open = 1 AND (undoes IS NOT NULL OR verb = 'forget')) BEGIN
  UPDATE person SET
    last_full_on = (SELECT max(i.day) FROM participant p JOIN interaction i ON i.id = p.interaction_id
      WHERE p.person_id = person.id AND i.counts = 'yes'),
    last_half_on = (SELECT max(i.day) FROM participant p JOIN interaction i ON i.id = p.interaction_id
      WHERE p.person_id = person.id AND i.counts = 'half')
  WHERE id = OLD.person_id;
END;
DROP TRIGGER contact_moved;
CREATE TRIGGER contact_moved AFTER UPDATE OF interaction_id, person_id ON participant
  WHEN NOT EXISTS (SELECT 1 FROM command WHERE open = 1 AND (undoes IS NOT NULL OR verb = 'forget')) BEGIN
  UPDATE person SET
    last_full_on = (SELECT max(i.day) FROM participant p JOIN interaction i ON i.id = p.interaction_id
      WHERE p.person_id = person.id AND i.counts = 'yes'),
    last_half_on = (SELECT max(i.day) FROM participant p JOIN interaction i ON i.id = p.interaction_id
      WHERE p.person_id = person.id AND i.counts = 'half')
  WHERE id IN (OLD.person_id, NEW.person_id);
END;
DROP TRIGGER contact_appeared;
CREATE TRIGGER contact_appeared AFTER INSERT ON interaction
  WHEN NOT EXISTS (SELECT 1 FROM command WHERE open = 1 AND (undoes IS NOT NULL OR verb = 'forget')) BEGIN
  UPDATE person SET
    last_full_on = (SELECT max(i.day) FROM participant p JOIN interaction i ON i.id = p.interaction_id
      WHERE p.person_id = person.id AND i.counts = 'yes'),
    last_half_on = (SELECT max(i.day) FROM participant p JOIN interaction i ON i.id = p.interaction_id
      WHERE p.person_id = person.id AND i.counts = 'half')
  WHERE id IN (SELECT person_id FROM participant WHERE interaction_id = NEW.id);
END;
DROP TRIGGER contact_changed;
CREATE TRIGGER contact_changed AFTER UPDATE OF id, day, counts ON interaction
  WHEN NOT EXISTS (SELECT 1 FROM command WHERE open = 1 AND (undoes IS NOT NULL OR verb = 'forget')) BEGIN
  UPDATE person SET
    last_full_on = (SELECT max(i.day) FROM participant p JOIN interaction i ON i.id = p.interaction_id
      WHERE p.person_id = person.id AND i.counts = 'yes'),
    last_half_on = (SELECT max(i.day) FROM participant p JOIN interaction i ON i.id = p.interaction_id
      WHERE p.person_id = person.id AND i.counts = 'half')
  WHERE id IN (SELECT person_id FROM participant WHERE interaction_id = NEW.id);
END;
