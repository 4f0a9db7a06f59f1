import * as z from "zod";
import { type Channel, CHANNELS } from "../core/messages.ts";
import type { ApiDeps } from "./deps.ts";
import { route } from "./route.ts";

/** What the API needs of the doctor. */
export interface DoctorPort {
  /** Every precondition that can be checked beside the work; takes seconds. */
  checks(): Promise<CheckInfo[]>;
  /**
   * Logs in, and sends a real message to each recipient of a channel; says what the server answered.
   * @throws {UnavailableError} with the hindrance, when it is not set up; {@linkcode ConflictError} while another
   * test is under way; {@linkcode TooManyError} soon after one was sent.
   */
  sendTest(channel: Channel): Promise<CheckInfo[]>;
}

/** What a check says. */
export interface CheckInfo {
  /** The heading that it stands under. */
  readonly group?: string;
  readonly name: string;
  readonly status: "ok" | "warn" | "fail" | "off";
  readonly detail: string;
  readonly remedy?: string;
}

const checksSchema = () =>
  z.object({
    checks: z.array(z.object({
      group: z.string().nullable(),
      name: z.string(),
      status: z.enum(["ok", "warn", "fail", "off"]).describe(
        "off: not there, and not needed; warn: it works, and may soon not; fail: it is configured and does not work",
      ),
      detail: z.string(),
      remedy: z.string().nullable().describe("what to do about it"),
    })),
  });
export type WireChecks = z.infer<ReturnType<typeof checksSchema>>;

function toWire(checks: readonly CheckInfo[]): WireChecks {
  return {
    checks: checks.map(({ group, name, status, detail, remedy }) => ({
      ...{ group: group ?? null, name, status, detail, remedy: remedy ?? null },
    })),
  };
}

export function doctorRoutes({ doctor }: ApiDeps) {
  return [
    route({
      method: "POST",
      path: "/doctor",
      access: "token",
      tag: "Daemon",
      summary:
        "Checks the machine and the settings for real, with remedies; logs in at mail and SMS",
      body: () => z.strictObject({}),
      reply: () => checksSchema(),
      handle: async () => toWire(await (await doctor()).checks()),
    }),
    route({
      method: "POST",
      path: "/messages/test",
      access: "token",
      tag: "Messages",
      summary:
        "Sends a real test by mail or SMS, one a minute at most; says what the server answered",
      body: () => z.strictObject({ channel: z.enum(CHANNELS) }),
      reply: () => checksSchema(),
      handle: async ({ body }) => toWire(await (await doctor()).sendTest(body.channel)),
    }),
  ];
}
