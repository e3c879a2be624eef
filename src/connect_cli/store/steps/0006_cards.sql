-- Step 6: cards as they came.
--
-- `card.text` holds whole cards from now on, where it held only the lines that have no place in the journal; what
-- came in before stays as it is. `instead` keeps what the journal said of the person when the card came in and said
-- otherwise, so that what is changed after that can be told from it.

ALTER TABLE card ADD COLUMN instead TEXT NOT NULL DEFAULT '';

DROP TRIGGER card_inserted;
CREATE TRIGGER card_inserted AFTER INSERT ON card BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'card', NEW.id, NULL,
    json_object('seq', NEW.seq, 'id', NEW.id, 'person_id', NEW.person_id, 'uid', NEW.uid, 'text', NEW.text,
      'instead', NEW.instead));
END;
DROP TRIGGER card_updated;
CREATE TRIGGER card_updated AFTER UPDATE ON card BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'card', NEW.id,
    json_object('seq', OLD.seq, 'id', OLD.id, 'person_id', OLD.person_id, 'uid', OLD.uid, 'text', OLD.text,
      'instead', OLD.instead),
    json_object('seq', NEW.seq, 'id', NEW.id, 'person_id', NEW.person_id, 'uid', NEW.uid, 'text', NEW.text,
      'instead', NEW.instead));
END;
DROP TRIGGER card_deleted;
CREATE TRIGGER card_deleted AFTER DELETE ON card BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'card', OLD.id,
    json_object('seq', OLD.seq, 'id', OLD.id, 'person_id', OLD.person_id, 'uid', OLD.uid, 'text', OLD.text,
      'instead', OLD.instead), NULL);
END;
