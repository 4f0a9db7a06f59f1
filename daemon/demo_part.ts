/**
 * The demo's data directory: made anew each day, and filled through the doors that real data come in by.
 * @module
 */
import { join } from "node:path";
import { namesOf } from "./block_lists.ts";
import type { Config } from "./config/load.ts";
import { beginTiming } from "./core/block_timing.ts";
import { dateOf, localZone } from "./core/day.ts";
import {
  DEMO_GOALS,
  DEMO_RULES,
  DEMO_SCHEDULES,
  type DemoBlock,
  type DemoDay,
  demoDays,
} from "./core/demo.ts";
import { DEMO_PHONES } from "./core/demo_cast.ts";
import type { DemoFocusSession } from "./core/demo_focus.ts";
import { EXIT_CODES, FatalError } from "./core/errors.ts";
import { randomHex, sha256 } from "./core/secrets.ts";
import { DEMO_SETTING, type DemoMark, demoMark, MARK_FILE, setDemoMark } from "./demo_mark.ts";
import { dataDirError, prepareDataDir } from "./os/files.ts";
import { Ownership } from "./os/ownership.ts";
import { RulesService } from "./rules_service.ts";
import { Store } from "./store/mod.ts";

export { demoConfig } from "./demo_mark.ts";
export { isPortFree } from "./os/http.ts";

/** Counts up when the demo becomes another one: what an earlier program made is made anew. */
const DEMO_VERSION = 3;

/** What stays when the demo is made anew: who holds the directory, and the sign-in of open pages. */
const KEPT = new Set(["owner.lock", "service.lock", "admin_token"]);
/** What goes when it is: all that this program writes. What somebody else put there is theirs. */
const MADE =
  /^(demo\.json|prodtracker\.db.*|daemon\.json|backups|screenshots|pairing_secret|privacy_(key|rules\.json)|login\.html|\.[0-9a-f]+\.tmp)$/;

export interface DemoOptions {
  readonly config: Config;
  readonly nowMs: number;
  /** How long to wait for another command to let go of the directory. @default 10 000 */
  readonly lockWaitMs?: number;
}

/**
 * Sees to it that the demo's directory (see {@linkcode demoConfig}) tells of a fortnight until `nowMs`. Made on the
 * same day, it is only added to: what somebody changed in it stays.
 * @throws {FatalError} when the directory holds something else, {@linkcode ConflictError} when the demo runs already.
 */
export async function prepareDemo({ config, nowMs, lockWaitMs = 10_000 }: DemoOptions) {
  const { dataDir, dayStartMin } = config;
  // Before anything is touched.
  assertFree(dataDir);
  prepareDataDir(dataDir);
  const ownership = await Ownership.take(dataDir, lockWaitMs);
  try {
    const found = demoMark(dataDir);
    const made = newMark(nowMs, dayStartMin);
    const goesOn = found?.untilMs !== undefined && found.untilMs <= nowMs && isSameDay(found, made);
    if (!goesOn) clear(dataDir);
    const mark = goesOn ? found : made;
    // Cut off from here on, it is made anew: nothing is told twice.
    setDemoMark(dataDir, { ...mark, untilMs: undefined });
    const days = demoDays({ nowMs, madeMs: mark.madeMs, zone: localZone, dayStartMin });
    await fill(config, days, { id: mark.id, nowMs, sinceMs: goesOn ? found.untilMs : undefined });
    setDemoMark(dataDir, { ...mark, untilMs: nowMs });
  } finally {
    ownership.release();
  }
}

function newMark(nowMs: number, dayStartMin: number): DemoMark {
  const date = dateOf(nowMs, localZone, dayStartMin);
  const id = randomHex(16);
  return {
    id,
    version: DEMO_VERSION,
    date,
    dayStartMin,
    offsetMs: localZone(nowMs),
    madeMs: nowMs,
  };
}

/** Whether what was made for the one is what would be made for the other. */
function isSameDay(a: DemoMark, b: DemoMark): boolean {
  return a.version === b.version && a.date === b.date && a.dayStartMin === b.dayStartMin &&
    a.offsetMs === b.offsetMs;
}

/** @throws {FatalError} when the directory holds something else than a demo. */
function assertFree(dataDir: string): void {
  if (demoMark(dataDir) !== undefined || contents(dataDir).length === 0) return;
  throw new FatalError(
    `Cannot make the demo in "${dataDir}": it holds something else, which is left as it is. ` +
      "Name another place with --data-dir, or delete it if it is a demo that a full disk has cut short",
    EXIT_CODES.failed,
  );
}

/** Removes what was made; the mark goes last: cut off in between, the rest is still known as a demo's. */
function clear(dataDir: string): void {
  assertFree(dataDir);
  const names = contents(dataDir).filter((name) => MADE.test(name))
    .sort((a, b) => Number(a === MARK_FILE) - Number(b === MARK_FILE));
  for (const name of names) Deno.removeSync(join(dataDir, name), { recursive: true });
}

/** What is in a directory besides what stays in it; nothing when there is none. */
function contents(dataDir: string): string[] {
  try {
    return [...Deno.readDirSync(dataDir)].map(({ name }) => name).filter((name) => !KEPT.has(name));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw dataDirError(dataDir, error);
  }
}

interface Extent {
  /** The mark of the database. */
  readonly id: string;
  readonly nowMs: number;
  /** Until when it was filled before; `undefined`: not at all. */
  readonly sinceMs: number | undefined;
}

async function fill(config: Config, days: readonly DemoDay[], extent: Extent): Promise<void> {
  const failed: unknown[] = [];
  const rules = await RulesService.create({
    onProgress: () => {},
    onFailure: (error) => failed.push(error),
  });
  const store = new Store({
    path: config.databasePath,
    judge: rules.judge,
    offsetMinAt: (utcMs) => localZone(utcMs) / 60_000,
    nowMs: () => extent.nowMs,
    copies: () => [],
  });
  try {
    if (extent.sinceMs === undefined) {
      await store.settings.set(DEMO_SETTING, extent.id);
      await setUp(store, days[0].events[0]?.startMs ?? 0);
    }
    await rules.attach(store);
    for (const day of days) await fillDay(store, day, extent);
    await rules.settled();
    if (failed.length > 0) throw failed[0];
  } finally {
    await rules.close();
    await store.close();
  }
}

async function setUp(store: Store, pairedMs: number): Promise<void> {
  await Promise.all([
    store.setRuleTexts(DEMO_RULES.map((rule) => JSON.stringify(rule))),
    store.settings.set("goals", DEMO_GOALS),
    store.blocks.setSchedules(DEMO_SCHEDULES),
    ...DEMO_PHONES.map(({ id, name }) =>
      store.phones.pair({ id, name, secret: randomHex(32), bearer: false }, pairedMs)
    ),
  ]);
}

async function fillDay(store: Store, day: DemoDay, { nowMs, sinceMs = -Infinity }: Extent) {
  const isNew = (toldMs: number) => toldMs > sinceMs && toldMs <= nowMs;
  const events = day.events.filter(({ endMs }) => endMs >= sinceMs);
  const beats = await Promise.all(
    day.beats.filter(({ atMs }) => isNew(atMs)).map(async (beat) => ({
      ...beat,
      receivedMs: beat.atMs,
      digest: await sha256(`demo ${beat.deviceId} ${beat.atMs}`),
      extra: undefined,
    })),
  );
  if (events.length > 0) await store.import(events);
  if (beats.length > 0) await store.phones.addAll(beats);
  while (await store.phones.derive() > 0);
  for (const { toldMs, ...entry } of day.entries) {
    if (isNew(toldMs)) await store.edits.add(entry, toldMs);
  }
  for (const note of day.notes) {
    const toldMs = note.endMs ?? note.startMs;
    if (isNew(toldMs)) await store.edits.notes.add(note, toldMs);
  }
  for (const session of day.sessions) {
    if (isNew(session.spans[session.spans.length - 1].endMs)) await sit(store, session);
  }
  for (const block of day.blocks) if (isNew(block.endedMs)) await writeBlock(store, block);
}

async function sit(store: Store, { plannedMinutes, spans }: DemoFocusSession): Promise<void> {
  const { startMs } = spans[0];
  const { begun } = await store.focus.begin({
    ...{ source: "browser", camera: "Integrated camera", startMs, plannedMinutes },
  });
  await store.focus.append(begun.id, 1, () => spans);
  await store.focus.end(begun.id, "ended");
}

/** Written down as it would have been; no site was ever blocked. */
async function writeBlock(store: Store, block: DemoBlock): Promise<void> {
  const { startMs, endMs, ended, endedMs, ...rest } = block;
  const names = await namesOf({ lists: block.lists, domains: [] }, store.blocks);
  const timing = beginTiming({ wallMs: startMs, upMs: 0 }, endMs - startMs, block.strict);
  await store.blocks.begin({ ...rest, startMs, domains: [], names, timing });
  await store.blocks.end(ended, endedMs);
}
