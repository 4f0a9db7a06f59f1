/**
 * What the phones of the demo told: heartbeats, as real ones send them.
 * @module
 */
import type { DemoPhone } from "./demo_cast.ts";
import type { DemoRandom } from "./demo_random.ts";
import { type Heartbeat, HEARTBEAT_INTERVAL_S } from "./phone.ts";
import type { Span } from "./types.ts";

/** A while with a phone in the hand. */
interface Use extends Span {
  readonly app: string;
}

const MIN_MS = 60_000;

/** Heartbeats of uses within spans, each with a chance; in order, and those of one use 30 s apart. */
export function demoBeats(
  { id, apps }: DemoPhone,
  occasions: readonly (Span & { readonly probability: number })[],
  random: DemoRandom,
): Heartbeat[] {
  const beats: Heartbeat[] = [];
  for (const { app, startMs, endMs } of uses(apps, occasions, random)) {
    let atMs = startMs;
    for (; atMs < endMs; atMs += HEARTBEAT_INTERVAL_S * 1000) {
      beats.push({ deviceId: id, atMs, screenOn: true, app });
    }
    beats.push({ deviceId: id, atMs: Math.min(atMs, endMs), screenOn: false, app: undefined });
  }
  return beats;
}

function uses(
  apps: readonly string[],
  occasions: readonly (Span & { readonly probability: number })[],
  random: DemoRandom,
): Use[] {
  const found: Use[] = [];
  let freeMs = -Infinity;
  for (const { startMs: fromMs, endMs: toMs, probability } of occasions) {
    const happens = random.chance(probability);
    const startMs = Math.max(freeMs, fromMs + random.between(10_000, MIN_MS));
    const app = random.pick(apps);
    const endMs = Math.min(toMs, startMs + random.between(2 * MIN_MS, 18 * MIN_MS));
    if (!happens || endMs - startMs < MIN_MS) continue;
    found.push({ startMs, endMs, app });
    freeMs = endMs + MIN_MS;
  }
  return found;
}
