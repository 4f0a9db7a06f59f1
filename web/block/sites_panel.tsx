import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { Field } from "../components/field.tsx";
import { Panel } from "../components/panel.tsx";
import { useKeptFocus } from "../use_kept_focus.ts";
import { addSites, removeSite, type RunChange, type SiteKind } from "./domains_change.ts";
import { readSites, sitesProblem } from "./site_input.ts";
import { SiteList } from "./site_list.tsx";
import { countWords } from "./words.ts";

interface SitesPanelProps {
  readonly heading: string;
  readonly about: string;
  /** Said while there are none. */
  readonly empty: string;
  readonly addLabel: string;
  readonly kind: SiteKind;
  readonly sites: readonly string[];
  readonly run: RunChange;
}

/** A list of sites that one fills oneself. */
export function SitesPanel(
  { heading, about, empty, addLabel, kind, sites, run }: SitesPanelProps,
) {
  const text = useSignal("");
  const isSubmitted = useSignal(false);
  const place = useRef<HTMLDivElement>(null);
  useKeptFocus(place);
  const input = readSites(text.value);
  const isEmpty = input.sites.length === 0;
  const wrong = sitesProblem(input) ?? (isEmpty ? "Name a site, such as reddit.com." : undefined);

  const add = async (event: SubmitEvent) => {
    event.preventDefault();
    isSubmitted.value = true;
    if (wrong !== undefined) return;
    const { sites: added } = input;
    const said = added.length === 1 ? `Added ${added[0]}.` : `Added ${added.length} sites.`;
    if (!await run(addSites(kind, added), said)) return;
    text.value = "";
    isSubmitted.value = false;
  };
  return (
    <Panel
      heading={heading}
      aside={<span class="quiet">{countWords(sites.length, "site")}</span>}
    >
      <div ref={place} tabIndex={-1} class="sites">
        <p class="quiet">{about}</p>
        <form class="sites-add" onSubmit={add} noValidate>
          <Field label={addLabel} problem={isSubmitted.value ? wrong : undefined}>
            <input
              type="text"
              autocomplete="off"
              autocapitalize="off"
              spellcheck={false}
              placeholder="reddit.com, 9gag.com"
              value={text.value}
              onInput={(event: InputEvent & { currentTarget: HTMLInputElement }) => {
                text.value = event.currentTarget.value;
                isSubmitted.value = false;
              }}
            />
          </Field>
          <button type="submit" class="second">
            Add<span class="only-heard">: {addLabel.toLowerCase()}</span>
          </button>
        </form>
        {sites.length === 0 ? <p>{empty}</p> : (
          <SiteList
            label={heading}
            sites={sites}
            onRemove={(site) =>
              run(removeSite(kind, site), `Removed ${site}.`, addSites(kind, [site]))}
          />
        )}
      </div>
    </Panel>
  );
}
