/**
 * What a camera, or a film in its place, tells those who watch it.
 * @module
 */

/** A picture of a camera; `data` is the receiver's until it gives it back to the {@linkcode BufferPool}. */
export interface Picture {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly channels: 3;
  /** RGB, row by row, `widthPx * heightPx * 3` bytes. */
  readonly data: Uint8Array<ArrayBuffer>;
}

/** What a camera tells; `atMs` is milliseconds of the session (a camera) or of the clip (a film). */
export type CameraEvent =
  | { readonly kind: "picture"; readonly atMs: number; readonly picture: Picture }
  /** No picture came for a while; told again and again while that lasts. */
  | { readonly kind: "nothing"; readonly atMs: number }
  /** What is wrong, in one line with what to do about it; told once for each thing that is wrong. */
  | { readonly kind: "trouble"; readonly atMs: number; readonly message: string }
  /** Pictures come again. */
  | { readonly kind: "well"; readonly atMs: number }
  /** How long a film says that it is; told before its first picture, if at all. */
  | { readonly kind: "length"; readonly atMs: number; readonly lengthMs: number }
  /** A film is over; `problem` says what of it could not be read. */
  | { readonly kind: "end"; readonly atMs: number; readonly problem?: string };

/** What a person can choose among. */
export interface CameraInfo {
  /** What the system calls it: "/dev/video0", "0". */
  readonly id: string;
  /** What its maker calls it. */
  readonly name: string;
}

/** Where pictures come from. */
export type CameraSource =
  /** A camera by id, name, a part of its name, or its place in the list; `undefined`: the first. */
  | { readonly kind: "camera"; readonly wanted: string | undefined }
  /** A named pipe that something feeds with a film in real time. */
  | { readonly kind: "pipe"; readonly path: string }
  /** A film, read as fast as it is looked at. */
  | { readonly kind: "film"; readonly path: string };

export interface CaptureOptions {
  /** Pictures a second. */
  readonly rate: number;
  /** Where pictures come from, and where the receiver puts them when done with them. */
  readonly pool: BufferPool;
  readonly signal: AbortSignal;
  /** Milliseconds of the session; asked for a camera only. */
  readonly nowMs: () => number;
}

/** A few buffers that are used over and over; never more than `limit` wait in it. */
export class BufferPool {
  #free: ArrayBuffer[] = [];

  /** @param limit How many wait at most, in buffers. */
  constructor(private readonly limit = 4) {}

  /** A buffer of exactly `bytes` bytes, with whatever was in it. */
  take(bytes: number): ArrayBuffer {
    const at = this.#free.findIndex(({ byteLength }) => byteLength === bytes);
    return at === -1 ? new ArrayBuffer(bytes) : this.#free.splice(at, 1)[0];
  }

  /** Takes a buffer back; one that was moved to another thread is none any more. */
  give(buffer: ArrayBuffer): void {
    if (buffer.byteLength === 0) return;
    // Those of another size are not asked for again soon: pictures of one camera are alike.
    if (this.#free.push(buffer) > this.limit) this.#free.shift();
  }
}
