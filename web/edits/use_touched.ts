/**
 * What lies in a span, told before it is changed.
 * @module
 */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { WireTouched } from "../../daemon/api/edits_wire.ts";
import type { Api } from "../api.ts";
import { changes } from "./changes.ts";

/** What of the record is meant, as `/edits/deletions` takes it. */
export type Meant =
  | { readonly from: string; readonly to: string; readonly source?: string }
  | { readonly event: number };

/** What was found; while it is looked for, what was found before. */
export interface TouchedRead {
  readonly touched: WireTouched | undefined;
  readonly problem: Error | undefined;
}

/** While somebody types, not every key is a question. */
const PAUSE_MS = 150;

/** What a deletion would touch; `undefined` asks nothing. */
export function useTouched(api: Api, meant: Meant | undefined): TouchedRead {
  const known = useSignal<TouchedRead>({ touched: undefined, problem: undefined });
  const body = meant && JSON.stringify({ ...meant, dry_run: true });
  useEffect(() => {
    if (body === undefined) {
      known.value = { touched: undefined, problem: undefined };
      return;
    }
    const end = new AbortController();
    const { signal } = end;
    const timer = setTimeout(() => {
      api.send<{ touched: WireTouched }>("POST", "/edits/deletions", JSON.parse(body), { signal })
        .then(({ touched }) => known.value = { touched, problem: undefined })
        .catch((problem) => {
          if (!signal.aborted) known.value = { touched: undefined, problem };
        });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      end.abort();
    };
  }, [body, changes.value]);
  return known.value;
}
