/** How something is, as a sign and a word. */
export type Mark = "ok" | "warn" | "fail" | "off" | "starting";

const WORDS: Record<Mark, string> = {
  ok: "OK",
  warn: "Look",
  fail: "Wrong",
  off: "Off",
  starting: "Starting",
};

const SHAPES: Record<Mark, string> = {
  ok: "M2 6.5l3 3 5-7",
  warn: "M6 2v5M6 9.5v.5",
  fail: "M2.5 2.5l7 7M9.5 2.5l-7 7",
  off: "M2.5 6h7",
  starting: "M2.5 6h.01M6 6h.01M9.5 6h.01",
};

/** The sign tells by its shape and the word by itself: the colour only helps. */
export function StatusMark({ mark, word = WORDS[mark] }: { mark: Mark; word?: string }) {
  return (
    <span class={`status status-${mark}`}>
      <svg viewBox="0 0 12 12" aria-hidden="true" focusable="false">
        <path d={SHAPES[mark]} />
      </svg>
      {word}
    </span>
  );
}
