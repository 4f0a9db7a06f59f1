/**
 * What lies in a span, told before it is changed.
 * @module
 */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { WireTouched } from "../../daemon/api/edits_wire.ts";
import type { Api } from "../api.ts";
import { onHeard } from "../heard.ts";
import { changes } from "./changes.ts";

/** What of the record is meant, as `/edits/deletions` takes it. */
export type Meant =
  | { readonly from: string; readonly to: string; readonly source?: string }
  | { readonly event: number };

/** What was found; while it is looked for, what was found before. */
export interface TouchedRead {
  readonly touched: WireTouched | undefined;
  readonly problem: Error | undefined;
  /** It is about what is meant now, not about what was meant a moment ago. */
  readonly isCurrent: boolean;
}

interface Known {
  /** What was asked. */
  readonly body?: string;
  readonly touched?: WireTouched;
  readonly problem?: Error;
}

/** While somebody types, not every key is a question. */
const PAUSE_MS = 150;

/** What a deletion would touch, kept up to date while more is recorded; `undefined` asks nothing. */
export function useTouched(api: Api, meant: Meant | undefined): TouchedRead {
  const known = useSignal<Known>({});
  const heard = useSignal(0);
  const body = meant && JSON.stringify({ ...meant, dry_run: true });
  useEffect(() => onHeard("event", () => heard.value++), []);
  useEffect(() => {
    if (body === undefined) {
      known.value = {};
      return;
    }
    const end = new AbortController();
    const { signal } = end;
    const timer = setTimeout(() => {
      api.send<{ touched: WireTouched }>("POST", "/edits/deletions", JSON.parse(body), { signal })
        .then(({ touched }) => known.value = { body, touched })
        .catch((problem) => {
          if (!signal.aborted) known.value = { body, problem };
        });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      end.abort();
    };
  }, [body, changes.value, heard.value]);
  const { touched, problem, body: asked } = known.value;
  return { touched, problem, isCurrent: body !== undefined && asked === body };
}
