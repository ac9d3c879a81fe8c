-- Windows of the embedded store: what the values of a series were over a minute, a quarter, an hour. The same series_id as in points.
CREATE TABLE rollup_1m (
  series_id INTEGER NOT NULL,
  ts INTEGER NOT NULL,
  mean REAL NOT NULL,
  min REAL NOT NULL,
  max REAL NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (series_id, ts)
) STRICT, WITHOUT ROWID;

CREATE TABLE rollup_15m (
  series_id INTEGER NOT NULL,
  ts INTEGER NOT NULL,
  mean REAL NOT NULL,
  min REAL NOT NULL,
  max REAL NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (series_id, ts)
) STRICT, WITHOUT ROWID;

CREATE TABLE rollup_1h (
  series_id INTEGER NOT NULL,
  ts INTEGER NOT NULL,
  mean REAL NOT NULL,
  min REAL NOT NULL,
  max REAL NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (series_id, ts)
) STRICT, WITHOUT ROWID;

-- Windows to be made anew, written with the values that make them so. Series 0: all series.
CREATE TABLE rollup_dirty (
  level INTEGER NOT NULL,
  window_ms INTEGER NOT NULL,
  series_id INTEGER NOT NULL,
  PRIMARY KEY (level, window_ms, series_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX rollup_dirty_by_series ON rollup_dirty (series_id, level, window_ms);
INSERT INTO rollup_dirty
  SELECT DISTINCT 1, ts - (ts % 60000 + 60000) % 60000, series_id FROM points JOIN series ON id = series_id
  WHERE measurement IN ('telemetry', 'climate') AND kind = 0;

-- Up to when a series is let go of: level 0 its values, else its windows.
CREATE TABLE pruned (
  series_id INTEGER NOT NULL,
  level INTEGER NOT NULL,
  until_ms INTEGER NOT NULL,
  PRIMARY KEY (series_id, level)
) STRICT, WITHOUT ROWID;

-- The same as rollup_dirty for a database behind, by the key of the series.
CREATE TABLE rollup_notes (
  level INTEGER NOT NULL,
  window_ms INTEGER NOT NULL,
  series TEXT NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (level, window_ms, series)
) STRICT, WITHOUT ROWID;
