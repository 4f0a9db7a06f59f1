/**
 * Takes files out of an npm tarball (gzip, ustar) as it streams by; only what is asked for is kept.
 * @module
 */

const BLOCK = 512;
const decoder = new TextDecoder();

/**
 * The files `wanted` in the tarball at `path`, by their path within.
 * @throws {Error} naming what is not in it, or that it is damaged.
 */
export async function extractTarball(
  path: string,
  wanted: (name: string) => boolean,
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const file = await Deno.open(path);
  const stream = file.readable.pipeThrough(new DecompressionStream("gzip"));
  const bytes = new ByteStream(stream.getReader());
  try {
    return await readTar(bytes, wanted);
  } catch (error) {
    throw new Error(`Cannot unpack "${path}": ${(error as Error).message}`, { cause: error });
  } finally {
    await bytes.cancel();
  }
}

async function readTar(
  bytes: ByteStream,
  wanted: (name: string) => boolean,
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const found = new Map<string, Uint8Array<ArrayBuffer>>();
  const block = new Uint8Array(BLOCK);
  while (await bytes.fill(block)) {
    if (block.every((byte) => byte === 0)) return found;
    const { name, size, isFile } = readHeader(block);
    const padding = (BLOCK - size % BLOCK) % BLOCK;
    if (isFile && wanted(name)) {
      const content = new Uint8Array(size);
      if (size > 0 && !await bytes.fill(content)) throw new Error("it ends within a file");
      await bytes.skip(padding);
      found.set(name, content);
    } else {
      await bytes.skip(size + padding);
    }
  }
  return found;
}

/** A ustar header: path, length in bytes, and whether it is a plain file. */
function readHeader(block: Uint8Array): { name: string; size: number; isFile: boolean } {
  const text = (from: number, length: number) =>
    decoder.decode(block.subarray(from, from + length)).replace(/\0.*$/s, "");
  const stored = parseInt(text(148, 8).trim(), 8);
  const checksum = block.reduce(
    (sum, byte, index) => sum + (index >= 148 && index < 156 ? 0x20 : byte),
    0,
  );
  if (stored !== checksum) throw new Error("a header in it is damaged");
  const prefix = text(257, 5) === "ustar" ? text(345, 155) : "";
  const name = text(0, 100);
  return {
    name: prefix ? `${prefix}/${name}` : name,
    size: parseInt(text(124, 12).trim() || "0", 8),
    isFile: block[156] === 0 || block[156] === 0x30,
  };
}

/** A stream read in exact lengths. */
class ByteStream {
  #chunk: Uint8Array = new Uint8Array(0);

  constructor(private readonly reader: ReadableStreamDefaultReader<Uint8Array>) {}

  /** Fills `target`; `false` when the stream was over before. @throws {Error} when it ends in between. */
  async fill(target: Uint8Array): Promise<boolean> {
    let at = 0;
    while (at < target.length) {
      if (!await this.#more()) {
        if (at === 0) return false;
        throw new Error("it ends early");
      }
      const part = this.#chunk.subarray(0, target.length - at);
      target.set(part, at);
      at += part.length;
      this.#chunk = this.#chunk.subarray(part.length);
    }
    return true;
  }

  /** @throws {Error} when there is not as much. */
  async skip(count: number): Promise<void> {
    for (let left = count; left > 0;) {
      if (!await this.#more()) throw new Error("it ends early");
      const taken = Math.min(left, this.#chunk.length);
      this.#chunk = this.#chunk.subarray(taken);
      left -= taken;
    }
  }

  /** Closes the file below as well. */
  async cancel(): Promise<void> {
    await this.reader.cancel().catch(() => {});
  }

  async #more(): Promise<boolean> {
    while (this.#chunk.length === 0) {
      const { value, done } = await this.reader.read();
      if (done) return false;
      this.#chunk = value;
    }
    return true;
  }
}
