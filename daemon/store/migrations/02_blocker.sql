-- Blocks: what is blocked when, by whom, why, and how it ended; the user's lists and schedules.

CREATE TABLE block (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  actor TEXT NOT NULL CHECK (actor IN ('user', 'schedule', 'phone', 'loop')),
  reason TEXT,
  start_ms INTEGER NOT NULL,
  -- When it is to end by the wall clock; a strict one's moves along when that is set, be it before the start.
  end_ms INTEGER NOT NULL,
  strict INTEGER NOT NULL,
  -- JSON arrays: the lists by name, and the names asked for besides.
  lists TEXT NOT NULL,
  domains TEXT NOT NULL,
  name_count INTEGER NOT NULL,
  -- How long it is to last, how much of that had gone by when the two clocks were last written down, and
  -- what they said: the wall clock, and the time since the machine was started.
  length_ms INTEGER NOT NULL CHECK (length_ms > 0),
  elapsed_ms INTEGER NOT NULL,
  seen_wall_ms INTEGER NOT NULL,
  seen_up_ms INTEGER NOT NULL,
  -- When an emergency was declared, and how long one had waited for its end when the clocks were written.
  emergency_ms INTEGER,
  emergency_waited_ms INTEGER,
  ended_ms INTEGER,
  ended TEXT CHECK (ended IN ('time', 'user', 'emergency', 'overdue', 'replaced', 'failed', 'elsewhere')),
  -- Every name that was written down, a line each; NULL once it has ended. The last column: megabytes that
  -- the others are read without.
  names TEXT,
  CHECK ((ended_ms IS NULL) = (ended IS NULL))
) STRICT;
-- At most one runs.
CREATE UNIQUE INDEX block_running ON block ((1)) WHERE ended IS NULL;

-- The user's lists: names, a line each, or the path of a file that holds them.
CREATE TABLE block_list (
  name TEXT PRIMARY KEY,
  path TEXT,
  domains TEXT,
  domain_count INTEGER NOT NULL,
  CHECK ((path IS NULL) <> (domains IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE block_schedule (
  position INTEGER PRIMARY KEY,
  schedule TEXT NOT NULL
) STRICT;
