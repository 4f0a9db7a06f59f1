/**
 * What this page has changed: its lists read anew at once, and what was done can be taken back.
 * @module
 */
import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { WireEdit, WireTouched } from "../../daemon/api/edits_wire.ts";
import type { Api } from "../api.ts";
import { withoutControls } from "../format.ts";
import { say } from "../saying.ts";
import { type Read, useRead } from "../use_read.ts";
import { savedWords } from "./edit_words.ts";

/** Counts what this page has changed. */
export const changes = signal(0);

/** What an edit is answered with. */
export interface Edited {
  readonly edit: WireEdit;
  /** What a deletion took away. */
  readonly touched?: WireTouched;
}

/** Reads `path`, and again whenever something was edited, here or elsewhere. */
export function useEdited<T>(
  api: Api,
  path: string | undefined,
  on: readonly string[] = [],
): Read<T> {
  const read = useRead<T>(api, path, { on: ["edit", "reclassify", ...on] });
  const count = changes.value;
  const known = useRef(count);
  useEffect(() => {
    if (known.current === count) return;
    known.current = count;
    read.again();
  }, [count]);
  return read;
}

/** What is said of an edit that was made, with the way back. */
export function saidOf(api: Api) {
  return ({ edit, touched }: Edited) => {
    changes.value++;
    return {
      text: savedWords(edit, touched),
      action: { label: "Undo", run: () => void undo(api, edit.id) },
    };
  };
}

/** Takes an edit back, and says so, or why not. */
async function undo(api: Api, id: number): Promise<void> {
  try {
    await api.send("POST", `/edits/${id}/undo`);
    say("Undone");
  } catch (error) {
    say(`Could not undo. ${withoutControls((error as Error).message)}`);
  }
  changes.value++;
}
