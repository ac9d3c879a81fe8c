-- What a farm may have had in a data folder of format 4, put in after the migrations up to that format.
INSERT INTO series (id, key, measurement, field, kind, tags) VALUES
  (1, 'telemetry,device=climate-1,site=t1,zone=gh1', 'telemetry', 'co2', 0, '{"site":"t1","zone":"gh1","device":"climate-1"}'),
  (2, 'quality,check=range,device=climate-1,site=t1,zone=gh1', 'quality', 'detail', 1, '{"site":"t1","zone":"gh1","device":"climate-1","check":"range"}');
INSERT INTO points (series_id, ts, value) VALUES (1, 1790000000000, 410), (1, 1790000010000, 412.5);
INSERT INTO texts (series_id, ts, value) VALUES (2, 1790000010000, 'Too much.');
INSERT INTO quarantine (received_ms, topic, payload, size, reason, detail, account) VALUES
  (1790000000000, x'6661726d2f74312f782f74656c656d65747279', x'7b7d', 2, 'UnknownDevice', 'No device of the farm has this address.', 'unclaimed');
INSERT INTO ledger (account, received, stored, duplicate, quarantined, late, flagged) VALUES ('t1/climate-1', 5, 2, 3, 0, 1, 1), ('unclaimed', 1, 0, 0, 1, 0, 0);
INSERT INTO commands (id, site, zone, controller, actuator, target, seq, issued, expires, reason, stage, detail, is_open) VALUES
  ('0199a0a0-0000-7000-8000-000000000001', 't1', 'gh1', 'ctrl-1', 'roof_vent', 60, 1, '2026-09-21T13:33:20.0000000Z', '2026-09-21T13:33:50.0000000Z', 'rule vent-on-heat', 'Succeeded', '', 0);
INSERT INTO rule_states (site, zone, state, saved_ms) VALUES ('t1', 'gh1', x'01', 1790000000000);
INSERT INTO sequences (account, highest, seen, time_ms) VALUES ('t1/climate-1', 4711, 7, 1790000010000);
INSERT INTO rollup_1m (series_id, ts, mean, min, max, count) VALUES (1, 1789999980000, 411.25, 410, 412.5, 2);
INSERT INTO rollup_dirty (level, window_ms, series_id) VALUES (2, 1789999200000, 1);
INSERT INTO pruned (series_id, level, until_ms) VALUES (1, 0, 1789981200000);
