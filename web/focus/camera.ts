/**
 * The camera of a session: opened, given back, and taken up again when it was gone.
 * @module
 */
import { cameraProblem, NO_PICTURE, NOT_SECURE, type Problem, UNPLUGGED } from "./camera_words.ts";

/** Why there is no picture. */
export class CameraError extends Error {
  override name = "CameraError";
  constructor(readonly problem: Problem, options?: ErrorOptions) {
    super(problem.title, options);
  }
}

export interface CameraOptions {
  /** Pictures come, or come again, from this stream. */
  readonly onStream: (stream: MediaStream) => void;
  /** The camera that was open gives nothing; `undefined`: it does again. */
  readonly onTrouble: (problem: Problem | undefined) => void;
}

/** How often is asked for a camera that is gone, besides whenever one is plugged in. */
const RETRY_MS = 3_000;
/** A shorter silence is none: cameras stop for a moment when somebody changes their settings. */
const SILENT_MS = 2_000;

export class Camera {
  /** The camera that is open or waited for: another one would see the person from elsewhere. */
  #id = "";
  #stream: MediaStream | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  /** Rises with every `open` and `close`: what began before is over. */
  #round = 0;

  constructor(private readonly options: CameraOptions) {
    globalThis.navigator?.mediaDevices?.addEventListener("devicechange", () => {
      if (this.#retry !== undefined) this.#reopen(this.#round);
    });
  }

  get label(): string {
    return this.#stream?.getVideoTracks()[0]?.label ?? "";
  }

  /**
   * Opens the camera of this id, or any when that is not there, or with "".
   * @throws {CameraError}; it is closed then.
   */
  async open(id: string): Promise<MediaStream> {
    this.close();
    const round = this.#round;
    const stream = await request(id).catch((error) => {
      const isGone = (error.cause as DOMException | undefined)?.name === "OverconstrainedError";
      if (id === "" || !isGone) throw error;
      return request("");
    });
    if (round !== this.#round) {
      stop(stream);
      throw new CameraError(cameraProblem("AbortError"));
    }
    this.#use(stream);
    return stream;
  }

  /** Gives the camera back: its light goes out. */
  close(): void {
    this.#round++;
    clearTimeout(this.#retry);
    clearTimeout(this.#silence);
    this.#retry = undefined;
    if (this.#stream) stop(this.#stream);
    this.#stream = undefined;
  }

  #use(stream: MediaStream): void {
    this.#stream = stream;
    const round = this.#round;
    this.#id = stream.getVideoTracks()[0].getSettings().deviceId ?? "";
    const [track] = stream.getVideoTracks();
    const isCurrent = () => round === this.#round && this.#stream === stream;
    track.addEventListener("ended", () => {
      if (!isCurrent()) return;
      this.options.onTrouble(UNPLUGGED);
      this.#waitForIt(round);
    });
    track.addEventListener("mute", () => {
      clearTimeout(this.#silence);
      this.#silence = setTimeout(
        () => isCurrent() && this.options.onTrouble(NO_PICTURE),
        SILENT_MS,
      );
    });
    track.addEventListener("unmute", () => {
      clearTimeout(this.#silence);
      if (isCurrent()) this.options.onTrouble(undefined);
    });
  }

  #waitForIt(round: number): void {
    if (round !== this.#round) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#reopen(round), RETRY_MS);
  }

  async #reopen(round: number): Promise<void> {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    try {
      const stream = await request(this.#id);
      if (round !== this.#round) return stop(stream);
      if (this.#stream) stop(this.#stream);
      this.#use(stream);
      this.options.onTrouble(undefined);
      this.options.onStream(stream);
    } catch {
      this.#waitForIt(round);
    }
  }
}

/** The cameras, as far as the browser names them: before a permission it does not. */
export async function listCameras(): Promise<readonly MediaDeviceInfo[]> {
  const devices = await navigator.mediaDevices?.enumerateDevices().catch(() => []) ?? [];
  return devices.filter(({ kind, deviceId }) => kind === "videoinput" && deviceId !== "");
}

async function request(id: string): Promise<MediaStream> {
  if (!navigator.mediaDevices) throw new CameraError(NOT_SECURE);
  // What the models look at is smaller: more pixels would only take more time.
  const video: MediaTrackConstraints = {
    width: { ideal: 640 },
    height: { ideal: 480 },
    frameRate: { ideal: 15, max: 30 },
    ...id === "" ? {} : { deviceId: { exact: id } },
  };
  try {
    return await navigator.mediaDevices.getUserMedia({ video, audio: false });
  } catch (error) {
    throw new CameraError(cameraProblem((error as DOMException).name), { cause: error });
  }
}

export function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
