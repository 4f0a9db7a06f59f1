import * as z from "zod";
import { NotFoundError } from "../core/errors.ts";
import {
  FOCUS_SOURCES,
  type FocusCalibration,
  type FocusRecord,
  type FocusState,
  type NewFocusSession,
} from "../core/focus_session.ts";
import type { ApiDeps } from "./deps.ts";
import { focusAnalyticsRoutes } from "./focus_analytics.ts";
import {
  calibrationSchema,
  focusCalibrationRoutes,
  toWireCalibration,
} from "./focus_calibration.ts";
import { focusDayRoutes } from "./focus_days.ts";
import {
  cameraSchema,
  focusDetailSchema,
  focusSessionSchema,
  focusStateSchema,
  instant,
  toWireFocusDetail,
  toWireFocusSession,
} from "./focus_wire.ts";
import { rangeFields, spanOfRange } from "./period.ts";
import { route } from "./route.ts";
import { iso, queryInteger } from "./wire.ts";

/** Some seconds of a session; `seconds` follow one another from the start. */
export interface FocusBatch {
  readonly sequence: number;
  readonly startMs: number;
  readonly spans: readonly { readonly state: FocusState; readonly seconds: number }[];
}

/** What the API needs of the focus sessions. */
export interface FocusPort {
  begin(
    wish: Omit<NewFocusSession, "startMs"> & { readonly startMs?: number },
  ): Promise<FocusRecord>;
  /** @throws NotFoundError, ConflictError, RangeError */
  add(id: number, batch: FocusBatch): Promise<FocusRecord>;
  end(id: number): Promise<FocusRecord>;
  session(id: number): FocusRecord;
  list(span: { readonly startMs: number; readonly endMs: number }, limit: number): FocusRecord[];
  calibration(camera: string): FocusCalibration | undefined;
  setCalibration(camera: string, calibration: FocusCalibration): Promise<void>;
}

/** A batch holds a few seconds, or what a page could not send for a while. */
const MAX_SPANS = 1_000;
const BATCH_BYTES = 256 * 1024;
/** The longest session that can be planned: a day. */
const MAX_MINUTES = 1_440;

const sessionReply = () => z.object({ session: focusSessionSchema() });

export function focusRoutes(deps: ApiDeps) {
  const { focus, store, clock } = deps;
  return [
    route({
      method: "POST",
      path: "/focus/sessions",
      access: "local",
      tag: "Focus",
      summary: "Begins a session; the one that runs ends, unless this one is of a film",
      body: () =>
        z.strictObject({
          source: z.enum(FOCUS_SOURCES),
          camera: cameraSchema().optional(),
          planned_minutes: z.number().positive().max(MAX_MINUTES).nullish(),
          start: instant().optional().describe("of a film only: when it begins, in the past"),
        }).refine(
          ({ source, start }) =>
            start === undefined || source === "file" && isPast(Date.parse(start), clock.nowMs()),
          "start must lie in the past year, and belongs to a film",
        ),
      reply: () =>
        z.object({
          id: z.number().int(),
          start: instant(),
          calibration: calibrationSchema().nullable().describe("what is known of this camera"),
        }),
      handle: async ({ body: { source, camera = "", planned_minutes, start } }) => {
        const port = await focus();
        const plannedMinutes = planned_minutes ?? undefined;
        const wish = { source, camera, plannedMinutes };
        const { id, startMs } = await port.begin(
          start === undefined ? wish : { ...wish, startMs: Date.parse(start) },
        );
        const known = port.calibration(camera);
        return {
          id,
          start: iso(startMs),
          calibration: known ? toWireCalibration(camera, known) : null,
        };
      },
    }),
    route({
      method: "POST",
      path: "/focus/sessions/:id/samples",
      access: "local",
      tag: "Focus",
      summary: "Adds some seconds to a session; a batch that is in it already changes nothing",
      maxBodyBytes: BATCH_BYTES,
      body: () =>
        z.strictObject({
          sequence: z.number().int().min(1).max(2 ** 31)
            .describe("1 for the first batch of a session, one more for each"),
          start: z.iso.datetime({ offset: true }).describe("when the first span begins"),
          spans: z.array(z.strictObject({
            state: focusStateSchema(),
            seconds: z.number().min(0).max(86_400),
          })).min(1).max(MAX_SPANS).describe("in order, each from the end of the one before"),
        }),
      reply: () => z.object({ sequence: z.number().int(), session: focusSessionSchema() }),
      handle: async ({ params, body: { sequence, start, spans } }) => {
        const batch = { sequence, startMs: Date.parse(start), spans };
        const record = await (await focus()).add(idOf(params), batch);
        return { sequence: record.sequence, session: toWireFocusSession(record) };
      },
    }),
    route({
      method: "POST",
      path: "/focus/sessions/:id/end",
      access: "local",
      tag: "Focus",
      summary: "Ends a session at what was recorded last; one that has ended stays as it is",
      body: () => z.strictObject({}),
      reply: () => sessionReply(),
      handle: async ({ params }) => ({
        session: toWireFocusSession(await (await focus()).end(idOf(params))),
      }),
    }),
    route({
      method: "GET",
      path: "/focus/sessions",
      access: "token",
      tag: "Focus",
      summary: "Sessions that touch a range, newest first; all of the past if nothing is named",
      query: () => z.strictObject({ ...rangeFields(), limit: queryInteger(1, 1_000).default(50) }),
      reply: () => z.array(focusSessionSchema()),
      handle: async ({ query: { limit, ...range } }) => {
        const nowMs = clock.nowMs();
        // Up to a day ahead: somebody may have set the clock.
        const endMs = Math.max(nowMs, range.from ?? nowMs) + 86_400_000;
        const span = spanOfRange(range, { startMs: 0, endMs });
        return (await focus()).list(span, limit).map(toWireFocusSession);
      },
    }),
    route({
      method: "GET",
      path: "/focus/sessions/:id",
      access: "token",
      tag: "Focus",
      summary: "One session by the minute, and focused on what",
      reply: () => focusDetailSchema(),
      handle: async ({ params }) => {
        const record = (await focus()).session(idOf(params));
        return toWireFocusDetail(record, await store.reader.call("focusDetail", record.id));
      },
    }),
    ...focusAnalyticsRoutes(deps),
    ...focusDayRoutes(deps),
    ...focusCalibrationRoutes(deps),
  ];
}

function isPast(ms: number, nowMs: number): boolean {
  return ms <= nowMs && ms > nowMs - 366 * 86_400_000;
}

/** @throws {NotFoundError} for what cannot be a session's number. */
function idOf({ id }: Readonly<Record<string, string>>): number {
  if (!/^[1-9]\d{0,14}$/.test(id)) throw new NotFoundError("There is no such focus session");
  return Number(id);
}
