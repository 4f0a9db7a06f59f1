import { type View, view, VIEWS } from "../router.ts";
import { VIEW_WORDS } from "../words.ts";
import { ViewLink } from "./view_link.tsx";

/** The ways to the views. */
export function ViewLinks() {
  return (
    <nav class="views" aria-label="Views">
      {(Object.keys(VIEWS) as View[]).map((name) => (
        <ViewLink key={name} to={name} isCurrent={view.value === name}>
          {VIEW_WORDS[name]}
        </ViewLink>
      ))}
    </nav>
  );
}
