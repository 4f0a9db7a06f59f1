import { ForeignText } from "../components/foreign_text.tsx";
import { ViewLink } from "../components/view_link.tsx";
import type { WireBlockMeans } from "./wire.ts";

/** That nothing can be blocked here as things are, and the way to what helps. */
export function HindranceNote({ means }: { means: WireBlockMeans }) {
  const [found] = means.checks;
  return (
    <p class="notice notice-degraded">
      <strong>Nothing can be blocked here yet</strong>
      {found !== undefined && <ForeignText text={found.detail} />}
      <ViewLink to="block" query={{ section: "check" }}>What to do</ViewLink>
    </p>
  );
}
