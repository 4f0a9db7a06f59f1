import { useComputed, useSignal } from "@preact/signals";
import type { Api } from "../api.ts";
import { Empty } from "../components/empty.tsx";
import { Panel } from "../components/panel.tsx";
import { Problem } from "../components/problem.tsx";
import { query, setQuery } from "../router.ts";
import { useRead } from "../use_read.ts";
import { packGroups, searchPack } from "./pack.ts";
import { PackGroupRow } from "./pack_group.tsx";
import { counted } from "./rule_words.ts";
import type { Rule } from "./wire.ts";

/** The rules that come with the program, to be read and searched; read when somebody opens them. */
export function DefaultPack({ api }: { api: Api }) {
  const isOpen = query.value.has("pack");
  const read = useRead<readonly Rule[]>(api, isOpen ? "/rules/default" : undefined);
  const text = useSignal("");
  const rules = useSignal<readonly Rule[] | undefined>(undefined);
  rules.value = read.data;
  const groups = useComputed(() => packGroups(rules.value ?? []));
  const found = useComputed(() => searchPack(groups.value, text.value));
  const isSearched = text.value.trim() !== "";
  const names = found.value.reduce(
    (sum, group) => sum + group.names.length + group.patterns.length,
    0,
  );
  return (
    <Panel
      heading="Rules that come with the program"
      class="whole default-pack"
      isBusy={read.isReading}
      aside={
        <button
          type="button"
          class="second"
          aria-expanded={isOpen}
          onClick={() => setQuery({ pack: isOpen ? undefined : "1" }, "replace")}
        >
          {isOpen ? "Hide them" : "Show them"}
        </button>
      }
    >
      <p class="quiet">
        They know a few thousand programs and sites. They cannot be changed, but any rule of yours
        comes before them.
      </p>
      {isOpen && (
        <>
          <Problem of={read.problem} doing="read the rules of the program" again={read.again} />
          {read.data && (
            <>
              <search class="pack-search">
                <label for="pack-search">Search for a program, a site or a category</label>
                <input
                  id="pack-search"
                  type="search"
                  value={text.value}
                  autoComplete="off"
                  onInput={(event: Event & { currentTarget: HTMLInputElement }) =>
                    text.value = event.currentTarget.value}
                />
              </search>
              <p class="quiet" role="status">
                {isSearched
                  ? `${counted(names, "entry", "entries")} found`
                  : counted(names, "entry", "entries")}
              </p>
              {found.value.length === 0
                ? (
                  <Empty heading="They do not know it">
                    Make a rule of your own for it.
                  </Empty>
                )
                : (
                  <ul class="pack-groups">
                    {found.value.map((group) => (
                      <PackGroupRow
                        key={`${group.category} ${group.class}`}
                        group={group}
                        isOpen={isSearched && found.value.length <= 8}
                      />
                    ))}
                  </ul>
                )}
            </>
          )}
        </>
      )}
    </Panel>
  );
}
