interface StateMarkProps {
  readonly kind: "good" | "bad" | "wait" | "off";
  readonly children: string;
}

const SHAPES = {
  good: "M2.5 6.5l2.5 2.5 4.5-5.5",
  bad: "M3 3l6 6M9 3l-6 6",
  wait: "M6 1.5a4.5 4.5 0 1 1-.01 0M6 3.75v2.5l1.75 1",
  off: "M3 6h6",
} as const;

/** How something stands, in a shape, a colour and a word. */
export function StateMark({ kind, children }: StateMarkProps) {
  return (
    <span class={`state-mark state-${kind}`}>
      <svg viewBox="0 0 12 12" aria-hidden="true" focusable="false">
        <path d={SHAPES[kind]} />
      </svg>
      {children}
    </span>
  );
}
