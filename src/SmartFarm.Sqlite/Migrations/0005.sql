-- Published rule sets. Files are a JSON object of names and texts. Numbers are never used again.
CREATE TABLE rule_sets (
  version INTEGER PRIMARY KEY AUTOINCREMENT,
  fingerprint TEXT NOT NULL UNIQUE,
  author TEXT NOT NULL,
  note TEXT NOT NULL,
  published_ms INTEGER NOT NULL,
  files TEXT NOT NULL
) STRICT;

-- What was done with them, and by whom: the roles of today follow from it.
CREATE TABLE rule_set_moves (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  time_ms INTEGER NOT NULL,
  act TEXT NOT NULL,
  version INTEGER NOT NULL,
  by_whom TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;
