import * as z from "zod";
import { type Channel, CHANNELS, type MessageRecord, type Telling } from "../core/messages.ts";
import type { ApiDeps } from "./deps.ts";
import { route } from "./route.ts";
import { iso, queryInteger } from "./wire.ts";

/** What the API needs of the outbox. */
export interface OutboxPort {
  /** Why a channel cannot be used, naming the settings; `undefined`: it is configured. */
  hindrance(channel: Channel): string | undefined;
  /**
   * Writes messages down, a row for each recipient of each channel named; resolves once that is durable, with
   * the rows, those of an earlier telling of the same topic included.
   * @throws {UnavailableError} with the hindrance when a channel is not configured: nothing is written then.
   */
  post(telling: Telling): Promise<MessageRecord[]>;
  /**
   * Tries what is due; resolves when none of `ids` is on its way any more, with these rows. `isAsked`: a person asks
   * for them, so that a mail among them is tried though its next try lies ahead.
   */
  flush(
    ids: readonly number[],
    options?: { readonly isAsked?: boolean },
  ): Promise<MessageRecord[]>;
  /** The newest, newest first. */
  list(limit: number): MessageRecord[];
}

const instant = () => z.iso.datetime().meta({ example: "2026-01-31T09:30:00.000Z" });

/** A message of the outbox, without what it says. */
export const messageSchema = () =>
  z.object({
    id: z.number().int(),
    channel: z.enum(CHANNELS),
    topic: z.string().describe("what it tells of: `day 2026-01-31`, `focus 17`"),
    recipient: z.string(),
    created: instant(),
    state: z.enum(["waiting", "sending", "sent", "failed", "unknown"]).describe(
      "unknown: an SMS that may have arrived, and is not sent again",
    ),
    tries: z.number().int(),
    next_try: instant().nullable(),
    changed: instant().describe("when it reached its state"),
    error: z.string().nullable().describe("why the last try failed"),
  });
export type WireMessage = z.infer<ReturnType<typeof messageSchema>>;

export function toWireMessage(message: MessageRecord): WireMessage {
  const { id, channel, topic, recipient, createdMs, state, tries, changedMs, nextMs, error } =
    message;
  return {
    ...{ id, channel, topic, recipient, state, tries },
    created: iso(createdMs),
    next_try: nextMs === undefined ? null : iso(nextMs),
    changed: iso(changedMs),
    error: error ?? null,
  };
}

const channelSchema = () =>
  z.object({
    ready: z.boolean(),
    hindrance: z.string().nullable().describe("which settings are missing"),
  });
const channelsSchema = () => z.object({ email: channelSchema(), sms: channelSchema() });
export type WireChannels = z.infer<ReturnType<typeof channelsSchema>>;

export function messageRoutes({ outbox }: ApiDeps) {
  return [
    route({
      method: "GET",
      path: "/messages",
      access: "token",
      tag: "Messages",
      summary: "Mails and SMS on their way out and sent, newest first; without what they say",
      query: () => z.strictObject({ limit: queryInteger(1, 1_000).default(50) }),
      reply: () => z.array(messageSchema()),
      handle: async ({ query: { limit } }) => (await outbox()).list(limit).map(toWireMessage),
    }),
    route({
      method: "GET",
      path: "/messages/channels",
      access: "local",
      tag: "Messages",
      summary: "Whether mail and SMS can be sent, and what is missing",
      reply: () => channelsSchema(),
      handle: async (): Promise<WireChannels> => {
        const port = await outbox();
        const state = (channel: Channel) => {
          const hindrance = port.hindrance(channel);
          return { ready: hindrance === undefined, hindrance: hindrance ?? null };
        };
        return { email: state("email"), sms: state("sms") };
      },
    }),
  ];
}
