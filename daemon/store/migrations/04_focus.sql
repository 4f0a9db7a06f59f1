-- Focus sessions: what a camera saw of somebody's attention, as spans and sums; nothing of a picture.

CREATE TABLE focus_session (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  -- 'file': a film that was looked at afterwards; it never runs.
  source TEXT NOT NULL CHECK (source IN ('browser', 'terminal', 'file')),
  -- The camera's label.
  camera TEXT NOT NULL,
  start_ms INTEGER NOT NULL,
  -- The end of its last span; its start while it has none.
  end_ms INTEGER NOT NULL CHECK (end_ms >= start_ms),
  planned_minutes REAL,
  -- NULL: it runs. 'lost': nothing more was heard of it; what comes late takes it up again.
  how TEXT CHECK (how IN ('ended', 'lost')),
  -- The number of the last batch of spans that is in it.
  sequence INTEGER NOT NULL,
  total_ms INTEGER NOT NULL,
  focused_ms INTEGER NOT NULL,
  unfocused_ms INTEGER NOT NULL,
  no_face_ms INTEGER NOT NULL,
  uncertain_ms INTEGER NOT NULL,
  breaks INTEGER NOT NULL,
  longest_streak_ms INTEGER NOT NULL,
  -- How the counting goes on, as JSON.
  tally TEXT NOT NULL,
  CHECK (total_ms = focused_ms + unfocused_ms + no_face_ms + uncertain_ms)
) STRICT;
-- At most one runs.
CREATE UNIQUE INDEX focus_running ON focus_session ((1)) WHERE how IS NULL;
CREATE INDEX focus_session_start ON focus_session (start_ms);
CREATE INDEX focus_session_end ON focus_session (end_ms, start_ms);

-- In order within a session, neighbours of one state joined while that is at most an hour.
CREATE TABLE focus_span (
  session_id INTEGER NOT NULL REFERENCES focus_session (id),
  start_ms INTEGER NOT NULL,
  end_ms INTEGER NOT NULL CHECK (end_ms > start_ms AND end_ms <= start_ms + 3600000),
  state TEXT NOT NULL CHECK (state IN ('focused', 'unfocused', 'no_face', 'uncertain')),
  PRIMARY KEY (session_id, start_ms)
) STRICT, WITHOUT ROWID;
-- No span is longer than an hour: whatever covers a moment ends within an hour of it.
CREATE INDEX focus_span_end ON focus_span (end_ms);

-- Rollup by UTC quarter of an hour, in milliseconds.
CREATE TABLE rollup_focus (
  bucket_ms INTEGER PRIMARY KEY,
  focused_ms INTEGER NOT NULL,
  unfocused_ms INTEGER NOT NULL,
  no_face_ms INTEGER NOT NULL,
  uncertain_ms INTEGER NOT NULL
) STRICT;
-- What the resolved timeline had in front during a session, by state.
CREATE TABLE rollup_focus_subject (
  session_id INTEGER NOT NULL,
  subject_id INTEGER NOT NULL,
  focused_ms INTEGER NOT NULL,
  unfocused_ms INTEGER NOT NULL,
  no_face_ms INTEGER NOT NULL,
  uncertain_ms INTEGER NOT NULL,
  PRIMARY KEY (session_id, subject_id)
) STRICT, WITHOUT ROWID;
-- Sums over a year go by subject: in this order they need no sorting.
CREATE INDEX rollup_focus_subject_sum ON rollup_focus_subject (subject_id, session_id, focused_ms, unfocused_ms);

-- How a person looks straight at the screen, as a camera sees it.
CREATE TABLE focus_calibration (
  camera TEXT PRIMARY KEY,
  neutral_yaw_deg REAL NOT NULL,
  neutral_pitch_deg REAL NOT NULL,
  -- How open the eyes usually are, 0..1.
  open_level REAL NOT NULL,
  -- JSON: directions that count as the screen too.
  zones TEXT NOT NULL,
  set_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
