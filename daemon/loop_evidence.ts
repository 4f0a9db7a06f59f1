/**
 * What the loop decides on, read from the store.
 * @module
 */
import { dateOf, daySpan, type Zone } from "./core/day.ts";
import { lookBackMs, type LoopConfig } from "./core/loop_config.ts";
import type { LoopEvidence, LoopPiece } from "./core/loop_evidence.ts";
import { type Explain, phoneAppName, subjectName } from "./core/loop_names.ts";
import { meetingIn } from "./core/meetings.ts";
import type { RecorderState } from "./core/recorder.ts";
import type { TimelineRow } from "./store/loop_steps.ts";
import type { Store } from "./store/mod.ts";

export interface EvidenceOptions {
  readonly store: Store;
  readonly zone: Zone;
  readonly dayStartMin: number;
  readonly recorderState: () => RecorderState;
  readonly explain: Explain;
  /**
   * What was seen before is not counted: recording was paused. `Infinity`: it is now.
   * @default always
   */
  readonly recordingSinceMs?: () => number;
}

/** Somebody in a meeting looks at other windows, too. */
const MEETING_MS = 2 * 60_000;
/** The window in front is written down every 5 s; what is much older was not seen to go on. */
const LIVE_MS = 15_000;
const MAX_NAMES = 1_000;

/** Reads the evidence; what was found out about a subject is kept. */
export class EvidenceReader {
  #names = new Map<number, string | undefined>();
  #meetings = new Map<number, string | undefined>();

  constructor(private readonly options: EvidenceOptions) {}

  read(config: LoopConfig, nowMs: number): LoopEvidence {
    const { store, zone, dayStartMin, recorderState } = this.options;
    const sinceMs = this.options.recordingSinceMs?.() ?? -Infinity;
    const startMs = Math.max(nowMs - lookBackMs(config), sinceMs);
    const rows = startMs < nowMs ? store.loopSteps.timeline({ startMs, endMs: nowMs }) : [];
    const day = daySpan(dateOf(nowMs, zone, dayStartMin), zone, dayStartMin);
    const blocks = Object.values(config.rules).some(({ steps }) => steps.block);
    const live = this.#live(rows.at(-1), nowMs);
    const noiseMs = store.totals({ startMs: day.startMs, endMs: nowMs }).noiseMs;
    return {
      timeline: [...rows.map((row) => this.#pieceOf(row)), ...live ? [live] : []],
      focus: this.#focus(config, nowMs),
      noiseTodayMs: noiseMs + (live?.class === "noise" ? live.endMs - live.startMs : 0),
      isAway: recorderState().afk === true,
      meeting: this.#meeting(rows, nowMs),
      blockEndMs: store.blocks.running()?.endMs,
      blocksToday: blocks ? blocksSince(store, day.startMs) : 0,
    };
  }

  #pieceOf(row: TimelineRow): LoopPiece {
    const { startMs, endMs, source, device } = row;
    const piece = { startMs, endMs, class: row.class };
    if (row.class !== "noise") return source === "phone" ? { ...piece, phone: device } : piece;
    const name = remembered(this.#names, row.subjectId, () => {
      const { app, title, url } = row;
      if (source === "phone") return phoneAppName(app || undefined);
      const subject = { app: app || undefined, title: title || undefined, url: url || undefined };
      return subjectName(subject, this.options.explain);
    });
    return { ...piece, name, ...(source === "phone" && { phone: device }) };
  }

  /** What is in front since the timeline was written last: some seconds. */
  #live(last: TimelineRow | undefined, nowMs: number): LoopPiece | undefined {
    const { recorderState, explain } = this.options;
    const { window, windowSinceMs, afk } = recorderState();
    if (!window || windowSinceMs === undefined || afk === true) return undefined;
    const startMs = Math.max(windowSinceMs, last?.endMs ?? 0);
    if (startMs >= nowMs || startMs < nowMs - LIVE_MS) return undefined;
    const { classification } = explain(window);
    const name = classification.class === "noise" ? subjectName(window, explain) : undefined;
    return { startMs, endMs: nowMs, class: classification.class, name };
  }

  #focus(config: LoopConfig, nowMs: number): LoopEvidence["focus"] {
    const { focus, loopSteps } = this.options.store;
    const session = focus.running();
    return session && loopSteps.focusSpans(session.id, nowMs - lookBackMs(config));
  }

  /** A meeting in front now, or just now. */
  #meeting(rows: readonly TimelineRow[], nowMs: number): string | undefined {
    const { window } = this.options.recorderState();
    const now = window && meetingIn(window);
    if (now !== undefined) return now;
    for (const row of rows.toReversed()) {
      if (row.endMs < nowMs - MEETING_MS) break;
      if (row.source !== "window") continue;
      const found = remembered(this.#meetings, row.subjectId, () => meetingIn(row));
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

function blocksSince(store: Store, startMs: number): number {
  return store.blocks.history(100).filter((block) =>
    block.actor === "loop" && block.startMs >= startMs && block.ended !== "failed"
  ).length;
}

function remembered<T>(known: Map<number, T>, id: number, find: () => T): T {
  if (known.has(id)) return known.get(id)!;
  if (known.size >= MAX_NAMES) known.clear();
  const value = find();
  known.set(id, value);
  return value;
}
