-- Coarser sums, so that a year by category costs what a month costs.

-- Under what time counts: a class and a category, '' for none. The text stands here only.
CREATE TABLE heading (
  id INTEGER PRIMARY KEY,
  class TEXT NOT NULL CHECK (class IN ('signal', 'noise', 'neutral', 'afk')),
  category TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX heading_text ON heading (category, class);
-- Rollups of the timeline by UTC hour and by UTC day, in milliseconds.
CREATE TABLE rollup_heading (
  width_ms INTEGER NOT NULL CHECK (width_ms IN (3600000, 86400000)),
  bucket_ms INTEGER NOT NULL,
  heading_id INTEGER NOT NULL,
  ms INTEGER NOT NULL,
  PRIMARY KEY (width_ms, bucket_ms, heading_id)
) STRICT, WITHOUT ROWID;

INSERT INTO heading (class, category)
  SELECT DISTINCT class, coalesce(category, '') FROM subject
  WHERE id IN (SELECT subject_id FROM rollup_subject);
INSERT INTO rollup_heading
  SELECT 3600000, r.bucket_ms - r.bucket_ms % 3600000, h.id, sum(r.ms) FROM rollup_subject r
  JOIN subject s ON s.id = r.subject_id
  JOIN heading h ON h.category = coalesce(s.category, '') AND h.class = s.class
  GROUP BY 2, 3;
INSERT INTO rollup_heading
  SELECT 86400000, bucket_ms - bucket_ms % 86400000, heading_id, sum(ms) FROM rollup_heading
  GROUP BY 2, 3;
