/**
 * Pictures out of a stream of PPM files (`P6`, 8 bits), as ffmpeg writes them one after another.
 *
 * Each says its own size, so that neither a second program nor a guess is needed for it, and a camera may
 * change it on the way.
 * @module
 */
import type { BufferPool, Picture } from "../core/camera.ts";

/** More than any picture that was asked for. */
const MAX_SIDE_PX = 4096;
const MAX_HEADER_BYTES = 64;
const CHUNK_BYTES = 65_536;

const NEWLINE = 10;

/** Reads pictures one at a time; what is not read stays in the pipe, and makes its writer wait. */
export class PpmReader {
  #reader: ReadableStreamBYOBReader;
  #chunk = new Uint8Array(new ArrayBuffer(CHUNK_BYTES), 0, 0);

  constructor(stream: ReadableStream<Uint8Array<ArrayBuffer>>, private readonly pool: BufferPool) {
    this.#reader = stream.getReader({ mode: "byob" });
  }

  /**
   * The next whole picture; `undefined` at the end. A last one that is cut off is left out.
   * @throws {TypeError} when what comes is no PPM.
   */
  async next(): Promise<Picture | undefined> {
    const header = await this.#header();
    if (!header) return undefined;
    const [widthPx, heightPx] = header;
    const bytes = widthPx * heightPx * 3;
    const data = new Uint8Array(this.pool.take(bytes));
    for (let at = 0; at < bytes;) {
      if (this.#chunk.length === 0 && !await this.#fill()) {
        this.pool.give(data.buffer);
        return undefined;
      }
      const part = this.#chunk.subarray(0, bytes - at);
      data.set(part, at);
      at += part.length;
      this.#chunk = this.#chunk.subarray(part.length);
    }
    return { widthPx, heightPx, channels: 3, data };
  }

  /** Stops reading. */
  async cancel(): Promise<void> {
    await this.#reader.cancel().catch(() => {});
  }

  /** Width and height; `undefined` when nothing more comes. */
  async #header(): Promise<[widthPx: number, heightPx: number] | undefined> {
    let text = "";
    for (let lines = 0; lines < 3;) {
      if (this.#chunk.length === 0 && !await this.#fill()) return undefined;
      const byte = this.#chunk[0];
      this.#chunk = this.#chunk.subarray(1);
      text += String.fromCharCode(byte);
      if (byte === NEWLINE) lines++;
      if (text.length > MAX_HEADER_BYTES || !"P6\n".startsWith(text.slice(0, 3))) break;
    }
    const [, width, height] = /^P6\n(\d{1,5}) (\d{1,5})\n255\n$/.exec(text) ?? [];
    const size = [Number(width), Number(height)] as [number, number];
    if (!size.every((side) => side >= 1 && side <= MAX_SIDE_PX)) {
      throw new TypeError("Cannot read the pictures of ffmpeg: what comes is no PPM of this size");
    }
    return size;
  }

  async #fill(): Promise<boolean> {
    const { value, done } = await this.#reader.read(new Uint8Array(this.#chunk.buffer));
    if (value) this.#chunk = value as Uint8Array<ArrayBuffer>;
    return !done && value !== undefined && value.length > 0;
  }
}
