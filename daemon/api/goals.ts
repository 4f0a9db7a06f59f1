import * as z from "zod";
import { MAX_GOALS } from "../core/goals.ts";
import type { Goal } from "../core/summary.ts";
import type { ApiDeps } from "./deps.ts";
import { route } from "./route.ts";

/** "at least 240 minutes of signal", a day. */
export const goalSchema = () =>
  z.object({
    kind: z.enum(["at_least", "at_most"]),
    class: z.enum(["signal", "noise"]),
    minutes: z.number().int().min(0).max(24 * 60),
  });
export type WireGoal = z.infer<ReturnType<typeof goalSchema>>;

export function toWireGoal({ kind, class: cls, minutes }: Goal): WireGoal {
  return { kind, class: cls, minutes };
}

export function goalRoutes({ summaries }: ApiDeps) {
  return [
    route({
      method: "GET",
      path: "/goals",
      access: "token",
      tag: "Activity",
      summary: "What every day is to keep",
      reply: () => z.array(goalSchema()),
      handle: async () => (await summaries()).goals().map(toWireGoal),
    }),
    route({
      method: "PUT",
      path: "/goals",
      access: "token",
      tag: "Activity",
      summary: `Replaces the goals, at most ${MAX_GOALS}`,
      body: () => z.array(goalSchema().strict()),
      reply: () => z.array(goalSchema()),
      handle: async ({ body }) => {
        const port = await summaries();
        await port.setGoals(body);
        return port.goals().map(toWireGoal);
      },
    }),
  ];
}
