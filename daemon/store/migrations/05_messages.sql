-- Messages on their way out, what is set while the program runs, and the steps that the loop took.

-- Chosen by the user, each as JSON: goals, when summaries are sent, the loop's rules.
CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The outbox: one row a channel and recipient.
CREATE TABLE message (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  channel TEXT NOT NULL CHECK (channel IN ('email', 'sms')),
  -- What it tells of: 'day 2026-01-31', 'focus 17'. The same is not told twice unless somebody asks for it again.
  topic TEXT NOT NULL,
  recipient TEXT NOT NULL,
  -- A mail's; the same for every recipient and every try.
  message_id TEXT,
  created_ms INTEGER NOT NULL,
  -- 'sending' is written before the first byte leaves: after a crash it says that nobody knows what arrived.
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'failed', 'unknown')),
  tries INTEGER NOT NULL,
  -- Not before then.
  next_ms INTEGER,
  -- When the state was reached.
  changed_ms INTEGER NOT NULL,
  -- Why the last try failed, without credentials.
  error TEXT,
  -- JSON; gone once nothing more is to be sent.
  content TEXT,
  CHECK ((state = 'waiting') = (next_ms IS NOT NULL)),
  CHECK ((state IN ('waiting', 'sending')) = (content IS NOT NULL))
) STRICT;
CREATE INDEX message_topic ON message (channel, topic, recipient);
CREATE INDEX message_open ON message (next_ms) WHERE state IN ('waiting', 'sending');

-- Focus sessions whose end is to be told.
CREATE TABLE focus_send (
  session_id INTEGER PRIMARY KEY REFERENCES focus_session (id),
  email INTEGER NOT NULL,
  sms INTEGER NOT NULL
) STRICT;

-- What the loop did, or would have done.
CREATE TABLE loop_step (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at_ms INTEGER NOT NULL,
  rule TEXT NOT NULL CHECK (rule IN ('noise', 'phone', 'unfocused', 'budget')),
  step TEXT NOT NULL CHECK (step IN ('nudge', 'stronger', 'block')),
  outcome TEXT NOT NULL CHECK (outcome IN ('taken', 'held', 'failed')),
  -- "12 of 15 minutes on reddit.com"
  explanation TEXT NOT NULL,
  -- What held it back, or why it failed.
  reason TEXT,
  answer TEXT CHECK (answer IN ('snoozed', 'blocked', 'dismissed')),
  answered_ms INTEGER,
  -- The block that it began.
  block_id INTEGER
) STRICT;
CREATE INDEX loop_step_at ON loop_step (at_ms);
