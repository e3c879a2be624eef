-- Step 5: everyone's entries by day.
--
-- An index over two tables, which SQLite cannot make by itself: the newest entries with somebody whom you have met ten
-- thousand times are found as quickly as with a new acquaintance. Kept by triggers, like the search index, and like it
-- no part of the record.

CREATE TABLE seen (
  person_id TEXT NOT NULL,
  day TEXT NOT NULL,
  entry_seq INTEGER NOT NULL,
  PRIMARY KEY (person_id, day, entry_seq)
) STRICT, WITHOUT ROWID;

INSERT INTO seen (person_id, day, entry_seq)
  SELECT t.person_id, i.day, i.seq FROM participant t JOIN interaction i ON i.id = t.interaction_id;

CREATE TRIGGER seen_with AFTER INSERT ON participant BEGIN
  INSERT INTO seen (person_id, day, entry_seq)
    SELECT NEW.person_id, day, seq FROM interaction WHERE id = NEW.interaction_id ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER seen_without AFTER DELETE ON participant BEGIN
  DELETE FROM seen WHERE person_id = OLD.person_id
    AND (day, entry_seq) = (SELECT day, seq FROM interaction WHERE id = OLD.interaction_id);
END;
CREATE TRIGGER seen_with_another AFTER UPDATE OF interaction_id, person_id ON participant BEGIN
  DELETE FROM seen WHERE person_id = OLD.person_id
    AND (day, entry_seq) = (SELECT day, seq FROM interaction WHERE id = OLD.interaction_id);
  INSERT INTO seen (person_id, day, entry_seq)
    SELECT NEW.person_id, day, seq FROM interaction WHERE id = NEW.interaction_id ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER seen_appeared AFTER INSERT ON interaction BEGIN
  INSERT INTO seen (person_id, day, entry_seq)
    SELECT person_id, NEW.day, NEW.seq FROM participant WHERE interaction_id = NEW.id ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER seen_gone AFTER DELETE ON interaction BEGIN
  DELETE FROM seen WHERE day = OLD.day AND entry_seq = OLD.seq
    AND person_id IN (SELECT person_id FROM participant WHERE interaction_id = OLD.id);
END;
CREATE TRIGGER seen_moved AFTER UPDATE OF seq, id, day ON interaction BEGIN
  DELETE FROM seen WHERE day = OLD.day AND entry_seq = OLD.seq
    AND person_id IN (SELECT person_id FROM participant WHERE interaction_id IN (OLD.id, NEW.id));
  INSERT INTO seen (person_id, day, entry_seq)
    SELECT person_id, NEW.day, NEW.seq FROM participant WHERE interaction_id = NEW.id ON CONFLICT DO NOTHING;
END;
