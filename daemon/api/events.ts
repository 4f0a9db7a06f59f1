import * as z from "zod";
import type { ApiDeps, Position } from "./deps.ts";
import { HttpError } from "./errors.ts";
import { rangeFields } from "./period.ts";
import { route } from "./route.ts";
import {
  eventSchema,
  queryInteger,
  sourceSchema,
  timelineClassSchema,
  toWireEvent,
} from "./wire.ts";

export function eventRoutes({ store }: ApiDeps) {
  return [
    route({
      method: "GET",
      path: "/events/recent",
      access: "free",
      tag: "Events",
      summary: "The newest events, newest first",
      query: () => z.object({ limit: queryInteger(1, 500).default(50) }),
      reply: () => z.array(eventSchema()),
      handle: ({ query }) => store.recent(query.limit).map(toWireEvent),
    }),
    route({
      method: "GET",
      path: "/events",
      access: "token",
      tag: "Events",
      summary: "Events of a range, newest first, in pages",
      query: () =>
        z.object({
          ...rangeFields(),
          source: sourceSchema().optional(),
          class: timelineClassSchema().optional(),
          cursor: z.string().max(100).optional(),
          limit: queryInteger(1, 1000).default(200),
        }),
      reply: () => z.object({ events: z.array(eventSchema()), next_cursor: z.string().nullable() }),
      handle: async ({ query: { from, to, cursor, limit, source, class: cls } }) => {
        const events = await store.reader.call("events", {
          span: { startMs: from, endMs: to },
          source,
          class: cls,
          before: cursor === undefined ? undefined : parseCursor(cursor),
          limit: limit + 1,
        });
        const page = events.slice(0, limit);
        const last = events.length > limit ? page.at(-1) : undefined;
        return {
          events: page.map(toWireEvent),
          next_cursor: last ? `${last.startMs}-${last.id}` : null,
        };
      },
    }),
  ];
}

function parseCursor(text: string): Position {
  const match = /^(-?\d{1,16})-(\d{1,16})$/.exec(text);
  if (!match) {
    throw new HttpError(
      422,
      "wrong_value",
      `Cannot use the cursor: it is not one that a page gave`,
    );
  }
  return { startMs: Number(match[1]), id: Number(match[2]) };
}
