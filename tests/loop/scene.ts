/**
 * An afternoon as the loop sees it, in no time: what is in front for how long, and what the loop says.
 * @module
 */
import { decide } from "../../daemon/core/loop.ts";
import type { LoopConfig, LoopRule } from "../../daemon/core/loop_config.ts";
import type { LoopEvidence, LoopPiece } from "../../daemon/core/loop_evidence.ts";
import { type PastStep, resumed } from "../../daemon/core/loop_resume.ts";
import { conditionOf } from "../../daemon/core/loop_rules.ts";
import {
  answered,
  blocked,
  type LoopMoment,
  type LoopState,
  NO_LOOP_STATE,
  snooze,
} from "../../daemon/core/loop_state.ts";

export const MIN = 60_000;

/**
 * What goes on for how many minutes: "work", "away", "nothing", a site (noise), "App@phone" (noise on a phone
 * beside work), "focused", "unfocused" and "no face" (work in a session), "blocked" (work during a block),
 * "meeting" (in front), "speaking site" (noise and a microphone in use), "away App@phone". Some take no time: "snooze" for so
 * many minutes, "dismiss", "restart", "clock" (set by so many minutes). "sleep" stops the loop.
 */
export type Act = readonly [what: string, minutes?: number];

/** Wednesday, 14 January 2026, noon. */
export const NOON_MS = Date.UTC(2026, 0, 14, 12);

/** A step or a held one, and when it came by the time that really went by. */
export interface Said {
  readonly realMs: number;
  readonly kind: "step" | "held";
  readonly rule: LoopRule;
  readonly step: string;
  readonly explanation: string;
  readonly reason?: string;
  readonly snoozedUntilMs?: number;
}

export class Scene {
  #wallMs = NOON_MS;
  #realMs = 0;
  #timeline: LoopPiece[] = [];
  #focus: NonNullable<LoopEvidence["focus"]>[number][] | undefined;
  #blockUntilRealMs = 0;
  #blocks = 0;
  #past: PastStep[] = [];
  #nextLookMs = 0;
  state: LoopState;
  heldBy: string | undefined;
  readonly said: Said[] = [];
  /** Blocks are refused. */
  isForbidden = false;

  constructor(public config: LoopConfig, private readonly noiseBeforeMs = 0) {
    this.state = decide(config, NO_LOOP_STATE, this.#evidence("nothing"), this.#at()).state;
  }

  play(acts: readonly Act[]): this {
    for (const [what, minutes = 0] of acts) this.#act(what, minutes);
    return this;
  }

  /** "10:00 nudge noise: 10 of 15 minutes on reddit.com" for each that was said. */
  get lines(): string[] {
    return this.said.map(({ realMs, kind, rule, step, explanation, reason }) => {
      const s = Math.floor(realMs / 1_000);
      const at = `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`;
      const held = kind === "held" ? ` held (${reason})` : "";
      return `${at} ${step} ${rule}: ${explanation}${held}`;
    });
  }

  #act(what: string, minutes: number): void {
    switch (what) {
      case "snooze":
        this.state = snooze(this.state, minutes, this.#at());
        return;
      case "dismiss":
        this.state = answered(this.state);
        return this.#answerLast("dismissed");
      case "clock":
        this.#wallMs += minutes * MIN;
        return;
      case "restart":
        this.state = resumed(this.config, this.#past.toReversed(), this.#evidence("nothing"), {
          at: this.#at(),
          snoozedUntilMs: this.state.snoozedUntilMs,
        });
        this.#nextLookMs = 0;
        return;
      case "sleep":
        this.#wallMs += minutes * MIN;
        this.#realMs += minutes * MIN;
        this.#nextLookMs = 0;
        return;
    }
    const endMs = this.#realMs + Math.round(minutes * MIN);
    while (this.#realMs < endMs) {
      const stepMs = Math.min(5_000, endMs - this.#realMs);
      this.#pass(what, stepMs);
      if (this.#realMs >= this.#nextLookMs) this.#look(what);
    }
  }

  /** Time in which something is in front. */
  #pass(what: string, ms: number): void {
    const startMs = this.#wallMs;
    this.#wallMs += ms;
    this.#realMs += ms;
    const span = { startMs, endMs: this.#wallMs };
    const isFocus = ["focused", "unfocused", "no face"].includes(what);
    if (isFocus) {
      const state = what.replace(" ", "_") as "focused" | "unfocused" | "no_face";
      (this.#focus ??= []).push({ ...span, state });
    } else this.#focus = undefined;
    if (what === "nothing") return;
    this.#add({ ...span, ...pieceOf(what, isFocus) });
  }

  #add(piece: LoopPiece): void {
    const last = this.#timeline.at(-1);
    const isSame = last?.endMs === piece.startMs && last.class === piece.class &&
      last.name === piece.name && last.phone === piece.phone;
    if (isSame) this.#timeline[this.#timeline.length - 1] = { ...last, endMs: piece.endMs };
    else this.#timeline.push(piece);
  }

  #look(what: string): void {
    const evidence = this.#evidence(what);
    const before = this.state;
    const decision = decide(this.config, this.state, evidence, this.#at());
    this.heldBy = decision.heldBy;
    this.state = decision.state;
    for (const { kind, ...action } of decision.actions) {
      const { step } = action;
      this.said.push({
        ...{ realMs: this.#realMs, kind, ...action },
        snoozedUntilMs: before.snoozedUntilMs,
      });
      const isRefused = kind === "step" && step === "block" && this.isForbidden;
      const outcome = kind === "held" ? "held" : isRefused ? "failed" : "taken";
      this.#past.push({ ...action, atMs: this.#wallMs, outcome });
      if (kind !== "step" || step !== "block") continue;
      if (isRefused) {
        this.state = answered(this.state);
        continue;
      }
      this.state = blocked(this.state);
      this.#blocks++;
      this.#blockUntilRealMs = this.#realMs + this.config.block.minutes * MIN;
    }
    this.#nextLookMs = this.#realMs + decision.dueInMs;
  }

  #evidence(what: string): LoopEvidence {
    const isBlocked = what === "blocked" || this.#realMs < this.#blockUntilRealMs;
    const noiseMs = this.#timeline.filter((piece) => piece.class === "noise")
      .reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
    // As the store would answer after somebody has set the clock back.
    const timeline = this.#timeline.filter(({ startMs }) => startMs < this.#wallMs)
      .toSorted((a, b) => a.startMs - b.startMs);
    return {
      timeline,
      focus: this.#focus,
      noiseTodayMs: this.noiseBeforeMs + noiseMs,
      isAway: what.startsWith("away"),
      meeting: what === "meeting" ? "Zoom" : undefined,
      microphone: what.startsWith("speaking ") ? "Firefox" : undefined,
      blockEndMs: isBlocked ? this.#wallMs + MIN : undefined,
      blocksToday: this.#blocks,
    };
  }

  /** A rule's condition now. */
  condition(rule: LoopRule) {
    const counted = this.state.counted[rule] ?? { fromMs: -Infinity };
    return conditionOf(rule, this.config, this.#evidence("work"), {
      ...{ nowMs: this.#wallMs, counted },
    });
  }

  #answerLast(answer: NonNullable<PastStep["answer"]>): void {
    const last = this.#past.findLastIndex(({ outcome }) => outcome === "taken");
    if (last >= 0) this.#past[last] = { ...this.#past[last], answer };
  }

  #at(): LoopMoment {
    return { nowMs: this.#wallMs, upMs: this.#realMs, localMs: this.#wallMs };
  }
}

function pieceOf(what: string, isFocus: boolean): Pick<LoopPiece, "class" | "name" | "phone"> {
  if (isFocus || ["work", "meeting", "blocked"].includes(what)) return { class: "signal" };
  if (what === "away") return { class: "afk" };
  const [name, phone] = what.replace(/^(?:speaking|away) /, "").split("@");
  return { class: "noise", name, ...(phone !== undefined && { phone }) };
}
