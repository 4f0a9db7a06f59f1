import { ViewLink } from "../components/view_link.tsx";
import { type Section, SECTIONS } from "./sections.ts";

/** The way between the parts of the view. */
export function SectionTabs({ current }: { current: Section }) {
  return (
    <nav class="tabs" aria-label="Parts of blocking">
      {(Object.keys(SECTIONS) as Section[]).map((section) => (
        <ViewLink
          key={section}
          to="block"
          query={{ section: section === "now" ? undefined : section }}
          isCurrent={section === current}
        >
          {SECTIONS[section]}
        </ViewLink>
      ))}
    </nav>
  );
}
