/**
 * Packs files as a POSIX tar archive (ustar, IEEE 1003.1-1988), the same bytes for the same files: sorted
 * by name, no owner, no times.
 * @module
 */

/** One file to pack; `name` uses "/" and is relative. */
export interface PackedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** @default false */
  readonly executable?: boolean;
}

const BLOCK = 512;
const encoder = new TextEncoder();

/**
 * The archive of `files`, ended by two empty blocks; folders are made by whoever unpacks it.
 * @throws {RangeError} when a name does not fit in 100 bytes or a file in 8 GiB.
 */
export function packTar(files: readonly PackedFile[]): Uint8Array<ArrayBuffer> {
  const sorted = files.toSorted((a, b) => a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
  const length = sorted.reduce((sum, { bytes }) => sum + BLOCK + padded(bytes.length), 2 * BLOCK);
  const archive = new Uint8Array(length);
  let at = 0;
  for (const file of sorted) {
    archive.set(header(file), at);
    archive.set(file.bytes, at + BLOCK);
    at += BLOCK + padded(file.bytes.length);
  }
  return archive;
}

function padded(length: number): number {
  return Math.ceil(length / BLOCK) * BLOCK;
}

function header({ name, bytes, executable = false }: PackedFile): Uint8Array {
  const block = new Uint8Array(BLOCK);
  const nameBytes = encoder.encode(name);
  if (nameBytes.length > 100) throw new RangeError(`Cannot pack "${name}": the name is too long`);
  if (bytes.length >= 8 ** 11) throw new RangeError(`Cannot pack "${name}": the file is too big`);
  const put = (offset: number, text: string) => block.set(encoder.encode(text), offset);
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, "0") + "\0";
  block.set(nameBytes, 0);
  put(100, octal(executable ? 0o755 : 0o644, 7));
  put(108, octal(0, 7));
  put(116, octal(0, 7));
  put(124, octal(bytes.length, 11));
  put(136, octal(0, 11));
  put(148, " ".repeat(8));
  put(156, "0");
  put(257, "ustar\x0000");
  const checksum = block.reduce((sum, byte) => sum + byte, 0);
  put(148, `${checksum.toString(8).padStart(6, "0")}\0 `);
  return block;
}
