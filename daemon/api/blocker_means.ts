import * as z from "zod";
import type { BlockFinding } from "../core/block.ts";
import type { ApiDeps } from "./deps.ts";
import { route } from "./route.ts";
import { iso } from "./wire.ts";

/** Whether blocking is possible on this machine, and what it would take. */
export interface BlockMeans {
  /** Something here has the right to write the hosts file. */
  readonly isPossible: boolean;
  /** The hosts file and each browser, as the doctor sees them. */
  readonly checks: readonly MeansCheck[];
  readonly setup: BlockSetup;
}

export interface MeansCheck {
  readonly name: string;
  readonly status: "ok" | "warn" | "fail" | "off";
  readonly detail: string;
  readonly remedy?: string;
}

/** What `block setup` is here. */
export interface BlockSetup {
  readonly isInstalled: boolean;
  /** What to type; `undefined`: there is nothing to install here, and `hindrance` says why. */
  readonly command?: string;
  readonly hindrance?: string;
  /** What it puts where, in order. */
  readonly steps: readonly { readonly path: string; readonly what: string }[];
}

/** The last check of a block that somebody asked for. */
export interface CheckRun {
  readonly atMs: number;
  /** The block that ran then. */
  readonly blockId?: number;
  readonly findings: readonly BlockFinding[];
}

const instant = () => z.iso.datetime().meta({ example: "2026-01-31T09:30:00.000Z" });

const meansSchema = () =>
  z.object({
    possible: z.boolean().describe("something here has the right to write the hosts file"),
    checks: z.array(z.object({
      name: z.string(),
      status: z.enum(["ok", "warn", "fail", "off"]),
      detail: z.string(),
      remedy: z.string().nullable(),
    })),
    setup: z.object({
      installed: z.boolean(),
      command: z.string().nullable(),
      hindrance: z.string().nullable().describe("why there is nothing to install here"),
      steps: z.array(z.object({ path: z.string(), what: z.string() })),
    }),
  });
export type WireBlockMeans = z.infer<ReturnType<typeof meansSchema>>;

export const findingSchema = () =>
  z.object({
    layer: z.string(),
    status: z.enum(["enforced", "not enforced", "restart needed", "not there", "unknown"]),
    detail: z.string(),
    remedy: z.string().nullable(),
  });
export type WireFinding = z.infer<ReturnType<typeof findingSchema>>;

const checkRunSchema = () =>
  z.object({
    at: instant(),
    block_id: z.number().int().nullable().describe("the block that ran then"),
    findings: z.array(findingSchema()),
  });
export type WireCheckRun = z.infer<ReturnType<typeof checkRunSchema>>;

export function toWireFinding({ layer, status, detail, remedy }: BlockFinding): WireFinding {
  return { layer, status, detail, remedy: remedy ?? null };
}

function toWireMeans({ isPossible, checks, setup }: BlockMeans): WireBlockMeans {
  const { isInstalled, command, hindrance, steps } = setup;
  return {
    possible: isPossible,
    checks: checks.map(({ name, status, detail, remedy }) => ({
      ...{ name, status, detail, remedy: remedy ?? null },
    })),
    setup: {
      installed: isInstalled,
      command: command ?? null,
      hindrance: hindrance ?? null,
      steps: [...steps],
    },
  };
}

export function blockerMeansRoutes({ blocker, blockMeans }: ApiDeps) {
  return [
    route({
      method: "GET",
      path: "/blocker/means",
      access: "token",
      tag: "Blocker",
      summary: "Whether blocking is possible here, what hinders it, and what block setup installs",
      reply: () => meansSchema(),
      handle: async () => toWireMeans(await blockMeans()),
    }),
    route({
      method: "GET",
      path: "/blocker/check/last",
      access: "token",
      tag: "Blocker",
      summary: "What the last check found since the daemon's start; null before the first",
      reply: () => checkRunSchema().nullable(),
      handle: () => {
        const last = blocker.lastCheck();
        if (last === undefined) return null;
        const { atMs, blockId, findings } = last;
        return { at: iso(atMs), block_id: blockId ?? null, findings: findings.map(toWireFinding) };
      },
    }),
  ];
}
