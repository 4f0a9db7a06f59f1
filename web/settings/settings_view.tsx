import { useEffect, useRef } from "preact/hooks";
import type { Api } from "../api.ts";
import { ViewLink } from "../components/view_link.tsx";
import { query } from "../router.ts";
import { keepFocusIn } from "./keep_focus.ts";
import { sectionNamed, SECTIONS } from "./sections.ts";

/** The settings, a section at a time; the address says which. */
export function SettingsView({ api }: { api: Api }) {
  const { name, title, lead, Section } = sectionNamed(query.value.get("section"));
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => root.current ? keepFocusIn(root.current) : undefined, []);
  return (
    <div ref={root} class="settings">
      <h1 class="page-title">
        <span class="only-heard">Settings:</span> {title}
      </h1>
      <nav class="tabs" aria-label="Settings">
        <ul>
          {SECTIONS.map((section) => (
            <li key={section.name}>
              <ViewLink
                to="settings"
                query={{ section: section.name }}
                isCurrent={section.name === name}
              >
                {section.title}
              </ViewLink>
            </li>
          ))}
        </ul>
      </nav>
      <p class="lead settings-lead">{lead}</p>
      <Section key={name} api={api} />
    </div>
  );
}
