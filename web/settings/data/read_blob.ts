/**
 * Reads a long answer into a file, and tells how much has come.
 * @module
 */

/** So much is held as such; more is handed to the browser, which may keep it on the disk. */
const HELD_BYTES = 4 * 1024 * 1024;

/** The whole body; `onBytes` is told how many bytes there are so far. @throws as reading does, when it ends early. */
export async function readBlob(
  response: Response,
  onBytes: (bytes: number) => void,
): Promise<Blob> {
  const type = response.headers.get("Content-Type") ?? "";
  const reader = response.body?.getReader();
  const pieces: Blob[] = [];
  let held: Uint8Array<ArrayBuffer>[] = [], heldBytes = 0, bytes = 0;
  const handOver = () => {
    pieces.push(new Blob(held));
    held = [];
    heldBytes = 0;
  };
  for (;;) {
    const { value } = await reader?.read() ?? {};
    if (value === undefined) break;
    held.push(value);
    heldBytes += value.byteLength;
    bytes += value.byteLength;
    if (heldBytes >= HELD_BYTES) handOver();
    onBytes(bytes);
  }
  handOver();
  return new Blob(pieces, { type });
}
