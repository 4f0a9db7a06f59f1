/**
 * Reads a camera in a worker: the newest picture only, each closed at once, its pixels in one buffer that is used
 * again and again. It goes on while the page is hidden, as nothing here waits for the screen.
 * @module
 */
import type { Frame } from "../../vision/types.ts";
import type { Pace } from "./pace.ts";
import { Pixels } from "./pixels.ts";

/** A camera's pictures, as a browser hands them to a worker: already as a stream, or the track itself. */
export type Pictures = ReadableStream<VideoFrame> | MediaStreamTrack;

export interface FrameReaderOptions {
  readonly pace: Pace;
  /** Looks at a picture; `frame` is only good until it resolves. */
  readonly look: (frame: Frame, atMs: number) => Promise<void>;
  readonly onFailure: (error: unknown) => void;
}

export class FrameReader {
  readonly #pixels = new Pixels();
  #reader: ReadableStreamDefaultReader<VideoFrame> | undefined;
  #isBusy = false;

  constructor(private readonly options: FrameReaderOptions) {}

  /** Reads these pictures, and no longer those before. */
  read(pictures: Pictures): void {
    this.stop();
    const stream = pictures instanceof ReadableStream ? pictures : streamOf(pictures);
    const reader = this.#reader = stream.getReader();
    this.#readAll(reader).catch((error) => {
      // A stream that was let go of ends as it likes.
      if (this.#reader === reader) this.options.onFailure(error);
    });
  }

  stop(): void {
    this.#reader?.cancel().catch(() => {});
    this.#reader = undefined;
  }

  /** Looks at one picture that came another way. */
  async show(picture: ImageBitmap, atMs: number): Promise<void> {
    if (this.#isBusy) return picture.close();
    await this.#lookAt(picture, atMs);
  }

  async #readAll(reader: ReadableStreamDefaultReader<VideoFrame>): Promise<void> {
    while (true) {
      const { value: picture, done } = await reader.read();
      if (done) return;
      if (this.#isBusy || this.#reader !== reader || !this.options.pace.isDue(performance.now())) {
        picture.close();
      } else {
        this.#lookAt(picture, Date.now()).catch(this.options.onFailure);
      }
    }
  }

  async #lookAt(picture: VideoFrame | ImageBitmap, atMs: number): Promise<void> {
    this.#isBusy = true;
    try {
      const frame = await this.#pixels.of(picture).finally(() => picture.close());
      await this.options.look(frame, atMs);
    } finally {
      this.#isBusy = false;
    }
  }
}

/** Not in TypeScript's library yet. Chromium has it on pages, Safari in workers. */
declare const MediaStreamTrackProcessor: {
  new (init: { track: MediaStreamTrack; maxBufferSize?: number }): {
    readonly readable: ReadableStream<VideoFrame>;
  };
};

/** A track's pictures as a stream; `undefined` where the browser has none here. */
export function streamOf(track: MediaStreamTrack): ReadableStream<VideoFrame> {
  return new MediaStreamTrackProcessor({ track, maxBufferSize: 1 }).readable;
}
