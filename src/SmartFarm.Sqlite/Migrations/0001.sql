-- Embedded store. Kind 0: numbers, in points; kind 1: texts, in texts. Tags are a JSON object.
CREATE TABLE series (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  measurement TEXT NOT NULL,
  field TEXT NOT NULL,
  kind INTEGER NOT NULL,
  tags TEXT NOT NULL,
  UNIQUE (key, field, kind)
) STRICT;
CREATE INDEX series_by_field ON series (measurement, field, kind);

-- Clustered on series and time: one row per value, and a range of one series lies together on disk.
CREATE TABLE points (
  series_id INTEGER NOT NULL,
  ts INTEGER NOT NULL,
  value REAL NOT NULL,
  PRIMARY KEY (series_id, ts)
) STRICT, WITHOUT ROWID;

CREATE TABLE texts (
  series_id INTEGER NOT NULL,
  ts INTEGER NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (series_id, ts)
) STRICT, WITHOUT ROWID;

-- What waits for the database behind. Ids are never used again, so that "up to this id" keeps its meaning.
CREATE TABLE spool (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  created_ms INTEGER NOT NULL,
  points INTEGER NOT NULL,
  checksum INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT;

CREATE TABLE quarantine (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  received_ms INTEGER NOT NULL,
  topic BLOB NOT NULL,
  payload BLOB NOT NULL,
  size INTEGER NOT NULL,
  reason TEXT NOT NULL,
  detail TEXT NOT NULL,
  account TEXT NOT NULL,
  bytes INTEGER GENERATED ALWAYS AS (length(topic) + length(payload) + length(detail) + length(account)) VIRTUAL
) STRICT;
CREATE INDEX quarantine_by_reason ON quarantine (reason, id);

-- Kept by triggers, in the transaction that changes them: right after every crash, and cheap to ask.
CREATE TABLE totals (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  quarantine_entries INTEGER NOT NULL DEFAULT 0,
  quarantine_bytes INTEGER NOT NULL DEFAULT 0,
  quarantine_dropped INTEGER NOT NULL DEFAULT 0,
  spool_chunks INTEGER NOT NULL DEFAULT 0,
  spool_bytes INTEGER NOT NULL DEFAULT 0,
  spool_damaged INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO totals (one) VALUES (1);

CREATE TRIGGER quarantine_added AFTER INSERT ON quarantine BEGIN
  UPDATE totals SET quarantine_entries = quarantine_entries + 1, quarantine_bytes = quarantine_bytes + NEW.bytes;
END;
CREATE TRIGGER quarantine_removed AFTER DELETE ON quarantine BEGIN
  UPDATE totals SET quarantine_entries = quarantine_entries - 1, quarantine_bytes = quarantine_bytes - OLD.bytes;
END;
CREATE TRIGGER spool_added AFTER INSERT ON spool BEGIN
  UPDATE totals SET spool_chunks = spool_chunks + 1, spool_bytes = spool_bytes + length(NEW.body);
END;
CREATE TRIGGER spool_removed AFTER DELETE ON spool BEGIN
  UPDATE totals SET spool_chunks = spool_chunks - 1, spool_bytes = spool_bytes - length(OLD.body);
END;

CREATE TABLE ledger (
  account TEXT PRIMARY KEY,
  received INTEGER NOT NULL,
  stored INTEGER NOT NULL,
  duplicate INTEGER NOT NULL,
  quarantined INTEGER NOT NULL,
  late INTEGER NOT NULL,
  flagged INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One row per commit. Its key is the number of fingerprints ever written up to and including it, so that age can be told in fingerprints.
CREATE TABLE fingerprints (
  upto INTEGER PRIMARY KEY,
  body BLOB NOT NULL
) STRICT;

CREATE TABLE commands (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  site TEXT NOT NULL,
  zone TEXT NOT NULL,
  controller TEXT NOT NULL,
  actuator TEXT NOT NULL,
  target REAL NOT NULL,
  unit TEXT,
  duration TEXT,
  seq INTEGER NOT NULL,
  issued TEXT NOT NULL,
  expires TEXT NOT NULL,
  reason TEXT NOT NULL,
  rule TEXT,
  stage TEXT NOT NULL,
  detail TEXT NOT NULL,
  published_ms INTEGER,
  closed_ms INTEGER,
  is_open INTEGER NOT NULL
) STRICT;
CREATE INDEX commands_open ON commands (number) WHERE is_open = 1;
CREATE INDEX commands_by_actuator ON commands (site, zone, actuator, number);

CREATE TABLE rule_states (
  site TEXT NOT NULL,
  zone TEXT NOT NULL,
  state BLOB NOT NULL,
  saved_ms INTEGER NOT NULL,
  PRIMARY KEY (site, zone)
) STRICT, WITHOUT ROWID;
