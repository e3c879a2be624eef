-- Step 1: the whole journal.
--
-- Text ids are 12 random characters; `seq` is SQLite's own row number, which the search index needs to be stable.
-- Days are ISO text, moments are UTC with their zone, minutes are whole numbers.
-- Foreign keys are checked at the commit, and nothing is deleted behind the record's back: every row that goes
-- is deleted by name, so that `change` holds it.

CREATE TABLE command (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  at TEXT NOT NULL,
  verb TEXT NOT NULL,
  words TEXT NOT NULL,
  open INTEGER CHECK (open = 1)
) STRICT;
CREATE UNIQUE INDEX command_open ON command (open) WHERE open = 1;

CREATE TABLE change (
  seq INTEGER PRIMARY KEY,
  command_seq INTEGER NOT NULL REFERENCES command (seq) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
  table_name TEXT NOT NULL,
  row_id TEXT NOT NULL,
  before TEXT,
  after TEXT,
  CHECK (before IS NOT NULL OR after IS NOT NULL)
) STRICT;
CREATE INDEX change_command ON change (command_seq);
CREATE INDEX change_row ON change (row_id);

CREATE TABLE person (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  circle TEXT,
  cadence TEXT,
  cadence_words TEXT,
  first_on TEXT,
  snoozed_on TEXT,
  archived_on TEXT,
  created_at TEXT NOT NULL,
  last_full_on TEXT,
  last_half_on TEXT
) STRICT;
CREATE INDEX person_folded ON person (folded);

CREATE TABLE alias (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  person_id TEXT NOT NULL REFERENCES person (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  UNIQUE (person_id, folded)
) STRICT;
CREATE INDEX alias_folded ON alias (folded);

CREATE TABLE contact_point (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  person_id TEXT NOT NULL REFERENCES person (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
  kind TEXT NOT NULL CHECK (kind IN ('email', 'phone', 'url', 'address')),
  value TEXT NOT NULL,
  UNIQUE (person_id, kind, value)
) STRICT;
CREATE INDEX contact_point_value ON contact_point (value);

CREATE TABLE detail (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  person_id TEXT NOT NULL REFERENCES person (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
  label TEXT NOT NULL,
  label_folded TEXT NOT NULL,
  value TEXT NOT NULL,
  folded TEXT NOT NULL,
  UNIQUE (person_id, label_folded)
) STRICT;

CREATE TABLE occasion (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  person_id TEXT NOT NULL REFERENCES person (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
  label TEXT NOT NULL,
  month INTEGER NOT NULL CHECK (month BETWEEN 1 AND 12),
  day INTEGER NOT NULL CHECK (day BETWEEN 1 AND 31),
  year INTEGER CHECK (year BETWEEN 1 AND 9999),
  UNIQUE (person_id, label)
) STRICT;
CREATE INDEX occasion_day ON occasion (month, day);

CREATE TABLE interaction (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  time TEXT CHECK (time GLOB '[0-2][0-9]:[0-5][0-9]'),
  kind TEXT NOT NULL CHECK (kind IN (
    'call', 'video', 'meeting', 'coffee', 'meal', 'walk', 'visit', 'message', 'email', 'letter', 'event',
    'gift', 'introduction', 'other')),
  minutes INTEGER CHECK (minutes BETWEEN 1 AND 1440),
  direction TEXT CHECK (direction IN ('mine', 'theirs')),
  energy TEXT CHECK (energy IN ('gave', 'even', 'took')),
  counts TEXT NOT NULL CHECK (counts IN ('yes', 'half', 'no')),
  tried INTEGER NOT NULL CHECK (tried IN (0, 1)),
  note TEXT NOT NULL,
  entered TEXT NOT NULL,
  folded TEXT NOT NULL,
  recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX interaction_day ON interaction (day, seq);
CREATE INDEX interaction_tried ON interaction (day) WHERE tried = 1;

CREATE TABLE participant (
  interaction_id TEXT NOT NULL REFERENCES interaction (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
  person_id TEXT NOT NULL REFERENCES person (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
  place INTEGER NOT NULL,
  PRIMARY KEY (interaction_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX participant_person ON participant (person_id);

CREATE TABLE tag (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  person_id TEXT REFERENCES person (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
  interaction_id TEXT REFERENCES interaction (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
  UNIQUE (person_id, name),
  UNIQUE (interaction_id, name),
  CHECK ((person_id IS NULL) <> (interaction_id IS NULL))
) STRICT;
CREATE INDEX tag_name ON tag (name);

CREATE TABLE promise (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  person_id TEXT NOT NULL REFERENCES person (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
  text TEXT NOT NULL,
  folded TEXT NOT NULL,
  owed TEXT NOT NULL CHECK (owed IN ('me', 'them', 'ask')),
  due_on TEXT,
  made_on TEXT NOT NULL,
  done_on TEXT
) STRICT;
CREATE INDEX promise_person ON promise (person_id);
CREATE INDEX promise_open ON promise (due_on) WHERE done_on IS NULL;

CREATE TABLE pause (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  person_id TEXT REFERENCES person (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED,
  start_on TEXT NOT NULL,
  end_on TEXT,
  CHECK (end_on IS NULL OR end_on >= start_on)
) STRICT;
CREATE INDEX pause_person ON pause (person_id);

CREATE TABLE saving (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  day TEXT NOT NULL,
  minutes INTEGER NOT NULL CHECK (minutes > 0),
  text TEXT NOT NULL
) STRICT;

-- The search index: folded words of notes, details and promises.

CREATE VIRTUAL TABLE interaction_words USING fts5 (folded, content = 'interaction', content_rowid = 'seq');
CREATE VIRTUAL TABLE detail_words USING fts5 (folded, content = 'detail', content_rowid = 'seq');
CREATE VIRTUAL TABLE promise_words USING fts5 (folded, content = 'promise', content_rowid = 'seq');

CREATE TRIGGER interaction_words_added AFTER INSERT ON interaction BEGIN
  INSERT INTO interaction_words (rowid, folded) VALUES (NEW.seq, NEW.folded);
END;
CREATE TRIGGER interaction_words_removed AFTER DELETE ON interaction BEGIN
  INSERT INTO interaction_words (interaction_words, rowid, folded) VALUES ('delete', OLD.seq, OLD.folded);
END;
CREATE TRIGGER interaction_words_changed AFTER UPDATE OF seq, folded ON interaction BEGIN
  INSERT INTO interaction_words (interaction_words, rowid, folded) VALUES ('delete', OLD.seq, OLD.folded);
  INSERT INTO interaction_words (rowid, folded) VALUES (NEW.seq, NEW.folded);
END;

CREATE TRIGGER detail_words_added AFTER INSERT ON detail BEGIN
  INSERT INTO detail_words (rowid, folded) VALUES (NEW.seq, NEW.folded);
END;
CREATE TRIGGER detail_words_removed AFTER DELETE ON detail BEGIN
  INSERT INTO detail_words (detail_words, rowid, folded) VALUES ('delete', OLD.seq, OLD.folded);
END;
CREATE TRIGGER detail_words_changed AFTER UPDATE OF seq, folded ON detail BEGIN
  INSERT INTO detail_words (detail_words, rowid, folded) VALUES ('delete', OLD.seq, OLD.folded);
  INSERT INTO detail_words (rowid, folded) VALUES (NEW.seq, NEW.folded);
END;

CREATE TRIGGER promise_words_added AFTER INSERT ON promise BEGIN
  INSERT INTO promise_words (rowid, folded) VALUES (NEW.seq, NEW.folded);
END;
CREATE TRIGGER promise_words_removed AFTER DELETE ON promise BEGIN
  INSERT INTO promise_words (promise_words, rowid, folded) VALUES ('delete', OLD.seq, OLD.folded);
END;
CREATE TRIGGER promise_words_changed AFTER UPDATE OF seq, folded ON promise BEGIN
  INSERT INTO promise_words (promise_words, rowid, folded) VALUES ('delete', OLD.seq, OLD.folded);
  INSERT INTO promise_words (rowid, folded) VALUES (NEW.seq, NEW.folded);
END;

-- Derived: the newest contact that counts wholly, by half. Adding only looks at what was added, so that it costs
-- the same after thirty years; taking away and changing look again at the people concerned.

CREATE TRIGGER contact_added AFTER INSERT ON participant BEGIN
  UPDATE person SET last_full_on = i.day
    FROM (SELECT day FROM interaction WHERE id = NEW.interaction_id AND counts = 'yes') AS i
    WHERE person.id = NEW.person_id AND (last_full_on IS NULL OR last_full_on < i.day);
  UPDATE person SET last_half_on = i.day
    FROM (SELECT day FROM interaction WHERE id = NEW.interaction_id AND counts = 'half') AS i
    WHERE person.id = NEW.person_id AND (last_half_on IS NULL OR last_half_on < i.day);
END;
CREATE TRIGGER contact_removed AFTER DELETE ON participant BEGIN
  UPDATE person SET
    last_full_on = (SELECT max(i.day) FROM participant p JOIN interaction i ON i.id = p.interaction_id
      WHERE p.person_id = person.id AND i.counts = 'yes'),
    last_half_on = (SELECT max(i.day) FROM participant p JOIN interaction i ON i.id = p.interaction_id
      WHERE p.person_id = person.id AND i.counts = 'half')
  WHERE id = OLD.person_id;
END;
CREATE TRIGGER contact_moved AFTER UPDATE OF interaction_id, person_id ON participant BEGIN
  UPDATE person SET
    last_full_on = (SELECT max(i.day) FROM participant p JOIN interaction i ON i.id = p.interaction_id
      WHERE p.person_id = person.id AND i.counts = 'yes'),
    last_half_on = (SELECT max(i.day) FROM participant p JOIN interaction i ON i.id = p.interaction_id
      WHERE p.person_id = person.id AND i.counts = 'half')
  WHERE id IN (OLD.person_id, NEW.person_id);
END;
CREATE TRIGGER contact_appeared AFTER INSERT ON interaction BEGIN
  UPDATE person SET
    last_full_on = (SELECT max(i.day) FROM participant p JOIN interaction i ON i.id = p.interaction_id
      WHERE p.person_id = person.id AND i.counts = 'yes'),
    last_half_on = (SELECT max(i.day) FROM participant p JOIN interaction i ON i.id = p.interaction_id
      WHERE p.person_id = person.id AND i.counts = 'half')
  WHERE id IN (SELECT person_id FROM participant WHERE interaction_id = NEW.id);
END;
CREATE TRIGGER contact_changed AFTER UPDATE OF id, day, counts ON interaction BEGIN
  UPDATE person SET
    last_full_on = (SELECT max(i.day) FROM participant p JOIN interaction i ON i.id = p.interaction_id
      WHERE p.person_id = person.id AND i.counts = 'yes'),
    last_half_on = (SELECT max(i.day) FROM participant p JOIN interaction i ON i.id = p.interaction_id
      WHERE p.person_id = person.id AND i.counts = 'half')
  WHERE id IN (SELECT person_id FROM participant WHERE interaction_id = NEW.id);
END;

-- The record: what each command did, row by row, before and after. A row can only change while a command is open
-- (`command_seq` is NOT NULL), so no verb can forget it. Derived columns are left out: they follow.

CREATE TRIGGER person_inserted AFTER INSERT ON person BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'person', NEW.id, NULL,
    json_object('seq', NEW.seq, 'id', NEW.id, 'name', NEW.name, 'folded', NEW.folded, 'circle', NEW.circle,
      'cadence', NEW.cadence, 'cadence_words', NEW.cadence_words, 'first_on', NEW.first_on, 'snoozed_on',
      NEW.snoozed_on, 'archived_on', NEW.archived_on, 'created_at', NEW.created_at));
END;
CREATE TRIGGER person_updated AFTER UPDATE  OF seq, id, name, folded, circle, cadence, cadence_words, first_on, snoozed_on, archived_on, created_at ON person BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'person', NEW.id,
    json_object('seq', OLD.seq, 'id', OLD.id, 'name', OLD.name, 'folded', OLD.folded, 'circle', OLD.circle,
      'cadence', OLD.cadence, 'cadence_words', OLD.cadence_words, 'first_on', OLD.first_on, 'snoozed_on',
      OLD.snoozed_on, 'archived_on', OLD.archived_on, 'created_at', OLD.created_at),
    json_object('seq', NEW.seq, 'id', NEW.id, 'name', NEW.name, 'folded', NEW.folded, 'circle', NEW.circle,
      'cadence', NEW.cadence, 'cadence_words', NEW.cadence_words, 'first_on', NEW.first_on, 'snoozed_on',
      NEW.snoozed_on, 'archived_on', NEW.archived_on, 'created_at', NEW.created_at));
END;
CREATE TRIGGER person_deleted AFTER DELETE ON person BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'person', OLD.id,
    json_object('seq', OLD.seq, 'id', OLD.id, 'name', OLD.name, 'folded', OLD.folded, 'circle', OLD.circle,
      'cadence', OLD.cadence, 'cadence_words', OLD.cadence_words, 'first_on', OLD.first_on, 'snoozed_on',
      OLD.snoozed_on, 'archived_on', OLD.archived_on, 'created_at', OLD.created_at), NULL);
END;

CREATE TRIGGER alias_inserted AFTER INSERT ON alias BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'alias', NEW.id, NULL,
    json_object('seq', NEW.seq, 'id', NEW.id, 'person_id', NEW.person_id, 'name', NEW.name, 'folded',
      NEW.folded));
END;
CREATE TRIGGER alias_updated AFTER UPDATE ON alias BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'alias', NEW.id,
    json_object('seq', OLD.seq, 'id', OLD.id, 'person_id', OLD.person_id, 'name', OLD.name, 'folded',
      OLD.folded),
    json_object('seq', NEW.seq, 'id', NEW.id, 'person_id', NEW.person_id, 'name', NEW.name, 'folded',
      NEW.folded));
END;
CREATE TRIGGER alias_deleted AFTER DELETE ON alias BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'alias', OLD.id,
    json_object('seq', OLD.seq, 'id', OLD.id, 'person_id', OLD.person_id, 'name', OLD.name, 'folded',
      OLD.folded), NULL);
END;

CREATE TRIGGER contact_point_inserted AFTER INSERT ON contact_point BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'contact_point', NEW.id, NULL,
    json_object('seq', NEW.seq, 'id', NEW.id, 'person_id', NEW.person_id, 'kind', NEW.kind, 'value',
      NEW.value));
END;
CREATE TRIGGER contact_point_updated AFTER UPDATE ON contact_point BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'contact_point', NEW.id,
    json_object('seq', OLD.seq, 'id', OLD.id, 'person_id', OLD.person_id, 'kind', OLD.kind, 'value',
      OLD.value),
    json_object('seq', NEW.seq, 'id', NEW.id, 'person_id', NEW.person_id, 'kind', NEW.kind, 'value',
      NEW.value));
END;
CREATE TRIGGER contact_point_deleted AFTER DELETE ON contact_point BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'contact_point', OLD.id,
    json_object('seq', OLD.seq, 'id', OLD.id, 'person_id', OLD.person_id, 'kind', OLD.kind, 'value',
      OLD.value), NULL);
END;

CREATE TRIGGER detail_inserted AFTER INSERT ON detail BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'detail', NEW.id, NULL,
    json_object('seq', NEW.seq, 'id', NEW.id, 'person_id', NEW.person_id, 'label', NEW.label,
      'label_folded', NEW.label_folded, 'value', NEW.value, 'folded', NEW.folded));
END;
CREATE TRIGGER detail_updated AFTER UPDATE ON detail BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'detail', NEW.id,
    json_object('seq', OLD.seq, 'id', OLD.id, 'person_id', OLD.person_id, 'label', OLD.label,
      'label_folded', OLD.label_folded, 'value', OLD.value, 'folded', OLD.folded),
    json_object('seq', NEW.seq, 'id', NEW.id, 'person_id', NEW.person_id, 'label', NEW.label,
      'label_folded', NEW.label_folded, 'value', NEW.value, 'folded', NEW.folded));
END;
CREATE TRIGGER detail_deleted AFTER DELETE ON detail BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'detail', OLD.id,
    json_object('seq', OLD.seq, 'id', OLD.id, 'person_id', OLD.person_id, 'label', OLD.label,
      'label_folded', OLD.label_folded, 'value', OLD.value, 'folded', OLD.folded), NULL);
END;

CREATE TRIGGER occasion_inserted AFTER INSERT ON occasion BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'occasion', NEW.id, NULL,
    json_object('seq', NEW.seq, 'id', NEW.id, 'person_id', NEW.person_id, 'label', NEW.label, 'month',
      NEW.month, 'day', NEW.day, 'year', NEW.year));
END;
CREATE TRIGGER occasion_updated AFTER UPDATE ON occasion BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'occasion', NEW.id,
    json_object('seq', OLD.seq, 'id', OLD.id, 'person_id', OLD.person_id, 'label', OLD.label, 'month',
      OLD.month, 'day', OLD.day, 'year', OLD.year),
    json_object('seq', NEW.seq, 'id', NEW.id, 'person_id', NEW.person_id, 'label', NEW.label, 'month',
      NEW.month, 'day', NEW.day, 'year', NEW.year));
END;
CREATE TRIGGER occasion_deleted AFTER DELETE ON occasion BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'occasion', OLD.id,
    json_object('seq', OLD.seq, 'id', OLD.id, 'person_id', OLD.person_id, 'label', OLD.label, 'month',
      OLD.month, 'day', OLD.day, 'year', OLD.year), NULL);
END;

CREATE TRIGGER interaction_inserted AFTER INSERT ON interaction BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'interaction', NEW.id, NULL,
    json_object('seq', NEW.seq, 'id', NEW.id, 'day', NEW.day, 'time', NEW.time, 'kind', NEW.kind, 'minutes',
      NEW.minutes, 'direction', NEW.direction, 'energy', NEW.energy, 'counts', NEW.counts, 'tried',
      NEW.tried, 'note', NEW.note, 'entered', NEW.entered, 'folded', NEW.folded, 'recorded_at',
      NEW.recorded_at));
END;
CREATE TRIGGER interaction_updated AFTER UPDATE ON interaction BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'interaction', NEW.id,
    json_object('seq', OLD.seq, 'id', OLD.id, 'day', OLD.day, 'time', OLD.time, 'kind', OLD.kind, 'minutes',
      OLD.minutes, 'direction', OLD.direction, 'energy', OLD.energy, 'counts', OLD.counts, 'tried',
      OLD.tried, 'note', OLD.note, 'entered', OLD.entered, 'folded', OLD.folded, 'recorded_at',
      OLD.recorded_at),
    json_object('seq', NEW.seq, 'id', NEW.id, 'day', NEW.day, 'time', NEW.time, 'kind', NEW.kind, 'minutes',
      NEW.minutes, 'direction', NEW.direction, 'energy', NEW.energy, 'counts', NEW.counts, 'tried',
      NEW.tried, 'note', NEW.note, 'entered', NEW.entered, 'folded', NEW.folded, 'recorded_at',
      NEW.recorded_at));
END;
CREATE TRIGGER interaction_deleted AFTER DELETE ON interaction BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'interaction', OLD.id,
    json_object('seq', OLD.seq, 'id', OLD.id, 'day', OLD.day, 'time', OLD.time, 'kind', OLD.kind, 'minutes',
      OLD.minutes, 'direction', OLD.direction, 'energy', OLD.energy, 'counts', OLD.counts, 'tried',
      OLD.tried, 'note', OLD.note, 'entered', OLD.entered, 'folded', OLD.folded, 'recorded_at',
      OLD.recorded_at), NULL);
END;

CREATE TRIGGER participant_inserted AFTER INSERT ON participant BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'participant', NEW.interaction_id || ' ' || NEW.person_id, NULL,
    json_object('interaction_id', NEW.interaction_id, 'person_id', NEW.person_id, 'place', NEW.place));
END;
CREATE TRIGGER participant_updated AFTER UPDATE ON participant BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'participant', NEW.interaction_id || ' ' || NEW.person_id,
    json_object('interaction_id', OLD.interaction_id, 'person_id', OLD.person_id, 'place', OLD.place),
    json_object('interaction_id', NEW.interaction_id, 'person_id', NEW.person_id, 'place', NEW.place));
END;
CREATE TRIGGER participant_deleted AFTER DELETE ON participant BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'participant', OLD.interaction_id || ' ' || OLD.person_id,
    json_object('interaction_id', OLD.interaction_id, 'person_id', OLD.person_id, 'place', OLD.place), NULL);
END;

CREATE TRIGGER tag_inserted AFTER INSERT ON tag BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'tag', NEW.id, NULL,
    json_object('seq', NEW.seq, 'id', NEW.id, 'name', NEW.name, 'person_id', NEW.person_id,
      'interaction_id', NEW.interaction_id));
END;
CREATE TRIGGER tag_updated AFTER UPDATE ON tag BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'tag', NEW.id,
    json_object('seq', OLD.seq, 'id', OLD.id, 'name', OLD.name, 'person_id', OLD.person_id,
      'interaction_id', OLD.interaction_id),
    json_object('seq', NEW.seq, 'id', NEW.id, 'name', NEW.name, 'person_id', NEW.person_id,
      'interaction_id', NEW.interaction_id));
END;
CREATE TRIGGER tag_deleted AFTER DELETE ON tag BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'tag', OLD.id,
    json_object('seq', OLD.seq, 'id', OLD.id, 'name', OLD.name, 'person_id', OLD.person_id,
      'interaction_id', OLD.interaction_id), NULL);
END;

CREATE TRIGGER promise_inserted AFTER INSERT ON promise BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'promise', NEW.id, NULL,
    json_object('seq', NEW.seq, 'id', NEW.id, 'person_id', NEW.person_id, 'text', NEW.text, 'folded',
      NEW.folded, 'owed', NEW.owed, 'due_on', NEW.due_on, 'made_on', NEW.made_on, 'done_on', NEW.done_on));
END;
CREATE TRIGGER promise_updated AFTER UPDATE ON promise BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'promise', NEW.id,
    json_object('seq', OLD.seq, 'id', OLD.id, 'person_id', OLD.person_id, 'text', OLD.text, 'folded',
      OLD.folded, 'owed', OLD.owed, 'due_on', OLD.due_on, 'made_on', OLD.made_on, 'done_on', OLD.done_on),
    json_object('seq', NEW.seq, 'id', NEW.id, 'person_id', NEW.person_id, 'text', NEW.text, 'folded',
      NEW.folded, 'owed', NEW.owed, 'due_on', NEW.due_on, 'made_on', NEW.made_on, 'done_on', NEW.done_on));
END;
CREATE TRIGGER promise_deleted AFTER DELETE ON promise BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'promise', OLD.id,
    json_object('seq', OLD.seq, 'id', OLD.id, 'person_id', OLD.person_id, 'text', OLD.text, 'folded',
      OLD.folded, 'owed', OLD.owed, 'due_on', OLD.due_on, 'made_on', OLD.made_on, 'done_on', OLD.done_on), NULL);
END;

CREATE TRIGGER pause_inserted AFTER INSERT ON pause BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'pause', NEW.id, NULL,
    json_object('seq', NEW.seq, 'id', NEW.id, 'person_id', NEW.person_id, 'start_on', NEW.start_on,
      'end_on', NEW.end_on));
END;
CREATE TRIGGER pause_updated AFTER UPDATE ON pause BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'pause', NEW.id,
    json_object('seq', OLD.seq, 'id', OLD.id, 'person_id', OLD.person_id, 'start_on', OLD.start_on,
      'end_on', OLD.end_on),
    json_object('seq', NEW.seq, 'id', NEW.id, 'person_id', NEW.person_id, 'start_on', NEW.start_on,
      'end_on', NEW.end_on));
END;
CREATE TRIGGER pause_deleted AFTER DELETE ON pause BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'pause', OLD.id,
    json_object('seq', OLD.seq, 'id', OLD.id, 'person_id', OLD.person_id, 'start_on', OLD.start_on,
      'end_on', OLD.end_on), NULL);
END;

CREATE TRIGGER saving_inserted AFTER INSERT ON saving BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'saving', NEW.id, NULL,
    json_object('seq', NEW.seq, 'id', NEW.id, 'day', NEW.day, 'minutes', NEW.minutes, 'text', NEW.text));
END;
CREATE TRIGGER saving_updated AFTER UPDATE ON saving BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'saving', NEW.id,
    json_object('seq', OLD.seq, 'id', OLD.id, 'day', OLD.day, 'minutes', OLD.minutes, 'text', OLD.text),
    json_object('seq', NEW.seq, 'id', NEW.id, 'day', NEW.day, 'minutes', NEW.minutes, 'text', NEW.text));
END;
CREATE TRIGGER saving_deleted AFTER DELETE ON saving BEGIN
  INSERT INTO change (command_seq, table_name, row_id, before, after) VALUES (
    (SELECT seq FROM command WHERE open = 1), 'saving', OLD.id,
    json_object('seq', OLD.seq, 'id', OLD.id, 'day', OLD.day, 'minutes', OLD.minutes, 'text', OLD.text), NULL);
END;
