import type { Span } from "../../daemon/core/types.ts";

/** A span as the API takes it. */
export function wireSpan({ startMs, endMs }: Span): { readonly from: string; readonly to: string } {
  return { from: new Date(startMs).toISOString(), to: new Date(endMs).toISOString() };
}
