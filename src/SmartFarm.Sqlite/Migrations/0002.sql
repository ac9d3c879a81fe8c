ALTER TABLE ledger ADD COLUMN missing INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ledger ADD COLUMN refused_by_store INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ledger ADD COLUMN evicted INTEGER NOT NULL DEFAULT 0;

-- The running numbers of devices. Bit i of seen: highest - i has come.
CREATE TABLE sequences (
  account TEXT PRIMARY KEY,
  highest INTEGER NOT NULL,
  seen INTEGER NOT NULL,
  time_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Rows that the database refused are counted with the insertion that keeps them, whoever makes it.
CREATE TRIGGER quarantine_refused AFTER INSERT ON quarantine WHEN NEW.reason = 'RefusedByStore' BEGIN
  INSERT INTO ledger (account, received, stored, duplicate, quarantined, late, flagged, refused_by_store) VALUES (NEW.account, 0, 0, 0, 0, 0, 0, 1)
  ON CONFLICT (account) DO UPDATE SET refused_by_store = refused_by_store + 1;
END;
