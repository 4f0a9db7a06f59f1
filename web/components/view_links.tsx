import { followLink, type View, view, VIEWS } from "../router.ts";

const NAMES: Record<View, string> = { today: "Today", focus: "Focus" };

/** The ways to the views. */
export function ViewLinks() {
  return (
    <nav class="views" aria-label="Views">
      {(Object.keys(VIEWS) as View[]).map((name) => (
        <a
          key={name}
          href={VIEWS[name]}
          aria-current={view.value === name ? "page" : undefined}
          onClick={(event: MouseEvent) => followLink(event, name)}
        >
          {NAMES[name]}
        </a>
      ))}
    </nav>
  );
}
