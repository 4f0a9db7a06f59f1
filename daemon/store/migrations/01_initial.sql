-- What is observed, how it is judged, the resolved timeline, and the rollups made from it.
-- Times are integer milliseconds since 1970-01-01T00:00:00Z; '' stands for an absent text.

CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One row a distinct (app, title, url): it is classified once, and the class stands only here.
CREATE TABLE subject (
  id INTEGER PRIMARY KEY,
  app TEXT NOT NULL,
  title TEXT NOT NULL,
  url TEXT NOT NULL,
  class TEXT NOT NULL CHECK (class IN ('signal', 'noise', 'neutral', 'afk')),
  category TEXT,
  -- Version of the rules that judged it; another than the current one: to be judged again.
  rules TEXT NOT NULL
) STRICT;
-- Row 0 is AFK; the index leaves it out, so that an event without any text is another subject.
INSERT INTO subject VALUES (0, '', '', '', 'afk', NULL, '');
CREATE UNIQUE INDEX subject_text ON subject (app, title, url) WHERE id > 0;
CREATE INDEX subject_rules ON subject (rules) WHERE id > 0;

CREATE TABLE event (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL CHECK (source IN ('window', 'afk', 'phone')),
  device TEXT NOT NULL,
  subject_id INTEGER NOT NULL REFERENCES subject (id),
  start_ms INTEGER NOT NULL,
  end_ms INTEGER NOT NULL CHECK (end_ms BETWEEN start_ms AND start_ms + 86400000),
  utc_offset_min INTEGER NOT NULL
) STRICT;
-- What makes two events the same one: an import of what is there adds nothing.
CREATE UNIQUE INDEX event_identity ON event (source, device, start_ms, subject_id);
CREATE INDEX event_start ON event (start_ms, id);
-- No event lasts longer than a day: whatever covers a moment ends within a day of it.
CREATE INDEX event_end ON event (end_ms, start_ms);
CREATE INDEX event_phone_subject ON event (subject_id) WHERE source = 'phone';

-- Every moment is in at most one row.
CREATE TABLE timeline (
  start_ms INTEGER PRIMARY KEY,
  end_ms INTEGER NOT NULL CHECK (end_ms > start_ms),
  event_id INTEGER NOT NULL,
  subject_id INTEGER NOT NULL
) STRICT;

-- Rollups by UTC quarter of an hour, in milliseconds.
CREATE TABLE rollup_class (
  bucket_ms INTEGER PRIMARY KEY,
  signal_ms INTEGER NOT NULL,
  noise_ms INTEGER NOT NULL,
  neutral_ms INTEGER NOT NULL,
  afk_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE rollup_subject (
  bucket_ms INTEGER NOT NULL,
  subject_id INTEGER NOT NULL,
  ms INTEGER NOT NULL,
  PRIMARY KEY (bucket_ms, subject_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX rollup_subject_subject ON rollup_subject (subject_id, bucket_ms, ms);
-- What each source saw by itself, before the timeline is resolved.
CREATE TABLE rollup_source (
  bucket_ms INTEGER NOT NULL,
  source TEXT NOT NULL,
  device TEXT NOT NULL,
  subject_id INTEGER NOT NULL,
  ms INTEGER NOT NULL,
  PRIMARY KEY (bucket_ms, source, device, subject_id)
) STRICT, WITHOUT ROWID;

-- The user's rules, first match first; `rule` is the JSON of one.
CREATE TABLE rule (
  position INTEGER PRIMARY KEY,
  rule TEXT NOT NULL
) STRICT;
