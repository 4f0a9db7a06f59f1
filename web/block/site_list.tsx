import { useSignal } from "@preact/signals";
import { ForeignText } from "../components/foreign_text.tsx";
import { matching } from "./site_input.ts";
import { countWords } from "./words.ts";

interface SiteListProps {
  /** What they are, for the list's and the search's name. */
  readonly label: string;
  readonly sites: readonly string[];
  /** Left out: they are only to be seen. */
  readonly onRemove?: (site: string) => void;
}

/** A list of somebody's may hold 150 000 names: more than this are searched, not scrolled. */
const SHOWN = 100;
const SEARCH_FROM = 12;

/** Names of sites, to look through and to take away. */
export function SiteList({ label, sites, onRemove }: SiteListProps) {
  const search = useSignal("");
  const found = matching(sites, search.value);
  const rest = found.length - SHOWN;
  return (
    <>
      {sites.length > SEARCH_FROM && (
        <input
          type="search"
          class="site-search"
          aria-label={`Search in ${label}`}
          placeholder="Search"
          value={search.value}
          onInput={(event: InputEvent & { currentTarget: HTMLInputElement }) =>
            search.value = event.currentTarget.value}
        />
      )}
      <ul class="site-list" aria-label={label}>
        {found.slice(0, SHOWN).map((site) => (
          <li key={site} class="chip">
            <ForeignText text={site} />
            {onRemove && (
              <button
                type="button"
                class="site-remove"
                aria-label={`Remove ${site}`}
                onClick={() => onRemove(site)}
              >
                <svg viewBox="0 0 12 12" aria-hidden="true" focusable="false">
                  <path d="M3 3l6 6M9 3l-6 6" />
                </svg>
              </button>
            )}
          </li>
        ))}
      </ul>
      {rest > 0 && <p class="quiet">and {countWords(rest, "more site")}; search to see them</p>}
      {found.length === 0 && <p class="quiet" role="status">No site matches.</p>}
    </>
  );
}
