-- Step 4: what comes from elsewhere and must go back there.
--
-- `card` keeps, with a person, how another address book calls them (`uid`) and the lines of their card that have no
-- place in the journal (`text`). `gone` keeps what was taken away in another copy of the journal, so that an older
-- copy does not bring it back. `change.times` says when a change was made, by field, if that was in another copy.

ALTER TABLE change ADD COLUMN times TEXT;

CREATE TABLE card (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  person_id TEXT NOT NULL REFERENCES person (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
  uid TEXT NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (person_id, uid)
) STRICT;
CREATE INDEX card_uid ON card (uid);

CREATE TABLE gone (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  table_name TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;

CREATE TRIGGER card_inserted AFTER INSERT ON card BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'card', NEW.id, NULL,
    json_object('seq', NEW.seq, 'id', NEW.id, 'person_id', NEW.person_id, 'uid', NEW.uid, 'text', NEW.text));
END;
CREATE TRIGGER card_updated AFTER UPDATE ON card BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'card', NEW.id,
    json_object('seq', OLD.seq, 'id', OLD.id, 'person_id', OLD.person_id, 'uid', OLD.uid, 'text', OLD.text),
    json_object('seq', NEW.seq, 'id', NEW.id, 'person_id', NEW.person_id, 'uid', NEW.uid, 'text', NEW.text));
END;
CREATE TRIGGER card_deleted AFTER DELETE ON card BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'card', OLD.id,
    json_object('seq', OLD.seq, 'id', OLD.id, 'person_id', OLD.person_id, 'uid', OLD.uid, 'text', OLD.text), NULL);
END;

CREATE TRIGGER gone_inserted AFTER INSERT ON gone BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'gone', NEW.id, NULL,
    json_object('seq', NEW.seq, 'id', NEW.id, 'table_name', NEW.table_name, 'at', NEW.at));
END;
CREATE TRIGGER gone_updated AFTER UPDATE ON gone BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'gone', NEW.id,
    json_object('seq', OLD.seq, 'id', OLD.id, 'table_name', OLD.table_name, 'at', OLD.at),
    json_object('seq', NEW.seq, 'id', NEW.id, 'table_name', NEW.table_name, 'at', NEW.at));
END;
CREATE TRIGGER gone_deleted AFTER DELETE ON gone BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'gone', OLD.id,
    json_object('seq', OLD.seq, 'id', OLD.id, 'table_name', OLD.table_name, 'at', OLD.at), NULL);
END;
