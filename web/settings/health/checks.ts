/**
 * What the doctor found, put together for the page.
 * @module
 */
import type { WireCheck } from "../settings_wire.ts";

export interface CheckGroup {
  readonly group: string;
  readonly checks: readonly WireCheck[];
}

/** The checks under their headings, in the order in which they came. */
export function byGroup(checks: readonly WireCheck[]): CheckGroup[] {
  const groups = Map.groupBy(checks, ({ group }) => group ?? "Others");
  return [...groups].map(([group, checks]) => ({ group, checks }));
}

/** All of it in a sentence, as the terminal says it. */
export function verdictOf(checks: readonly WireCheck[]): string {
  const named = (status: WireCheck["status"]) =>
    checks.filter((check) => check.status === status).map(({ name }) => name);
  const failed = named("fail"), warned = named("warn");
  const among = `${checks.length} checks`;
  if (failed.length > 0) return `${failed.length} of ${among} failed: ${failed.join(", ")}.`;
  if (warned.length > 0) {
    return `It works; ${warned.length} of ${among} want a look: ${warned.join(", ")}.`;
  }
  return `All is well: ${among}.`;
}
