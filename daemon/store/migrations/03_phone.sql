-- Phones, what they told, and what of it has entered the events.

CREATE TABLE phone_device (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  -- The key of its signatures, hex; '' once it is revoked.
  secret TEXT NOT NULL,
  -- 1: it may send its secret instead of signing with it, by TLS only.
  bearer INTEGER NOT NULL,
  paired_ms INTEGER NOT NULL,
  revoked_ms INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE phone_heartbeat (
  id INTEGER PRIMARY KEY,
  device TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  received_ms INTEGER NOT NULL,
  screen_on INTEGER NOT NULL,
  -- '' when the phone does not say.
  app TEXT NOT NULL,
  -- What was signed besides, as JSON; NULL when there was nothing.
  extra TEXT,
  -- The first 16 bytes of the HMAC of its canonical JSON.
  digest BLOB NOT NULL
) STRICT;
-- The judge of replays: what is signed holds the time, so that the same digest has the same time.
CREATE UNIQUE INDEX phone_heartbeat_once ON phone_heartbeat (device, at_ms, digest);
-- Up to which heartbeat they have entered the events.
INSERT INTO meta VALUES ('phone_derived', '0');

-- Pairing tokens and commands that were used: each counts once.
CREATE TABLE phone_used (
  digest BLOB PRIMARY KEY,
  until_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
