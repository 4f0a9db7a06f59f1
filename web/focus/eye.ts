/**
 * The worker that watches, as the page has it: started with the models, given the camera, started anew when it fails.
 * @module
 */
import type { AttentionOptions } from "../../vision/attention.ts";
import type { AttentionState } from "../../vision/types.ts";
import { stop } from "./camera.ts";
import { type Pictures, streamOf } from "./frame_reader.ts";
import type { Order, Report, SeenReport, StudyOf } from "./messages.ts";
import { paint } from "./painter.ts";

export interface EyeOptions {
  /** Where the worker's script is. */
  readonly workerUrl: string;
  readonly onLoading: (share: number) => void;
  readonly onSeen: (report: SeenReport) => void;
  readonly onStudied: (report: Extract<Report, { kind: "studied" }>) => void;
  /** Whether a hidden page is watched too; known with the first camera. */
  readonly onReach: (canWatchHidden: boolean) => void;
  /** It failed, and goes on with a new worker; or, after several failures in a row, does not. */
  readonly onFailure: (isOver: boolean) => void;
  /** Where the session stands, for a new worker to go on from. */
  readonly standing: () => Since | undefined;
}

interface Since {
  readonly atMs: number;
  readonly state: AttentionState;
}

/** A worker that says nothing for so long, though it speaks every second, is started anew. */
const SILENT_MS = 5_000;
/** How often in a row, before it is given up. */
const MAX_FAILURES = 3;
/** A worker that has counted for so long works. */
const PROVED_MS = 10_000;

/** Nobody answered when the worker's script or the models were asked for. */
export class NotLoadedError extends Error {
  override name = "NotLoadedError";
}

export class Eye {
  #worker: Worker | undefined;
  #opening: PromiseWithResolvers<void> | undefined;
  #stream: MediaStream | undefined;
  /** Ends the way by which the worker has the camera. */
  #letGo = () => {};
  /** What it judges by, while it counts. */
  #attention: AttentionOptions | undefined;
  #canReadTracks = false;
  #heardMs = 0;
  /** How often was looked whether it lives, since it was heard. */
  #looks = 0;
  #countedMs = 0;
  #failures = 0;
  /** Rises with whatever makes a worker that is being started anew superfluous. */
  #round = 0;
  #watch: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly options: EyeOptions) {}

  get isOpen(): boolean {
    return this.#worker !== undefined;
  }

  /** Starts the worker and loads the models. @throws {Error} saying why that is not to be had. */
  open(): Promise<void> {
    this.close();
    const opening = this.#opening = Promise.withResolvers<void>();
    const worker = this.#worker = new Worker(this.options.workerUrl, {
      type: "module",
      name: "vision",
    });
    worker.onmessage = ({ data }: MessageEvent<Report>) => {
      if (worker === this.#worker) this.#hear(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      if (worker !== this.#worker) return;
      // Without a message it is the script that could not be had.
      this.#fail(event.message ? new Error(event.message) : new NotLoadedError());
    };
    this.#tell({ kind: "open" });
    this.#tellVisible();
    document.addEventListener("visibilitychange", this.#tellVisible);
    this.#watch = setInterval(() => this.#checkPulse(), SILENT_MS / 5);
    return opening.promise;
  }

  /** Ends the worker and frees what it has loaded. */
  close(): void {
    this.#round++;
    this.#opening?.reject(new DOMException("It was called off", "AbortError"));
    this.#opening = undefined;
    this.#rest();
    this.#stream = undefined;
    clearInterval(this.#watch);
    document.removeEventListener("visibilitychange", this.#tellVisible);
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  /** Watches this camera from now on. */
  look(stream: MediaStream): void {
    this.#letGo();
    this.#stream = stream;
    this.#letGo = this.#connect(stream);
  }

  /** Counts from now on; `since` is where the session stood. */
  count(attention: AttentionOptions, since?: Since): void {
    this.#attention = attention;
    this.#heardMs = this.#countedMs = performance.now();
    this.#looks = 0;
    this.#tell({ kind: "count", attention, since });
  }

  judge(attention: AttentionOptions): void {
    if (this.#attention === undefined) return;
    this.#attention = attention;
    this.#tell({ kind: "judge", attention });
  }

  study(what: StudyOf): void {
    this.#tell({ kind: "study", what });
  }

  /** Counts no more until `count`, and lets go of the camera. */
  rest(): void {
    this.#round++;
    this.#rest();
    this.#tell({ kind: "rest" });
  }

  #rest(): void {
    this.#letGo();
    this.#letGo = () => {};
    this.#attention = undefined;
  }

  readonly #tellVisible = () =>
    this.#tell({ kind: "visible", isVisible: document.visibilityState === "visible" });

  #tell(order: Order, moved: Transferable[] = []): void {
    this.#worker?.postMessage(order, moved);
  }

  /** Hands a camera to the worker, in the best way that this browser has. */
  #connect(stream: MediaStream): () => void {
    const [track] = stream.getVideoTracks();
    // Chromium makes the stream on the page, and moves it; Safari moves the track, and makes it in the worker.
    const ways: ((own: MediaStreamTrack) => Pictures)[] = [];
    if ("MediaStreamTrackProcessor" in globalThis) ways.push(streamOf);
    if (this.#canReadTracks) ways.push((own) => own);
    for (const picturesOf of ways) {
      const own = track.clone();
      try {
        const pictures = picturesOf(own);
        this.#tell({ kind: "look", pictures }, [pictures as Transferable]);
        this.options.onReach(true);
        return () => own.stop();
      } catch {
        // It cannot be moved: the next way.
        own.stop();
      }
    }
    this.options.onReach(false);
    const own = stream.clone();
    const end = paint(own, (bitmap, atMs) => {
      this.#tell({ kind: "picture", bitmap, atMs }, [bitmap]);
    });
    return () => {
      end();
      stop(own);
    };
  }

  #hear(report: Report): void {
    this.#heardMs = performance.now();
    this.#looks = 0;
    if (report.kind === "loading") this.options.onLoading(report.doneBytes / report.totalBytes);
    if (report.kind === "failed") {
      this.#fail(report.isUnreachable ? new NotLoadedError() : new Error(report.message));
    }
    if (report.kind === "studied") this.options.onStudied(report);
    if (report.kind === "ready") {
      this.#canReadTracks = report.canReadTracks;
      this.#opening?.resolve();
      this.#opening = undefined;
    }
    if (report.kind === "seen") {
      if (this.#heardMs - this.#countedMs > PROVED_MS) this.#failures = 0;
      this.options.onSeen(report);
    }
  }

  #checkPulse(): void {
    if (this.#attention === undefined) return;
    // A page that was frozen itself has its reports still to read: they come before the next look.
    this.#looks++;
    if (this.#looks > 1 && performance.now() - this.#heardMs > SILENT_MS) {
      this.#fail(new Error("The worker stopped answering"));
    }
  }

  #fail(error: Error): void {
    const attention = this.#attention, stream = this.#stream;
    if (this.#opening || attention === undefined) {
      this.#opening?.reject(error);
      this.#opening = undefined;
      return this.close();
    }
    const isOver = ++this.#failures > MAX_FAILURES;
    this.options.onFailure(isOver);
    if (isOver) return this.close();
    const reopened = this.open();
    const round = this.#round;
    reopened.then(() => {
      if (round !== this.#round) return;
      // Another camera may have come meanwhile.
      const newest = this.#stream ?? stream;
      if (newest) this.look(newest);
      this.count(attention, this.options.standing());
    }, () => {
      if (round === this.#round) this.options.onFailure(true);
    });
  }
}
