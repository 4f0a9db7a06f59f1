/**
 * This page's focus session, from the camera to the daemon. It goes on whichever view is shown.
 *
 * ```text
 * camera ──> worker ──> recording ──> daemon
 *              └──────> signals ──> view, sounds, notifications
 * ```
 * @module
 */
import { effect, untracked } from "@preact/signals";
import { createTally } from "../../daemon/core/focus.ts";
import type { AttentionOptions, Calibration, Zone } from "../../vision/attention.ts";
import type { WireMessage, WireMessageChange } from "../wire.ts";
import { Caller } from "./caller.ts";
import { Camera, CameraError, listCameras } from "./camera.ts";
import { Eye } from "./eye.ts";
import type { FocusApi, KnownPerson } from "./focus_api.ts";
import { AT_ONCE_MS, hold, keep, kept } from "./kept_session.ts";
import type { Report, SeenReport, StudyOf } from "./messages.ts";
import { problemOf } from "./problems.ts";
import { Recording, type RecordingOptions } from "./recording.ts";
import * as show from "./state.ts";
import { afterChange, isAny, isSettled, Telling } from "./telling.ts";

/** How often the numbers change: often enough for seconds, seldom enough to cost nothing. */
const SHOW_EVERY_MS = 250;
/** How long a session may take to be saved before the next one begins. */
const FINISH_LIMIT_MS = 2_000;

export class FocusSession {
  readonly caller = new Caller();
  readonly #camera = new Camera({
    onStream: (stream) => this.#useStream(stream),
    onTrouble: (problem) => show.cameraTrouble.value = problem,
  });
  readonly #eye: Eye;
  readonly #recordingOptions: RecordingOptions;
  #recording: Recording | undefined;
  #telling: Telling | undefined;
  #letGo = () => {};
  /** Rises whenever something else is wanted: what was begun before is given up. */
  #round = 0;
  #shownMs = 0;
  #finishing: Promise<void> = Promise.resolve();

  constructor(private readonly api: FocusApi, workerUrl: string) {
    this.#eye = new Eye({
      workerUrl,
      onLoading: (share) => show.loadedShare.value = share,
      onSeen: (report) => this.#see(report),
      onStudied: (report) => this.#studied(report),
      onReach: (canWatchHidden) => show.canWatchHidden.value = canWatchHidden,
      onFailure: (isOver) => {
        show.attention.value = show.box.value = undefined;
        if (isOver) this.end("broken");
      },
      standing: () => this.#recording?.standing,
    });
    this.#recordingOptions = {
      api,
      onStored: (session) => show.stored.value = session,
      onSending: (sending) => {
        show.sending.value = sending;
        if (sending === "over") this.end("elsewhere");
      },
    };
    effect(() => {
      const wish = show.wish.value;
      if (show.isUnderWay.value) untracked(() => void this.#telling?.note(wish));
    });
    addEventListener("pagehide", () => this.#recording?.leave());
    addEventListener("beforeunload", (event) => {
      if (show.isUnderWay.value || !show.isSaved.value) event.preventDefault();
    });
  }

  /** Begins a session; called within a click, or the browser lets no sound be made later. */
  async start(): Promise<void> {
    if (show.phase.value !== "idle" && show.phase.value !== "ended") return;
    this.caller.ready();
    const round = ++this.#round;
    const isOver = () => round !== this.#round;
    const { minutes } = show.settings.value;
    if (show.isSaved.value) this.#forget();
    this.#clear();
    try {
      show.phase.value = "camera";
      await Promise.race([this.#finishing, new Promise((r) => setTimeout(r, FINISH_LIMIT_MS))]);
      await this.#openCamera();
      if (isOver()) return;
      show.phase.value = "models";
      await this.#eye.open();
      if (isOver()) return;
      show.phase.value = "joining";
      const recording = await Recording.begin(this.#camera.label, minutes, this.#recordingOptions);
      if (isOver()) return void recording.finish();
      this.#take(recording, await hold(recording.facts.id));
      this.#count();
    } catch (error) {
      if (isOver()) return;
      this.cancel();
      show.problem.value = problemOf(error);
    }
  }

  /** Gives up what is on its way to a session. */
  cancel(): void {
    if (!show.isStarting.value) return;
    this.#round++;
    this.#stopWatching();
    show.phase.value = "idle";
  }

  /** Switches the camera off; what is measured until then is sent. */
  pause(): void {
    if (show.phase.value !== "running" || !this.#recording) return;
    this.#round++;
    show.phase.value = "paused";
    this.#eye.rest();
    this.#closeCamera();
    this.#recording.is = "paused";
    void this.#recording.flush();
  }

  /** Goes on after a pause. */
  async goOn(): Promise<void> {
    this.caller.ready();
    await this.#wake();
  }

  /** Ends the session; its summary is shown at once, and saved as soon as the daemon takes it. */
  end(how: show.Ending = "ended"): void {
    if (!this.#recording || !show.isUnderWay.value) return;
    this.#round++;
    show.ending.value = how;
    show.phase.value = "ended";
    this.#stopWatching();
    if (how === "complete") this.caller.play("done");
    this.#recording.is = "ended";
    this.#finishing = this.#finish(this.#recording);
  }

  /** Leaves the summary. */
  dismiss(): void {
    if (show.phase.value !== "ended") return;
    show.phase.value = "idle";
    if (show.isSaved.value) this.#forget();
  }

  /** Shows what has become of a message, if it is one of the last session. */
  async heed(change: WireMessageChange): Promise<void> {
    const told = show.told.peek();
    if (told?.is !== "told" || !told.messages.some(({ id }) => id === change.id)) return;
    // The whole of it, with the reason, is for who is signed in.
    const all = await this.api.messages().catch((): WireMessage[] => []);
    if (show.told.peek() !== told) return;
    const messages = afterChange(told.messages, change)
      .map((message) => all.find(({ id }) => id === message.id) ?? message);
    show.told.value = { is: "told", messages };
    if (isSettled(show.told.value)) this.#forget();
  }

  /** Another camera, now and from now on. */
  async chooseCamera(id: string): Promise<void> {
    show.change({ cameraId: id });
    if (show.phase.value !== "running") return;
    try {
      await this.#openCamera();
    } catch (error) {
      if (error instanceof CameraError) show.cameraTrouble.value = error.problem;
      return;
    }
    // Another camera sees the same person from elsewhere.
    const camera = this.#camera.label;
    const known: Partial<KnownPerson> = await this.api.known(camera) ?? {};
    const recording = this.#recording;
    if (!recording || show.phase.value !== "running" || camera !== this.#camera.label) return;
    recording.changeCamera(camera, known);
    show.zones.value = known.zones ?? [];
    this.#eye.count(this.#attention(), recording.standing);
  }

  /** Learns where somebody looks who has been asked to look at the screen, or at another one. */
  study(what: StudyOf): void {
    if (show.phase.value !== "running") return;
    show.study.value = { what, is: "looking" };
    this.#eye.study(what);
  }

  forgetZones(): void {
    this.#learn({ zones: [] });
  }

  setLookAway(seconds: number): void {
    show.change({ lookAwaySeconds: seconds });
    this.#eye.judge(this.#attention());
  }

  /** Takes up the session that this tab had before its page was loaded again. */
  async restore(): Promise<void> {
    const before = kept(Date.now());
    if (!before) return;
    const letGo = await hold(before.id);
    // Another tab has it, of which this one is a copy.
    if (!letGo) return keep(undefined);
    const recording = new Recording(before, this.#recordingOptions);
    this.#take(recording, letGo);
    if (before.is === "ended") {
      show.phase.value = "ended";
      this.#finishing = this.#finish(recording);
      return;
    }
    show.phase.value = "paused";
    const isFresh = before.is === "running" && Date.now() - before.savedMs < AT_ONCE_MS;
    if (isFresh) await this.#wake(recording.standing);
  }

  /** Goes on; the time from `since` on belongs to the session though nobody watched. */
  async #wake(since?: Recording["standing"]): Promise<void> {
    if (show.phase.value !== "paused" || show.isWaking.value) return;
    const round = ++this.#round;
    show.isWaking.value = true;
    show.problem.value = undefined;
    try {
      await this.#openCamera();
      if (!this.#eye.isOpen) await this.#eye.open();
      if (round === this.#round) this.#count(since);
    } catch (error) {
      if (round !== this.#round) return;
      this.#closeCamera();
      show.problem.value = problemOf(error);
    } finally {
      show.isWaking.value = false;
    }
  }

  #take(recording: Recording, letGo = () => {}): void {
    const { id, plannedMinutes } = recording.facts;
    this.#letGo();
    this.#telling?.leave();
    this.#recording = recording;
    this.#telling = new Telling({
      ask: (wish) => this.api.wishSend(id, wish),
      noted: recording.wish,
      onNoted: (wish) => recording.wish = wish,
      onProblem: (reason) => show.wishProblem.value = reason,
    });
    this.#letGo = letGo;
    show.told.value = show.wishProblem.value = undefined;
    show.ownSession.value = { id, plannedMinutes };
    show.zones.value = recording.known.zones ?? [];
    this.#showNumbers();
  }

  #count(since?: Recording["standing"]): void {
    show.phase.value = "running";
    this.#recording!.is = "running";
    if (show.stream.value) this.#eye.look(show.stream.value);
    this.#eye.count(this.#attention(), since);
  }

  #see({ attention, spans, box, brightness }: SeenReport): void {
    const recording = this.#recording;
    if (!recording || show.phase.value !== "running") return;
    recording.add(spans);
    show.attention.value = attention;
    show.box.value = box;
    show.brightness.value = brightness;
    const { known } = recording;
    if (!known.calibration && attention.calibration) this.#learnNeutral(attention.calibration);
    // Nobody is called back from where they were asked to look.
    if (show.study.value?.is !== "looking") this.caller.heed(attention);
    if (performance.now() - this.#shownMs >= SHOW_EVERY_MS) this.#showNumbers();
    if (recording.isComplete) this.end("complete");
  }

  #studied({ what, calibration, zone }: Extract<Report, { kind: "studied" }>): void {
    const isDone = calibration !== undefined || zone !== undefined;
    show.study.value = { what, is: isDone ? "done" : "failed" };
    this.caller.play(isDone ? "done" : "nudge");
    if (calibration) this.#learn({ calibration });
    if (zone) this.#learn({ zones: [...show.zones.value, zone].slice(-MAX_ZONES) });
  }

  /** The neutral pose is known now: zones that were learned without it are seen from there. */
  #learnNeutral(calibration: Calibration): void {
    const { neutralYawDeg: yaw, neutralPitchDeg: pitch } = calibration;
    const zones = show.zones.value.map((zone): Zone => ({
      yawFromDeg: zone.yawFromDeg - yaw,
      yawToDeg: zone.yawToDeg - yaw,
      pitchFromDeg: zone.pitchFromDeg - pitch,
      pitchToDeg: zone.pitchToDeg - pitch,
    }));
    this.#learn({ calibration, zones });
  }

  #learn(part: Partial<KnownPerson>): void {
    const recording = this.#recording;
    if (!recording) return;
    recording.learn({ ...recording.known, ...part });
    show.zones.value = recording.known.zones ?? [];
    this.#eye.judge(this.#attention());
  }

  #attention(): AttentionOptions {
    const { calibration } = this.#recording?.known ?? {};
    const lookAwayMs = show.settings.value.lookAwaySeconds * 1_000;
    return { lookAwayMs, calibration, zones: show.zones.value };
  }

  async #finish(recording: Recording): Promise<void> {
    show.isSaved.value = false;
    this.#showNumbers();
    const session = await recording.finish();
    if (session) show.stored.value = session;
    if (recording !== this.#recording) return;
    show.isSaved.value = true;
    void this.#tell(recording);
  }

  /** Shows what becomes of the summary; until that is known, a page that is loaded again asks once more. */
  async #tell(recording: Recording): Promise<void> {
    const wish = show.wish.peek();
    if (isAny(wish)) show.told.value = { is: "sending" };
    const told = await this.#telling?.settle(wish);
    if (recording !== this.#recording) return;
    show.told.value = told;
    if (isSettled(told)) this.#forget();
  }

  /** Nothing more is to be done for the session that was. */
  #forget(): void {
    keep(undefined);
    this.#telling?.leave();
    this.#recording = this.#telling = undefined;
    this.#letGo();
  }

  #showNumbers(): void {
    this.#shownMs = performance.now();
    const ledger = this.#recording?.ledger;
    if (!ledger) return;
    show.totals.value = ledger.totals;
    show.minutes.value = ledger.minutes;
  }

  async #openCamera(): Promise<void> {
    const round = this.#round;
    const stream = await this.#camera.open(show.settings.value.cameraId);
    if (round !== this.#round) return;
    this.#useStream(stream);
    const cameras = await listCameras();
    show.cameras.value = cameras.map(({ deviceId: id, label }) => ({ id, label }));
  }

  #useStream(stream: MediaStream): void {
    show.stream.value = stream;
    show.cameraTrouble.value = undefined;
    if (show.phase.value === "running") this.#eye.look(stream);
  }

  #closeCamera(): void {
    this.#camera.close();
    show.stream.value = show.box.value = show.cameraTrouble.value = undefined;
    show.study.value = undefined;
    this.caller.quiet();
    this.#showNumbers();
  }

  #stopWatching(): void {
    this.#eye.close();
    this.#closeCamera();
  }

  #clear(): void {
    show.problem.value = show.stored.value = show.attention.value = undefined;
    show.ownSession.value = undefined;
    show.sending.value = "fine";
    show.isSaved.value = true;
    show.loadedShare.value = 0;
    show.totals.value = createTally().totals;
    show.minutes.value = show.zones.value = [];
  }
}

/** What the daemon keeps for a camera. */
const MAX_ZONES = 8;
