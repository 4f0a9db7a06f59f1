import type { ComponentChildren } from "preact";

interface EmptyProps {
  readonly heading: string;
  /** What to do, or when there will be something. */
  readonly children?: ComponentChildren;
}

/** What stands where there is nothing to show yet. */
export function Empty({ heading, children }: EmptyProps) {
  return (
    <div class="empty">
      <p class="empty-heading">{heading}</p>
      {children !== undefined && <p class="quiet">{children}</p>}
    </div>
  );
}
