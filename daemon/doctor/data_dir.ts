import { statfsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Config } from "../config/load.ts";
import { exists } from "../os/files.ts";
import type { Check } from "./check.ts";

const LOW_DISK_BYTES = 500_000_000;
const FULL_DISK_BYTES = 20_000_000;
const MAX_NAMED = 4;

/** Whether the data directory can be written, and nobody else may read it. */
export function checkDataDir({ dataDir }: Config): Check {
  const name = "data directory";
  if (!exists(dataDir)) {
    return { name, status: "off", detail: `${dataDir} is not there yet; the first start makes it` };
  }
  try {
    const probe = join(dataDir, `.doctor-${Deno.pid}`);
    Deno.openSync(probe, { write: true, createNew: true, mode: 0o600 }).close();
    Deno.removeSync(probe);
    const open = readableByOthers(dataDir);
    if (open.length === 0) return { name, status: "ok", detail: dataDir };
    const more = open.length > MAX_NAMED ? ` and ${open.length - MAX_NAMED} more` : "";
    return {
      name,
      status: "warn",
      detail: `other users may read ${open.slice(0, MAX_NAMED).join(", ")}${more}`,
      remedy: `chmod -R go= "${dataDir}"`,
    };
  } catch (error) {
    return {
      name,
      status: "fail",
      detail: `${dataDir} cannot be used: ${(error as Error).message}`,
      remedy: "make it a directory that you may write, or name another with --data-dir",
    };
  }
}

/** Paths that the group or others may read: the directory itself, and all in it. */
function readableByOthers(path: string): string[] {
  if (Deno.build.os === "windows") return [];
  const { mode, isDirectory, isSymlink } = Deno.lstatSync(path);
  const open = !isSymlink && ((mode ?? 0) & 0o077) !== 0 ? [path] : [];
  if (!isDirectory) return open;
  return [
    ...open,
    ...[...Deno.readDirSync(path)].flatMap(({ name }) => readableByOthers(join(path, name))),
  ];
}

/** Whether there is room to save what is recorded. */
export function checkDisk({ dataDir }: Config): Check {
  const name = "disk space";
  try {
    let place = dataDir;
    while (!exists(place)) place = dirname(place);
    const { bavail, bsize } = statfsSync(place);
    const free = bavail * bsize;
    const detail = `${
      free < 1e9 ? `${Math.floor(free / 1e6)} MB` : `${(free / 1e9).toFixed(1)} GB`
    } free`;
    if (free >= LOW_DISK_BYTES) return { name, status: "ok", detail };
    const status = free < FULL_DISK_BYTES ? "fail" : "warn";
    return { name, status, detail, remedy: "make room: what cannot be saved is lost" };
  } catch (error) {
    return { name, status: "warn", detail: `it cannot be read: ${(error as Error).message}` };
  }
}
