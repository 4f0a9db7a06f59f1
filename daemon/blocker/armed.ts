/**
 * The note in the data directory that a block is armed: with none, a start has nothing to look for.
 * @module
 */
import { join } from "node:path";
import { readIfThere, removeIfThere, writePrivateFile } from "../os/files.ts";

export interface ArmedNote {
  readonly id: number;
  readonly startMs: number;
  readonly endMs: number;
  /** The process that lives until the end. */
  readonly pid?: number;
}

/** The note; `undefined`: no block was armed from here. One that cannot be read counts as overdue. */
export function readArmed(dataDir: string): ArmedNote | undefined {
  const text = readIfThere(pathIn(dataDir));
  if (text === undefined) return undefined;
  try {
    const { id, startMs, endMs, pid } = JSON.parse(text);
    if ([id, startMs, endMs].every(Number.isSafeInteger)) return { id, startMs, endMs, pid };
  } catch { /* as good as overdue */ }
  return { id: 0, startMs: 0, endMs: 0 };
}

export function writeArmed(dataDir: string, note: ArmedNote): void {
  writePrivateFile(pathIn(dataDir), JSON.stringify(note));
}

export function forgetArmed(dataDir: string): void {
  removeIfThere(pathIn(dataDir));
}

function pathIn(dataDir: string): string {
  return join(dataDir, "block_armed.json");
}
