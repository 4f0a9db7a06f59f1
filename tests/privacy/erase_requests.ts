/**
 * Asking a daemon to erase.
 * @module
 */
import assert from "node:assert/strict";
import type { WireErasure, WireErasures } from "../../daemon/api/erasure.ts";
import { type DaemonProcess, waitFor } from "../daemon_process.ts";

/** A POST with a JSON body. */
export function jsonPost(body: unknown): RequestInit {
  return {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
}

/** Asks, and gives the reply, whatever is still going on. */
export async function postErasure<T = WireErasure>(
  daemon: DaemonProcess,
  body: unknown,
): Promise<T> {
  const response = await daemon.fetch("/erasures", jsonPost(body));
  const reply = await response.json();
  assert.ok(response.ok, JSON.stringify(reply));
  return reply;
}

/** What became of an erasing once every place was tried. */
export async function settledErasure(daemon: DaemonProcess, id: number): Promise<WireErasure> {
  return await waitFor(async () => {
    const { running, erasures } = await daemon.get<WireErasures>("/erasures");
    return running?.id === id ? undefined : erasures.find((each) => each.id === id);
  });
}
