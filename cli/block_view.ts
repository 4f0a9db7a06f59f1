/**
 * Blocks for people.
 * @module
 */
import type { WireBlock, WireBlockStatus } from "../daemon/api/blocker.ts";
import type { WireFinding } from "./commands/block.ts";
import { bold, dim, green, type Paint, plain, red, yellow } from "./style.ts";
import { table } from "./table.ts";
import { clean } from "./text.ts";
import { clock, count, duration } from "./words.ts";

/** What is blocked until when, and what comes next; no line when there is nothing to say. */
export function statusLines(status: WireBlockStatus, nowMs: number): string[] {
  const { block, unknown, next } = status;
  const lines: string[] = [];
  if (block) {
    const left = duration((Date.parse(block.end) - nowMs) / 1000);
    const strict = block.strict ? ", strict" : "";
    lines.push(
      `${bold(red("Blocked"))} until ${clock(block.end)} (${left}${strict}): ${what(block)}`,
    );
    const why = [startedBy(block), block.reason && clean(block.reason)].filter(Boolean).join(": ");
    lines.push(dim(`${count(block.name_count, "name")} in the hosts file, ${why}`));
    if (block.emergency_end) {
      lines.push(yellow(`An emergency was declared: it ends at ${clock(block.emergency_end)}`));
    }
  }
  if (unknown) {
    const end = unknown.end === null ? "" : ` until ${clock(unknown.end)}`;
    lines.push(
      `${bold(red("Blocked"))}${end}: ${
        count(unknown.name_count, "name")
      } that this history does ` +
        "not know; block off takes them away",
    );
  }
  if (next) {
    const inText = duration((Date.parse(next.start) - nowMs) / 1000);
    lines.push(
      dim(
        `The next scheduled block is from ${clock(next.start)} to ${clock(next.end)}, in ${inText}`,
      ),
    );
  }
  return lines;
}

function what({ lists, domains }: WireBlock): string {
  const shown = [...lists.map((name) => `the list ${name}`), ...domains.slice(0, 5)];
  if (domains.length > 5) shown.push(`${domains.length - 5} more`);
  return clean(shown.join(", "));
}

const ACTORS = {
  user: "by hand",
  schedule: "by schedule",
  phone: "from the phone",
  loop: "by rule",
};

function startedBy({ actor, start }: WireBlock): string {
  return `${ACTORS[actor]} at ${clock(start)}`;
}

const ENDS: Readonly<Record<NonNullable<WireBlock["how"]>, string>> = {
  time: "on time",
  user: "ended by hand",
  emergency: "emergency",
  overdue: "lifted late, at a start",
  replaced: "replaced",
  failed: "could not begin",
  elsewhere: "taken out by somebody else",
};

/** Blocks, a line each. */
export function historyTable(blocks: readonly WireBlock[], width: number): string[] {
  const columns = [
    { title: "from" },
    { title: "lasted", align: "right" as const },
    { title: "what", shrinkTo: 12 },
    { title: "who" },
    { title: "end" },
    { title: "why", shrinkTo: 8 },
  ];
  return table(
    columns,
    blocks.map((block) => [
      `${block.start.slice(0, 10)} ${clock(block.start)}`,
      block.ended === null
        ? { text: "runs", paint: red }
        : duration((Date.parse(block.ended) - Date.parse(block.start)) / 1000),
      `${what(block)}${block.strict ? " (strict)" : ""}`,
      ACTORS[block.actor],
      block.how === null ? "" : ENDS[block.how],
      { text: block.reason ?? "", paint: dim },
    ]),
    width,
  );
}

const STATUS_PAINT: Readonly<Record<WireFinding["status"], Paint>> = {
  "enforced": green,
  "not enforced": red,
  "restart needed": yellow,
  "not there": dim,
  "unknown": plain,
};

/** Findings of a check, with what to do about them. */
export function findingTable(findings: readonly WireFinding[], width: number): string[] {
  const rows = findings.map(({ layer, status, detail }) => [
    { text: layer, paint: bold },
    { text: status, paint: STATUS_PAINT[status] },
    detail,
  ]);
  const lines = table([{}, {}, {}], rows, width);
  return lines.flatMap((line, i) => {
    const { remedy } = findings[i];
    return remedy === null ? [line] : [line, `  ${yellow(`→ ${clean(remedy)}`)}`];
  });
}
