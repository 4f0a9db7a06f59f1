import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Api } from "../../api.ts";
import { Field } from "../../components/field.tsx";
import { ForeignText } from "../../components/foreign_text.tsx";
import { Problem } from "../../components/problem.tsx";
import { useRead } from "../../use_read.ts";
import type { WireLoopConfig } from "../settings_wire.ts";
import { blocks, type DraftProblems, typedSites } from "./draft.ts";
import { PaceField } from "./pace_field.tsx";

/** Of `GET /blocker/domains`. */
interface WireLists {
  readonly lists: readonly {
    readonly name: string;
    readonly kind: string;
    readonly count: number;
  }[];
}

interface BlockFieldsProps {
  readonly api: Api;
  readonly config: WireLoopConfig;
  readonly problems: DraftProblems;
  readonly onChange: (config: WireLoopConfig) => void;
}

/** What a block of the loop is like, for rules that may block. */
export function BlockFields({ api, config, problems, onChange }: BlockFieldsProps) {
  const { block } = config;
  const { data, problem, again } = useRead<WireLists>(api, "/blocker/domains");
  const sites = useSignal(block.domains.join("\n"));
  const joined = block.domains.join("\n");
  useEffect(() => {
    if (typedSites(sites.peek()).join("\n") !== joined) sites.value = joined;
  }, [joined]);
  const change = (part: Partial<WireLoopConfig["block"]>) =>
    onChange({ ...config, block: { ...block, ...part } });
  const offered = data?.lists.filter(({ kind }) => kind !== "allowed") ?? [];
  const names = [...new Set([...offered.map(({ name }) => name), ...block.lists])];
  const own = offered.find(({ kind }) => kind === "own")?.name;
  return (
    <div class="form">
      {!blocks(config) && (
        <p class="quiet hint">No rule blocks now: tick “Block” at a rule for this to matter.</p>
      )}
      <div class="pace">
        <PaceField
          label="A block lasts"
          hint="up to 240"
          value={block.minutes}
          problem={problems["block.minutes"]}
          onChange={(minutes) => change({ minutes })}
        />
        <PaceField
          label="At most"
          hint="blocks a day, up to 50"
          unit=""
          value={block.most_a_day}
          problem={problems["block.most_a_day"]}
          onChange={(most_a_day) => change({ most_a_day })}
        />
      </div>
      <Problem of={problem} doing="read the lists of sites" again={again} />
      {names.length > 0 && (
        <fieldset class="choices">
          <legend>Lists</legend>
          {names.map((name) => (
            <label key={name}>
              <input
                type="checkbox"
                checked={block.lists.includes(name)}
                onChange={(event: Event & { currentTarget: HTMLInputElement }) =>
                  change({
                    lists: event.currentTarget.checked
                      ? [...block.lists, name]
                      : block.lists.filter((each) => each !== name),
                  })}
              />
              {name === own ? "Your own sites" : <ForeignText text={name} />}
            </label>
          ))}
        </fieldset>
      )}
      <Field
        label="Sites"
        hint="One a line. With neither lists nor sites, the usual ones are blocked."
        problem={problems["block.domains"]}
      >
        <textarea
          rows={3}
          spellcheck={false}
          autocapitalize="off"
          value={sites.value}
          onInput={(event: InputEvent & { currentTarget: HTMLTextAreaElement }) => {
            sites.value = event.currentTarget.value;
            change({ domains: typedSites(sites.value) });
          }}
        />
      </Field>
    </div>
  );
}
