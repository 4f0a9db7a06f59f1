import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface PanelProps {
  readonly heading: ComponentChildren;
  /** What stands at the end of the heading's line. */
  readonly aside?: ComponentChildren;
  readonly class?: string;
  /** What it shows is being read anew. */
  readonly isBusy?: boolean;
  readonly children: ComponentChildren;
}

/** A part of a view under its own heading. */
export function Panel({ heading, aside, class: className = "", isBusy, children }: PanelProps) {
  const id = useId();
  return (
    <section class={`panel ${className}`} aria-labelledby={id} aria-busy={isBusy || undefined}>
      <div class="panel-head">
        <h2 id={id}>{heading}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
