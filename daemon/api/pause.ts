import * as z from "zod";
import { assertLength, type Pause, type PauseWish } from "../core/pause.ts";
import type { ApiDeps } from "./deps.ts";
import { HttpError } from "./errors.ts";
import { route } from "./route.ts";
import { iso } from "./wire.ts";

/** What the API needs of pauses. */
export interface PausePort {
  /** The pause that goes on; `undefined`: none. */
  now(): Pause | undefined;
  /** Resolves once it is stored. */
  set(wish: PauseWish): Promise<void>;
}

const pauseSchema = () =>
  z.object({
    paused: z.boolean(),
    paused_since: z.iso.datetime().nullable(),
    paused_until: z.iso.datetime().nullable().describe("null: not paused, or until told"),
  });
export type WirePause = z.infer<ReturnType<typeof pauseSchema>>;

export function toWirePause(pause: Pause | undefined): WirePause {
  return {
    paused: pause !== undefined,
    paused_since: pause ? iso(pause.startMs) : null,
    paused_until: pause?.endMs === undefined ? null : iso(pause.endMs),
  };
}

const wishSchema = () =>
  z.strictObject({
    minutes: z.number().positive().optional().describe("for so long, at most a week"),
    until: z.iso.datetime({ offset: true }).optional().describe("until a moment"),
    on: z.literal(true).optional().describe("until told"),
  });

export function pauseRoutes({ pause, clock }: ApiDeps) {
  const now = () => toWirePause(pause.now());
  return [
    route({
      method: "GET",
      path: "/pause",
      access: "token",
      tag: "Pause",
      summary: "Whether recording is paused, and until when",
      reply: () => pauseSchema(),
      handle: now,
    }),
    route({
      method: "PUT",
      path: "/pause",
      access: "token",
      tag: "Pause",
      summary: "Records nothing for a while, or gives the pause that goes on another end",
      body: () => wishSchema(),
      reply: () => pauseSchema(),
      handle: async ({ body }) => {
        await pause.set(wishOf(body, clock.nowMs()));
        return now();
      },
    }),
    route({
      method: "DELETE",
      path: "/pause",
      access: "token",
      tag: "Pause",
      summary: "Ends the pause",
      reply: () => pauseSchema(),
      handle: async () => {
        await pause.set({ kind: "off" });
        return now();
      },
    }),
  ];
}

/** @throws {HttpError} for not exactly one way; {@linkcode RangeError} for what is over or too long. */
function wishOf(
  { minutes, until, on }: z.infer<ReturnType<typeof wishSchema>>,
  nowMs: number,
): PauseWish {
  if ([minutes, until, on].filter((given) => given !== undefined).length !== 1) {
    throw new HttpError(400, "wrong_shape", 'Give one of "minutes", "until" and "on"');
  }
  if (minutes !== undefined) {
    assertLength(minutes * 60_000);
    return { kind: "for", ms: minutes * 60_000 };
  }
  if (until === undefined) return { kind: "on" };
  const endMs = Date.parse(until);
  if (endMs <= nowMs) throw new RangeError("That time is over already");
  assertLength(endMs - nowMs);
  return { kind: "until", endMs };
}
