-- What waits for the database behind moved into a journal beside this file; its rows follow when it is opened, and then this table goes.
DROP TRIGGER spool_added;
DROP TRIGGER spool_removed;
ALTER TABLE spool RENAME TO spool_of_format_1;

-- How far the journal was read: written in the transaction that adds what was read, so that nothing is added twice or left out.
CREATE TABLE spool_marks (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  applied_segment INTEGER NOT NULL DEFAULT 0,
  applied_offset INTEGER NOT NULL DEFAULT 0,
  applied_batch INTEGER NOT NULL DEFAULT 0,
  forwarded_segment INTEGER NOT NULL DEFAULT 0,
  forwarded_offset INTEGER NOT NULL DEFAULT 0,
  forwarded_batch INTEGER NOT NULL DEFAULT 0,
  damaged INTEGER NOT NULL DEFAULT 0,
  unknown INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO spool_marks (one, damaged) SELECT 1, spool_damaged FROM totals;

ALTER TABLE totals DROP COLUMN spool_chunks;
ALTER TABLE totals DROP COLUMN spool_bytes;
ALTER TABLE totals DROP COLUMN spool_damaged;
