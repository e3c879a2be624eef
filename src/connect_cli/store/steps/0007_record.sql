-- Step 7: a record that keeps nothing twice.
--
-- From here on the triggers that write the record and those that keep the search indexes are made from store/schema.py
-- after each step, and are not there while one runs. What a row was when it was added stands in its table, or in the
-- `before` of its next change: of that `change` keeps no copy any more (store/triggers.py tells how it is read), nor
-- does it keep folded texts, which follow from the others. An `after` that says anything else than the row does, as
-- after damage, stays as it is; so does what is not valid JSON.

UPDATE change SET
  before = CASE WHEN json_valid(before) THEN json_remove(before, '$.folded', '$.label_folded') ELSE before END,
  after = CASE WHEN json_valid(after) THEN json_remove(after, '$.folded', '$.label_folded') ELSE after END
  WHERE table_name IN ('person', 'alias', 'detail', 'interaction', 'promise');

UPDATE change SET after = json_object('place', after ->> 'place')
  WHERE table_name = 'participant' AND before IS NULL AND CASE WHEN json_valid(after) THEN
    after = json_object('interaction_id', substr(row_id, 1, 12), 'person_id', substr(row_id, 14),
      'place', after ->> 'place') END;

-- Added, and changed or taken away since.

UPDATE change SET after = '{}' FROM (
  SELECT c.seq, (SELECT n.before FROM change n WHERE n.row_id = c.row_id AND n.table_name = c.table_name
    AND n.seq > c.seq AND n.before IS NOT NULL ORDER BY n.seq LIMIT 1) AS said
  FROM change c WHERE c.before IS NULL AND c.table_name <> 'participant') AS next
  WHERE change.seq = next.seq AND CASE WHEN json_valid(change.after) AND json_valid(next.said) THEN
    change.after = next.said OR NOT EXISTS (
      SELECT key, atom FROM json_each(change.after) EXCEPT SELECT key, atom FROM json_each(next.said)) END;

-- Added, and still as it was: an older version recorded fewer columns.

UPDATE change SET after = '{}' FROM (
  SELECT c.seq, json_object('seq', t.seq, 'id', t.id, 'name', t.name, 'circle', t.circle, 'cadence', t.cadence,
    'cadence_words', t.cadence_words, 'first_on', t.first_on, 'snoozed_on', t.snoozed_on, 'archived_on',
    t.archived_on, 'created_at', t.created_at, 'first_said_on', t.first_said_on, 'snooze_said_on',
    t.snooze_said_on) AS said
  FROM change c JOIN person t ON t.id = c.row_id
  WHERE c.before IS NULL AND c.table_name = 'person' AND c.after <> '{}' AND NOT EXISTS (
    SELECT 1 FROM change n WHERE n.row_id = c.row_id AND n.table_name = c.table_name AND n.seq > c.seq)) AS now
  WHERE change.seq = now.seq AND CASE WHEN json_valid(change.after) THEN
    change.after = now.said OR NOT EXISTS (
      SELECT key, atom FROM json_each(change.after) EXCEPT SELECT key, atom FROM json_each(now.said)) END;

UPDATE change SET after = '{}' FROM (
  SELECT c.seq, json_object('seq', t.seq, 'id', t.id, 'person_id', t.person_id, 'name', t.name) AS said
  FROM change c JOIN alias t ON t.id = c.row_id
  WHERE c.before IS NULL AND c.table_name = 'alias' AND c.after <> '{}' AND NOT EXISTS (
    SELECT 1 FROM change n WHERE n.row_id = c.row_id AND n.table_name = c.table_name AND n.seq > c.seq)) AS now
  WHERE change.seq = now.seq AND CASE WHEN json_valid(change.after) THEN
    change.after = now.said OR NOT EXISTS (
      SELECT key, atom FROM json_each(change.after) EXCEPT SELECT key, atom FROM json_each(now.said)) END;

UPDATE change SET after = '{}' FROM (
  SELECT c.seq, json_object('seq', t.seq, 'id', t.id, 'person_id', t.person_id, 'kind', t.kind, 'value', t.value) AS said
  FROM change c JOIN contact_point t ON t.id = c.row_id
  WHERE c.before IS NULL AND c.table_name = 'contact_point' AND c.after <> '{}' AND NOT EXISTS (
    SELECT 1 FROM change n WHERE n.row_id = c.row_id AND n.table_name = c.table_name AND n.seq > c.seq)) AS now
  WHERE change.seq = now.seq AND CASE WHEN json_valid(change.after) THEN
    change.after = now.said OR NOT EXISTS (
      SELECT key, atom FROM json_each(change.after) EXCEPT SELECT key, atom FROM json_each(now.said)) END;

UPDATE change SET after = '{}' FROM (
  SELECT c.seq, json_object('seq', t.seq, 'id', t.id, 'person_id', t.person_id, 'label', t.label, 'value', t.value) AS said
  FROM change c JOIN detail t ON t.id = c.row_id
  WHERE c.before IS NULL AND c.table_name = 'detail' AND c.after <> '{}' AND NOT EXISTS (
    SELECT 1 FROM change n WHERE n.row_id = c.row_id AND n.table_name = c.table_name AND n.seq > c.seq)) AS now
  WHERE change.seq = now.seq AND CASE WHEN json_valid(change.after) THEN
    change.after = now.said OR NOT EXISTS (
      SELECT key, atom FROM json_each(change.after) EXCEPT SELECT key, atom FROM json_each(now.said)) END;

UPDATE change SET after = '{}' FROM (
  SELECT c.seq, json_object('seq', t.seq, 'id', t.id, 'person_id', t.person_id, 'label', t.label, 'month', t.month,
    'day', t.day, 'year', t.year) AS said
  FROM change c JOIN occasion t ON t.id = c.row_id
  WHERE c.before IS NULL AND c.table_name = 'occasion' AND c.after <> '{}' AND NOT EXISTS (
    SELECT 1 FROM change n WHERE n.row_id = c.row_id AND n.table_name = c.table_name AND n.seq > c.seq)) AS now
  WHERE change.seq = now.seq AND CASE WHEN json_valid(change.after) THEN
    change.after = now.said OR NOT EXISTS (
      SELECT key, atom FROM json_each(change.after) EXCEPT SELECT key, atom FROM json_each(now.said)) END;

UPDATE change SET after = '{}' FROM (
  SELECT c.seq, json_object('seq', t.seq, 'id', t.id, 'person_id', t.person_id, 'uid', t.uid, 'text', t.text, 'instead',
    t.instead) AS said
  FROM change c JOIN card t ON t.id = c.row_id
  WHERE c.before IS NULL AND c.table_name = 'card' AND c.after <> '{}' AND NOT EXISTS (
    SELECT 1 FROM change n WHERE n.row_id = c.row_id AND n.table_name = c.table_name AND n.seq > c.seq)) AS now
  WHERE change.seq = now.seq AND CASE WHEN json_valid(change.after) THEN
    change.after = now.said OR NOT EXISTS (
      SELECT key, atom FROM json_each(change.after) EXCEPT SELECT key, atom FROM json_each(now.said)) END;

UPDATE change SET after = '{}' FROM (
  SELECT c.seq, json_object('seq', t.seq, 'id', t.id, 'day', t.day, 'time', t.time, 'kind', t.kind, 'minutes', t.minutes,
    'direction', t.direction, 'energy', t.energy, 'counts', t.counts, 'tried', t.tried, 'note', t.note,
    'entered', t.entered, 'recorded_at', t.recorded_at) AS said
  FROM change c JOIN interaction t ON t.id = c.row_id
  WHERE c.before IS NULL AND c.table_name = 'interaction' AND c.after <> '{}' AND NOT EXISTS (
    SELECT 1 FROM change n WHERE n.row_id = c.row_id AND n.table_name = c.table_name AND n.seq > c.seq)) AS now
  WHERE change.seq = now.seq AND CASE WHEN json_valid(change.after) THEN
    change.after = now.said OR NOT EXISTS (
      SELECT key, atom FROM json_each(change.after) EXCEPT SELECT key, atom FROM json_each(now.said)) END;

UPDATE change SET after = '{}' FROM (
  SELECT c.seq, json_object('seq', t.seq, 'id', t.id, 'name', t.name, 'person_id', t.person_id, 'interaction_id',
    t.interaction_id) AS said
  FROM change c JOIN tag t ON t.id = c.row_id
  WHERE c.before IS NULL AND c.table_name = 'tag' AND c.after <> '{}' AND NOT EXISTS (
    SELECT 1 FROM change n WHERE n.row_id = c.row_id AND n.table_name = c.table_name AND n.seq > c.seq)) AS now
  WHERE change.seq = now.seq AND CASE WHEN json_valid(change.after) THEN
    change.after = now.said OR NOT EXISTS (
      SELECT key, atom FROM json_each(change.after) EXCEPT SELECT key, atom FROM json_each(now.said)) END;

UPDATE change SET after = '{}' FROM (
  SELECT c.seq, json_object('seq', t.seq, 'id', t.id, 'person_id', t.person_id, 'text', t.text, 'owed', t.owed, 'due_on',
    t.due_on, 'made_on', t.made_on, 'done_on', t.done_on) AS said
  FROM change c JOIN promise t ON t.id = c.row_id
  WHERE c.before IS NULL AND c.table_name = 'promise' AND c.after <> '{}' AND NOT EXISTS (
    SELECT 1 FROM change n WHERE n.row_id = c.row_id AND n.table_name = c.table_name AND n.seq > c.seq)) AS now
  WHERE change.seq = now.seq AND CASE WHEN json_valid(change.after) THEN
    change.after = now.said OR NOT EXISTS (
      SELECT key, atom FROM json_each(change.after) EXCEPT SELECT key, atom FROM json_each(now.said)) END;

UPDATE change SET after = '{}' FROM (
  SELECT c.seq, json_object('seq', t.seq, 'id', t.id, 'person_id', t.person_id, 'start_on', t.start_on, 'end_on',
    t.end_on) AS said
  FROM change c JOIN pause t ON t.id = c.row_id
  WHERE c.before IS NULL AND c.table_name = 'pause' AND c.after <> '{}' AND NOT EXISTS (
    SELECT 1 FROM change n WHERE n.row_id = c.row_id AND n.table_name = c.table_name AND n.seq > c.seq)) AS now
  WHERE change.seq = now.seq AND CASE WHEN json_valid(change.after) THEN
    change.after = now.said OR NOT EXISTS (
      SELECT key, atom FROM json_each(change.after) EXCEPT SELECT key, atom FROM json_each(now.said)) END;

UPDATE change SET after = '{}' FROM (
  SELECT c.seq, json_object('seq', t.seq, 'id', t.id, 'day', t.day, 'minutes', t.minutes, 'text', t.text) AS said
  FROM change c JOIN saving t ON t.id = c.row_id
  WHERE c.before IS NULL AND c.table_name = 'saving' AND c.after <> '{}' AND NOT EXISTS (
    SELECT 1 FROM change n WHERE n.row_id = c.row_id AND n.table_name = c.table_name AND n.seq > c.seq)) AS now
  WHERE change.seq = now.seq AND CASE WHEN json_valid(change.after) THEN
    change.after = now.said OR NOT EXISTS (
      SELECT key, atom FROM json_each(change.after) EXCEPT SELECT key, atom FROM json_each(now.said)) END;

UPDATE change SET after = '{}' FROM (
  SELECT c.seq, json_object('seq', t.seq, 'id', t.id, 'table_name', t.table_name, 'at', t.at) AS said
  FROM change c JOIN gone t ON t.id = c.row_id
  WHERE c.before IS NULL AND c.table_name = 'gone' AND c.after <> '{}' AND NOT EXISTS (
    SELECT 1 FROM change n WHERE n.row_id = c.row_id AND n.table_name = c.table_name AND n.seq > c.seq)) AS now
  WHERE change.seq = now.seq AND CASE WHEN json_valid(change.after) THEN
    change.after = now.said OR NOT EXISTS (
      SELECT key, atom FROM json_each(change.after) EXCEPT SELECT key, atom FROM json_each(now.said)) END;
