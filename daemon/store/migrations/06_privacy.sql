-- Entries by hand and their undoing, notes, pauses, screenshots, and what is being erased.

-- A subject that was entered by hand has the class that was given with it; no rule judges it.
DROP INDEX subject_text;
DROP INDEX subject_rules;
ALTER TABLE subject ADD COLUMN by_hand INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX subject_text ON subject (app, title, url) WHERE id > 0 AND by_hand = 0;
CREATE UNIQUE INDEX subject_by_hand ON subject (app, title, url, class, coalesce(category, '')) WHERE by_hand = 1;
CREATE INDEX subject_rules ON subject (rules) WHERE id > 0 AND by_hand = 0;

-- The table of events anew, as a source is added to its check.
CREATE TABLE event_new (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL CHECK (source IN ('window', 'afk', 'phone', 'manual')),
  device TEXT NOT NULL,
  subject_id INTEGER NOT NULL REFERENCES subject (id),
  start_ms INTEGER NOT NULL,
  end_ms INTEGER NOT NULL CHECK (end_ms BETWEEN start_ms AND start_ms + 86400000),
  utc_offset_min INTEGER NOT NULL,
  -- 0: the event as it was recorded; else a piece of the one in `event_whole`.
  whole_id INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO event_new SELECT id, source, device, subject_id, start_ms, end_ms, utc_offset_min, 0 FROM event;
DROP TABLE event;
ALTER TABLE event_new RENAME TO event;
CREATE UNIQUE INDEX event_identity ON event (source, device, start_ms, subject_id, whole_id);
CREATE INDEX event_whole_of ON event (whole_id) WHERE whole_id > 0;
CREATE INDEX event_start ON event (start_ms, id);
-- No event lasts longer than a day: whatever covers a moment ends within a day of it.
CREATE INDEX event_end ON event (end_ms, start_ms);
-- A subject goes when its last event does.
CREATE INDEX event_subject ON event (subject_id);

-- Events of which edits hide a part, or all, as they were recorded; ids are shared with `event`.
CREATE TABLE event_whole (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  device TEXT NOT NULL,
  subject_id INTEGER NOT NULL REFERENCES subject (id),
  start_ms INTEGER NOT NULL,
  end_ms INTEGER NOT NULL,
  utc_offset_min INTEGER NOT NULL
) STRICT;
CREATE INDEX event_whole_identity ON event_whole (source, device, start_ms, subject_id);
CREATE INDEX event_whole_start ON event_whole (start_ms, id);
CREATE INDEX event_whole_subject ON event_whole (subject_id);
-- What is hidden of them, and by which edit; it stays hidden when the edit is forgotten.
CREATE TABLE event_hidden (
  whole_id INTEGER NOT NULL,
  edit_id INTEGER NOT NULL,
  start_ms INTEGER NOT NULL,
  end_ms INTEGER NOT NULL,
  PRIMARY KEY (whole_id, start_ms, edit_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_hidden_edit ON event_hidden (edit_id);

-- What somebody wrote down about a moment, or a span.
CREATE TABLE note (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  start_ms INTEGER NOT NULL,
  end_ms INTEGER CHECK (end_ms > start_ms),
  text TEXT NOT NULL
) STRICT;
CREATE INDEX note_start ON note (start_ms);

-- Changes by hand, each with what it takes to undo it.
CREATE TABLE edit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at_ms INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('add', 'change', 'delete', 'note')),
  -- The time that it touched.
  start_ms INTEGER NOT NULL,
  end_ms INTEGER NOT NULL CHECK (end_ms >= start_ms),
  -- JSON: what was asked for; the notes that it took away; the ids of events, or the notes, that it put there.
  request TEXT NOT NULL,
  removed TEXT NOT NULL,
  added TEXT NOT NULL,
  undone_ms INTEGER
) STRICT;
CREATE INDEX edit_end ON edit (end_ms, start_ms);

-- Times in which nothing was to be recorded. The end is what was planned, or what it came to; NULL: until told.
CREATE TABLE pause (
  start_ms INTEGER PRIMARY KEY,
  end_ms INTEGER CHECK (end_ms >= start_ms),
  -- 1: until a time of the clock; 0: for a length of time.
  by_clock INTEGER NOT NULL CHECK (by_clock IN (0, 1)),
  -- 1: it goes on.
  running INTEGER NOT NULL CHECK (running IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX pause_running ON pause (running) WHERE running = 1;

CREATE TABLE screenshot (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at_ms INTEGER NOT NULL,
  reason TEXT NOT NULL CHECK (reason IN ('noise', 'interval', 'command')),
  -- The event in front; it may be gone since.
  event_id INTEGER,
  -- As the display names it.
  monitor TEXT NOT NULL,
  width_px INTEGER NOT NULL,
  height_px INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 BLOB NOT NULL,
  -- Below the folder of screenshots.
  file TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX screenshot_at ON screenshot (at_ms);

-- What was to be erased, and where that is still to be done.
CREATE TABLE erasure (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  asked_ms INTEGER NOT NULL,
  -- JSON: what is erased; NULL once nothing is pending, as it may name what is gone.
  request TEXT,
  events INTEGER NOT NULL,
  done_ms INTEGER,
  CHECK ((request IS NULL) = (done_ms IS NOT NULL))
) STRICT;
CREATE TABLE erasure_pending (
  erasure_id INTEGER NOT NULL REFERENCES erasure (id),
  -- A file, or 'redis'.
  place TEXT NOT NULL,
  tried_ms INTEGER,
  error TEXT,
  PRIMARY KEY (erasure_id, place)
) STRICT, WITHOUT ROWID;

-- Copies that were made at a path of the user's: erasing does not reach them.
CREATE TABLE copy_elsewhere (
  path TEXT PRIMARY KEY,
  made_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Before, what was deleted stayed in the file's unused bytes: the first erasing writes such tables anew.
INSERT INTO meta SELECT 'remnants', '1' WHERE EXISTS (SELECT 1 FROM subject WHERE id > 0)
  OR EXISTS (SELECT 1 FROM message) OR EXISTS (SELECT 1 FROM setting) OR EXISTS (SELECT 1 FROM phone_device)
  OR EXISTS (SELECT 1 FROM block) OR EXISTS (SELECT 1 FROM rule);
