/**
 * How the daemon judges a window now.
 * @module
 */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Subject } from "../../daemon/core/types.ts";
import type { Api } from "../api.ts";
import type { WireVerdict } from "./wire.ts";

export interface Verdict {
  readonly data: WireVerdict | undefined;
  readonly problem: Error | undefined;
}

/** Asks whenever the subject, or `version`, is another; `undefined` asks nothing. */
export function useVerdict(api: Api, subject: Subject | undefined, version?: unknown): Verdict {
  const known = useSignal<Verdict>({ data: undefined, problem: undefined });
  const body = subject === undefined ? undefined : JSON.stringify(subject);
  useEffect(() => {
    if (body === undefined) {
      known.value = { data: undefined, problem: undefined };
      return;
    }
    const ended = new AbortController();
    const { signal } = ended;
    api.send<WireVerdict>("POST", "/rules/test", JSON.parse(body), { signal }).then(
      (data) => known.value = { data, problem: undefined },
      (problem) => {
        if (!signal.aborted) known.value = { data: undefined, problem };
      },
    );
    return () => ended.abort();
  }, [body, version]);
  return known.value;
}
