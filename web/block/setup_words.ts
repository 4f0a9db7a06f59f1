/**
 * What `block setup` would install, short enough to be read; pure.
 * @module
 */
import type { WireBlockMeans } from "./wire.ts";

export interface FolderStep {
  readonly path: string;
  readonly what: string;
  /** How many files it stands for. */
  readonly count: number;
}

/** The steps, with files of the same purpose put together as the folder that holds them all. */
export function folderSteps(steps: WireBlockMeans["setup"]["steps"]): FolderStep[] {
  const byWhat = new Map<string, string[]>();
  for (const { path, what } of steps) byWhat.set(what, [...byWhat.get(what) ?? [], path]);
  return [...byWhat].map(([what, paths]) => ({
    path: paths.length === 1 ? paths[0] : commonFolder(paths),
    what,
    count: paths.length,
  }));
}

function commonFolder(paths: readonly string[]): string {
  const [first, ...others] = paths.map((path) => path.split("/").slice(0, -1));
  const length = first.findIndex((part, at) => others.some((other) => other[at] !== part));
  return first.slice(0, length < 0 ? undefined : length).join("/") + "/";
}
