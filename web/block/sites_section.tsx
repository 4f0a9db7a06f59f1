import { useSignal } from "@preact/signals";
import type { Api } from "../api.ts";
import { Problem } from "../components/problem.tsx";
import { useRead } from "../use_read.ts";
import { useWrite } from "../use_write.ts";
import { ListsPanel } from "./lists_panel.tsx";
import { changeDomains, type DomainsChange } from "./domains_change.ts";
import { SitesPanel } from "./sites_panel.tsx";
import type { WireDomains } from "./wire.ts";

/** One's own sites, those never to be blocked, and the lists. */
export function SitesSection({ api }: { api: Api }) {
  const { data, problem, again } = useRead<WireDomains>(api, "/blocker/domains", { on: ["block"] });
  const write = useWrite();
  /** What of a list file could not be used is said in the reply alone. */
  const notes = useSignal<ReadonlyMap<string, string>>(new Map());

  const run = async (change: DomainsChange, said: string, undo?: DomainsChange) => {
    const done = await write.run(
      () => changeDomains(api, change),
      undo === undefined ? said : () => ({
        text: said,
        action: { label: "Undo", run: () => void run(undo, "It is back.") },
      }),
    );
    if (done === undefined) return false;
    notes.value = new Map(
      done.lists.flatMap(({ name, note }) => note === null ? [] : [[name, note]]),
    );
    again();
    return true;
  };
  return (
    <div class="page two-columns">
      <div class="whole block-problems">
        <Problem of={problem} doing="read your sites" again={again} />
        <Problem of={write.problem} doing="change them" />
      </div>
      {data !== undefined && (
        <>
          <SitesPanel
            heading="Your sites"
            about="Blocked when nothing else is named."
            empty="None yet: social networks and video are blocked in their place."
            addLabel="Block these sites"
            kind="blocked"
            sites={data.blocked}
            run={run}
          />
          <SitesPanel
            heading="Never blocked"
            about="These stay reachable, whatever list holds them."
            empty="None yet."
            addLabel="Never block these sites"
            kind="allowed"
            sites={data.allowed}
            run={run}
          />
          <ListsPanel api={api} lists={data.lists} notes={notes.value} run={run} />
        </>
      )}
      <p class="quiet whole">Changes hold from the next block on.</p>
    </div>
  );
}
