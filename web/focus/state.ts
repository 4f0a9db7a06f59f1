/**
 * What the Focus view shows, as signals; they live as long as the page, whichever view is seen.
 * @module
 */
import { computed, signal } from "@preact/signals";
import { createTally, type FocusMinute, type FocusTotals } from "../../daemon/core/focus.ts";
import type { Attention, Zone } from "../../vision/attention.ts";
import type { Channel, WireChannels, WireFocusSession } from "../wire.ts";
import { BLACK_PICTURE, NO_PICTURE, type Problem } from "./camera_words.ts";
import type { BoxShare, StudyOf } from "./messages.ts";
import type { Sending } from "./sender.ts";
import { type FocusSettings, storedSettings, storeSettings } from "./settings.ts";
import type { SendWish, Told } from "./telling.ts";

/** Where this page's session stands. */
export type Phase =
  | "idle"
  /** On the way to a session: the camera is asked for, the models are loaded, the daemon is told. */
  | "camera"
  | "models"
  | "joining"
  | "running"
  | "paused"
  | "ended";

/** How a session came to its end. */
export type Ending =
  | "ended"
  /** Its length was over. */
  | "complete"
  /** Another was begun, or it was ended, from somewhere else. */
  | "elsewhere"
  /** The camera could not be watched any more. */
  | "broken";

/** A session as this page has it. */
export interface OwnSession {
  readonly id: number;
  readonly plannedMinutes: number | null;
}

/** What is being learned, and whether it could be. */
export interface Study {
  readonly what: StudyOf;
  readonly is: "looking" | "done" | "failed";
}

export const phase = signal<Phase>("idle");
export const ending = signal<Ending>("ended");
/** How much of the models is loaded, 0..1. */
export const loadedShare = signal(0);
/** Why there is no session, or why it does not go on. */
export const problem = signal<Problem | undefined>(undefined);
/** Set while a paused session waits for its camera. */
export const isWaking = signal(false);
export const ownSession = signal<OwnSession | undefined>(undefined);
export const stream = signal<MediaStream | undefined>(undefined);
export const cameras = signal<readonly { readonly id: string; readonly label: string }[]>([]);
export const cameraTrouble = signal<Problem | undefined>(undefined);
/** Whether this browser lets a hidden page be watched. */
export const canWatchHidden = signal(true);
export const attention = signal<Attention | undefined>(undefined);
export const box = signal<BoxShare | undefined>(undefined);
/** Mean luma of the last picture, 0..1. */
export const brightness = signal(1);
export const totals = signal<FocusTotals>(createTally().totals);
export const minutes = signal<readonly FocusMinute[]>([]);
export const sending = signal<Sending>("fine");
/** The session as the daemon has it. */
export const stored = signal<WireFocusSession | undefined>(undefined);
/** Whether the daemon has all of a session that has ended. */
export const isSaved = signal(true);
export const zones = signal<readonly Zone[]>([]);
export const study = signal<Study | undefined>(undefined);
export const settings = signal<FocusSettings>(storedSettings());

/** By which ways this daemon can send; "unknown": it does not say. */
export const channels = signal<WireChannels | "unknown" | undefined>(undefined);
/** What becomes of the summary that is to be sent. */
export const told = signal<Told | undefined>(undefined);
/** Why the daemon does not take the wish to have it sent. */
export const wishProblem = signal<string | undefined>(undefined);
/** By which ways the end of a session is to be told: what is chosen, but for what cannot be. */
export const wish = computed<SendWish>(() => {
  const { isMailWished, isSmsWished } = settings.value;
  const ways = channels.value;
  // A page that was loaded again goes on with what was chosen before it has heard from the daemon.
  const canBe = (channel: Channel) =>
    ways === undefined || (ways !== "unknown" && ways[channel].ready);
  return { email: isMailWished && canBe("email"), sms: isSmsWished && canBe("sms") };
});

/** Changes some settings and keeps all of them. */
export function change(part: Partial<FocusSettings>): void {
  settings.value = { ...settings.peek(), ...part };
  storeSettings(settings.value);
}

/** Whether something is measured, or will be again. */
export const isUnderWay = computed(() => phase.value === "running" || phase.value === "paused");
export const isStarting = computed(() =>
  phase.value === "camera" || phase.value === "models" || phase.value === "joining"
);
export const state = computed(() => attention.value?.state ?? "uncertain");
export const reason = computed(() => attention.value?.reason);
export const alertLevel = computed(() => attention.value?.alert ?? 0);
export const isDrowsy = computed(() => attention.value?.isDrowsy ?? false);
export const isLearning = computed(() => attention.value?.isLearning ?? false);

/** A mean below this is a black picture. */
const BLACK = 0.03;
const isBlack = computed(() => brightness.value < BLACK);

/** What hinders the camera, as its track says it or as its pictures show it. */
export const trouble = computed<Problem | undefined>(() => {
  if (phase.value !== "running") return undefined;
  if (cameraTrouble.value !== undefined) return cameraTrouble.value;
  if (state.value !== "uncertain") return undefined;
  if (reason.value === "bad frame") return NO_PICTURE;
  return reason.value === "too dark" && isBlack.value ? BLACK_PICTURE : undefined;
});
