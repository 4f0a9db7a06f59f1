const PATHS = {
  up: "M6 10V2M2.5 5.5L6 2l3.5 3.5",
  down: "M6 2v8M2.5 6.5L6 10l3.5-3.5",
  grip: "M4 2.5h.01M8 2.5h.01M4 6h.01M8 6h.01M4 9.5h.01M8 9.5h.01",
} as const;

/** An arrow, or what a row is dragged by. */
export function MoveGlyph({ kind }: { kind: keyof typeof PATHS }) {
  return (
    <svg class={`move-glyph move-${kind}`} viewBox="0 0 12 12" aria-hidden="true" focusable="false">
      <path d={PATHS[kind]} />
    </svg>
  );
}
