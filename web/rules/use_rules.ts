/**
 * The user's rules, and changes of them.
 * @module
 */
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Api } from "../api.ts";
import { useRead } from "../use_read.ts";
import { useWrite } from "../use_write.ts";
import { keyOf, type RulesChange, undoing } from "./change_rules.ts";
import type { Rule } from "./wire.ts";

export interface OwnRules {
  readonly rules: readonly Rule[] | undefined;
  /** Why they could not be read. */
  readonly problem: Error | undefined;
  again(): void;
  readonly isBusy: boolean;
  /** Why the last change was not made. */
  readonly changeProblem: Error | undefined;
  clear(): void;
  /** Makes a change of the rules as they are now, and says so with a way back. Resolves to whether it was made. */
  change(change: RulesChange, said: string): Promise<boolean>;
}

interface Replaced {
  readonly rules: readonly Rule[];
  /** What was read before; anything read later is newer. */
  readonly over: readonly Rule[] | undefined;
}

export function useRules(api: Api): OwnRules {
  const read = useRead<readonly Rule[]>(api, "/rules", { on: ["reclassify"] });
  const write = useWrite();
  const replaced = useSignal<Replaced | undefined>(undefined);
  const isNewer = replaced.value !== undefined && replaced.value.over === read.data;
  const replace = async (change: RulesChange) => {
    const before = await api.get<readonly Rule[]>("/rules");
    const reply = await api.send<{ rules: readonly Rule[] }>("PUT", "/rules", change(before));
    replaced.value = { rules: reply.rules, over: read.data };
    read.again();
    return { before, after: reply.rules };
  };
  const rules = useSame(isNewer ? replaced.value!.rules : read.data);
  return {
    rules,
    problem: read.problem,
    again: read.again,
    isBusy: write.isBusy,
    changeProblem: write.problem,
    clear: write.clear,
    async change(change, said) {
      const made = await write.run(() => replace(change), ({ before, after }) => ({
        text: said,
        action: {
          label: "Undo",
          run: () =>
            write.run(() => replace(undoing(before, after)), "Undone. Your rules are as they were"),
        },
      }));
      return made !== undefined;
    },
  };
}

/** The list as it was known before, while it says the same: it is read again and again while the past is judged. */
function useSame(rules: readonly Rule[] | undefined): readonly Rule[] | undefined {
  const known = useRef<readonly Rule[] | undefined>(undefined);
  const isSame = known.current === rules ||
    (known.current && rules && keyOf(known.current) === keyOf(rules));
  if (!isSame) known.current = rules;
  return known.current;
}
