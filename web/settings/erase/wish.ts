/**
 * What somebody wants to have erased, as a form says it and as `POST /erasures` wants it.
 * @module
 */

/** The ways to name it. */
export const WAYS = ["time", "text", "privacy", "all"] as const;
export type Way = typeof WAYS[number];

/** The form; times as a `datetime-local` field writes them, in the person's own zone. */
export interface WishDraft {
  readonly way: Way;
  readonly from: string;
  readonly to: string;
  readonly app: string;
  readonly title: string;
  readonly url: string;
  readonly isPattern: boolean;
}

export const EMPTY_WISH: WishDraft = {
  ...{ way: "time", from: "", to: "", app: "", title: "", url: "", isPattern: false },
};

/** The body of `POST /erasures`. */
export interface WireWish {
  readonly from?: string;
  readonly to?: string;
  readonly app?: string;
  readonly title?: string;
  readonly url?: string;
  readonly regex?: boolean;
  readonly privacy?: true;
  readonly all?: true;
}

/** A wish that can be sent, or what is missing. */
export type Wish = { readonly body: WireWish } | { readonly problem: string };

/** What a draft comes to; times are read in the zone of this browser. */
export function wishOf(draft: WishDraft): Wish {
  if (draft.way === "all") return { body: { all: true } };
  const from = instantOf(draft.from), to = instantOf(draft.to);
  if (from === "wrong" || to === "wrong") return { problem: "Write the whole date and time." };
  if (from !== undefined && to !== undefined && from >= to) {
    return { problem: "The end must be after the begin." };
  }
  const span = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  if (draft.way === "privacy") return { body: { ...span, privacy: true } };
  if (draft.way === "time") {
    if (from === undefined && to === undefined) return { problem: "Name a begin, an end or both." };
    return { body: span };
  }
  const texts = Object.fromEntries(
    (["app", "title", "url"] as const).filter((name) => draft[name].trim() !== "")
      .map((name) => [name, draft[name]]),
  );
  if (Object.keys(texts).length === 0) return { problem: "Name an app, a title or an address." };
  return { body: { ...span, ...texts, ...(draft.isPattern && { regex: true }) } };
}

/** An ISO instant in UTC of a local date and time; `undefined` for nothing. */
function instantOf(local: string): string | "wrong" | undefined {
  if (local === "") return undefined;
  const ms = Date.parse(local);
  return Number.isNaN(ms) ? "wrong" : new Date(ms).toISOString();
}
