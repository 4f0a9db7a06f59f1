import type { ComponentChildren } from "preact";
import { addressOf, followLink, type Query, type View } from "../router.ts";

interface ViewLinkProps {
  readonly to: View;
  /** What the address says behind its "?". */
  readonly query?: Query;
  readonly class?: string;
  readonly label?: string;
  /** It leads to what is shown already. */
  readonly isCurrent?: boolean;
  readonly children: ComponentChildren;
}

/** A link to a view, followed without loading the page again. */
export function ViewLink(
  { to, query, class: className, label, isCurrent, children }: ViewLinkProps,
) {
  return (
    <a
      class={className}
      href={addressOf(to, query)}
      aria-label={label}
      aria-current={isCurrent ? "page" : undefined}
      onClick={(event: MouseEvent) => followLink(event, to, query)}
    >
      {children}
    </a>
  );
}
