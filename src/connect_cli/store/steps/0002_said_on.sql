-- Step 2: when a first day and a snooze were said.
--
-- Days on which everyone's clocks stand still move such a day only if they come after it was said; it was not kept
-- until now, and stays empty for what was said before. The triggers that record a person's changes name every column.

ALTER TABLE person ADD COLUMN first_said_on TEXT;
ALTER TABLE person ADD COLUMN snooze_said_on TEXT;

DROP TRIGGER person_inserted;
CREATE TRIGGER person_inserted AFTER INSERT ON person BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'person', NEW.id, NULL,
    json_object('seq', NEW.seq, 'id', NEW.id, 'name', NEW.name, 'folded', NEW.folded, 'circle', NEW.circle,
      'cadence', NEW.cadence, 'cadence_words', NEW.cadence_words, 'first_on', NEW.first_on, 'snoozed_on',
      NEW.snoozed_on, 'archived_on', NEW.archived_on, 'created_at', NEW.created_at,
      'first_said_on', NEW.first_said_on, 'snooze_said_on', NEW.snooze_said_on));
END;
DROP TRIGGER person_updated;
CREATE TRIGGER person_updated AFTER UPDATE OF seq, id, name, folded, circle, cadence, cadence_words, first_on, snoozed_on, archived_on, created_at,
  first_said_on, snooze_said_on ON person BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'person', NEW.id,
    json_object('seq', OLD.seq, 'id', OLD.id, 'name', OLD.name, 'folded', OLD.folded, 'circle', OLD.circle,
      'cadence', OLD.cadence, 'cadence_words', OLD.cadence_words, 'first_on', OLD.first_on, 'snoozed_on',
      OLD.snoozed_on, 'archived_on', OLD.archived_on, 'created_at', OLD.created_at,
      'first_said_on', OLD.first_said_on, 'snooze_said_on', OLD.snooze_said_on),
    json_object('seq', NEW.seq, 'id', NEW.id, 'name', NEW.name, 'folded', NEW.folded, 'circle', NEW.circle,
      'cadence', NEW.cadence, 'cadence_words', NEW.cadence_words, 'first_on', NEW.first_on, 'snoozed_on',
      NEW.snoozed_on, 'archived_on', NEW.archived_on, 'created_at', NEW.created_at,
      'first_said_on', NEW.first_said_on, 'snooze_said_on', NEW.snooze_said_on));
END;
DROP TRIGGER person_deleted;
CREATE TRIGGER person_deleted AFTER DELETE ON person BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'person', OLD.id,
    json_object('seq', OLD.seq, 'id', OLD.id, 'name', OLD.name, 'folded', OLD.folded, 'circle', OLD.circle,
      'cadence', OLD.cadence, 'cadence_words', OLD.cadence_words, 'first_on', OLD.first_on, 'snoozed_on',
      OLD.snoozed_on, 'archived_on', OLD.archived_on, 'created_at', OLD.created_at,
      'first_said_on', OLD.first_said_on, 'snooze_said_on', OLD.snooze_said_on), NULL);
END;
