import * as z from "zod";
import { NotFoundError } from "../core/errors.ts";
import { type Channel, CHANNELS, type MessageRecord } from "../core/messages.ts";
import { PERIODS } from "../core/period.ts";
import type { SendSchedule } from "../core/send_schedule.ts";
import type { PeriodWish } from "../core/summary.ts";
import type { ApiDeps } from "./deps.ts";
import { messageSchema, toWireMessage } from "./messages.ts";
import { queryDate, spanOfRange, today } from "./period.ts";
import { route } from "./route.ts";
import { iso, queryInstant } from "./wire.ts";

/** What became of a summary that was to be sent. */
export interface SentSummary {
  /** It had been told before, to everybody: nothing was written down now. */
  readonly already: boolean;
  readonly messages: readonly MessageRecord[];
}

/** A schedule, and when it is to send next. */
export interface ScheduleInfo extends SendSchedule {
  readonly nextMs: number | undefined;
}

/** What the API needs of the sending of summaries. */
export interface SendPort {
  /**
   * Writes a period's summary into the outbox, and tries to send it.
   * @throws {RangeError} for a period that lies in the future; {@linkcode UnavailableError} with the hindrance when
   * one of the channels is not configured: nothing is written then.
   */
  send(
    wish: PeriodWish,
    options: { readonly channels: readonly Channel[]; readonly again: boolean },
  ): Promise<SentSummary>;
  schedules(): Promise<ScheduleInfo[]>;
  /** @throws {RangeError} for a pattern that is none, or that never comes up. */
  setSchedules(schedules: readonly SendSchedule[]): Promise<void>;
  /**
   * Notes that a session's end is to be told; one that has ended is told now, and its messages are returned.
   * @throws {NotFoundError} {@linkcode UnavailableError} as above.
   */
  wishFocus(
    sessionId: number,
    channels: { readonly email: boolean; readonly sms: boolean },
  ): Promise<MessageRecord[]>;
}

const MAX_SCHEDULES = 50;

const sendSchema = () =>
  z.strictObject({
    period: z.enum(PERIODS).optional(),
    date: queryDate().optional().describe("a date in the period; today if left out"),
    from: queryInstant().optional().describe("with `to`, in place of `period`: any range"),
    to: queryInstant().optional(),
    email: z.boolean().default(false),
    sms: z.boolean().default(false),
    again: z.boolean().default(false).describe("though it was told before"),
  }).refine(({ email, sms }) => email || sms, "email or sms must be true")
    .refine(
      ({ period, date, from, to }) =>
        period === undefined
          ? from !== undefined && to !== undefined && date === undefined
          : from === undefined && to === undefined,
      "it must have either period, or from and to",
    );

const sentSchema = () =>
  z.object({
    already: z.boolean().describe("all of it had been told before"),
    messages: z.array(messageSchema()),
  });
export type WireSent = z.infer<ReturnType<typeof sentSchema>>;

const scheduleSchema = () =>
  z.strictObject({
    period: z.enum(PERIODS),
    of: z.enum(["current", "previous"]).default("current")
      .describe("the period that the time lies in, or the one before"),
    cron: z.string().trim().min(1).max(100).meta({ example: "0 21 * * 1-5" })
      .describe("minute, hour, day of the month, month, day of the week; by the local clock"),
    channels: z.array(z.enum(CHANNELS)).min(1).max(CHANNELS.length),
  });
const keptSchema = () =>
  scheduleSchema().extend({
    next: z.iso.datetime().nullable().describe("when it sends next"),
  });
export type WireSendSchedule = z.infer<ReturnType<typeof keptSchema>>;

function toWireSchedule({ nextMs, channels, ...schedule }: ScheduleInfo): WireSendSchedule {
  const next = nextMs === undefined ? null : iso(nextMs);
  return { ...schedule, channels: [...channels], next };
}

export function summarySendRoutes(deps: ApiDeps) {
  const { sending } = deps;
  return [
    route({
      method: "POST",
      path: "/summary/send",
      access: "token",
      tag: "Messages",
      summary: "Sends a period's summary as mail and SMS, unless it was sent before",
      body: () => sendSchema(),
      reply: () => sentSchema(),
      handle: async ({ body: { period, date, from, to, email, sms, again } }) => {
        const wish: PeriodWish = period === undefined
          ? { period: "range", span: spanOfRange({ from, to }, { startMs: 0, endMs: 0 }) }
          : { period, date: date ?? today(deps) };
        const channels = CHANNELS.filter((channel) => ({ email, sms })[channel]);
        const { already, messages } = await (await sending()).send(wish, { channels, again });
        return { already, messages: messages.map(toWireMessage) };
      },
    }),
    route({
      method: "GET",
      path: "/summary/schedules",
      access: "token",
      tag: "Messages",
      summary: "When summaries are sent by themselves, while the daemon runs",
      reply: () => z.array(keptSchema()),
      handle: async () => (await (await sending()).schedules()).map(toWireSchedule),
    }),
    route({
      method: "PUT",
      path: "/summary/schedules",
      access: "token",
      tag: "Messages",
      summary: "Replaces the times at which summaries are sent",
      body: () => z.array(scheduleSchema()).max(MAX_SCHEDULES),
      reply: () => z.array(keptSchema()),
      handle: async ({ body }) => {
        const port = await sending();
        await port.setSchedules(body);
        return (await port.schedules()).map(toWireSchedule);
      },
    }),
    route({
      method: "PUT",
      path: "/focus/sessions/:id/send",
      access: "local",
      tag: "Focus",
      summary: "Has a session's end told by mail and SMS; one that has ended is told now",
      body: () => z.strictObject({ email: z.boolean(), sms: z.boolean() }),
      reply: () => z.object({ messages: z.array(messageSchema()) }),
      handle: async ({ params, body }) => {
        if (!/^[1-9]\d{0,14}$/.test(params.id)) {
          throw new NotFoundError("There is no such focus session");
        }
        const messages = await (await sending()).wishFocus(Number(params.id), body);
        return { messages: messages.map(toWireMessage) };
      },
    }),
  ];
}
