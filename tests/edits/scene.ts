/**
 * A daemon with a morning in it, and how the tests edit that.
 * @module
 */
import type { WireAway, WireEdit, WireNote, WireTouched } from "../../daemon/api/edits_wire.ts";
import type { WireEvent, WireTimes } from "../../daemon/api/wire.ts";
import { type DaemonProcess, startDaemon, type StartOptions } from "../daemon_process.ts";

export type { WireAway, WireEdit, WireNote };

/** What an edit is answered with. */
export interface Answer {
  readonly status: number;
  readonly edit: WireEdit;
  readonly note: WireNote;
  readonly touched: WireTouched;
  readonly error?: { readonly code: string; readonly message: string };
}

/** Minutes after this everything happens: some hours ago, on a full minute, so that all of it is past. */
export const BEGIN_MS = Math.floor(Date.now() / 3_600_000) * 3_600_000 - 6 * 3_600_000;

/** The instant so many minutes after the begin. */
export function at(minutes: number): string {
  return new Date(BEGIN_MS + minutes * 60_000).toISOString();
}

/** Runs `act` on a daemon without a desktop. */
export async function withDaemon(
  act: (daemon: DaemonProcess) => Promise<void>,
  options: StartOptions = {},
): Promise<void> {
  const daemon = await startDaemon(["--no-track"], options);
  try {
    await act(daemon);
  } finally {
    await daemon.stop();
    await Deno.remove(daemon.dataDir, { recursive: true });
  }
}

/** Brings events in: what each was, from and to which minute. */
export async function record(
  daemon: DaemonProcess,
  ...events: readonly [source: string, app: string, from: number, to: number][]
): Promise<{ added: number }> {
  const body = events.map(([source, app, from, to]) =>
    `${
      JSON.stringify({ start: at(from), end: at(to), source, app, title: app && `${app} title` })
    }\n`
  ).join("");
  const response = await daemon.fetch("/import", { method: "POST", body });
  return await response.json();
}

/** Sends JSON; what comes back, with its status. */
export async function send(
  daemon: DaemonProcess,
  path: string,
  body: unknown = {},
  method = "POST",
): Promise<Answer> {
  const response = await daemon.fetch(path, {
    method,
    headers: { "Content-Type": "application/json" },
    ...method !== "DELETE" && { body: JSON.stringify(body) },
  });
  return { status: response.status, ...await response.json() };
}

/** The events to be seen, oldest first: "window Code 0-60 signal". */
export async function seen(daemon: DaemonProcess): Promise<string[]> {
  const { events } = await daemon.get<{ events: WireEvent[] }>("/events?limit=1000");
  const minute = (text: string) => (Date.parse(text) - BEGIN_MS) / 60_000;
  return events.toReversed().map((event) =>
    [
      ...[event.source, event.app ?? event.title ?? "-"],
      ...[`${minute(event.start)}-${minute(event.end)}`, event.class],
    ].join(" ")
  );
}

/** Minutes by class of the last day. */
export async function minutes(daemon: DaemonProcess): Promise<Record<string, number>> {
  const times = await daemon.get<WireTimes>("/metrics/snr?last_minutes=1440");
  const { signal_seconds, noise_seconds, neutral_seconds, afk_seconds } = times;
  return {
    signal: signal_seconds / 60,
    noise: noise_seconds / 60,
    neutral: neutral_seconds / 60,
    afk: afk_seconds / 60,
  };
}
