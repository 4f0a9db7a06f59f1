/**
 * `deno task eval:vision` on labels that any machine can fetch the pictures of, and on labels it must refuse.
 * @module
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { needs } from "../programs.ts";

const { ignore, suffix } = needs("ffmpeg");
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const HEADER = "file,face,eyes,yaw,pitch,expected";
const LABELS = [
  "franckstill_02221.jpg,1,open,0,0,FOCUSED",
  "clm_obama4_crop.jpg,1,open,0,0,FOCUSED",
  "cap13_0021.jpg,1,closed,0,0,UNFOCUSED",
  "franckvid_0348.jpg,1,closed,0,0,UNFOCUSED",
];

async function evaluate(labels: readonly string[], ...flags: string[]) {
  const folder = await Deno.makeTempDir({ prefix: "prodtracker-eval-" });
  try {
    const path = join(folder, "labels.csv");
    await Deno.writeTextFile(path, [HEADER, ...labels].join("\n"));
    await Deno.writeTextFile(join(folder, "broken.jpg"), "no picture");
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["task", "--quiet", "eval:vision", "--", "--data", folder, "--labels", path, ...flags],
      cwd: ROOT,
    }).output();
    const decoder = new TextDecoder();
    return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test({
  name:
    `eval:vision judges pictures of the clips, and misses the classes that are not there${suffix}`,
  ignore,
}, async () => {
  const { code, stdout } = await evaluate(LABELS, "--json", "--condition", "as it is");
  assert.equal(code, 1);
  const { conditions: [first, ...others], problems } = JSON.parse(stdout);
  assert.equal(others.length, 0);
  assert.equal(first.accuracy, 1);
  assert.deepEqual(problems, []);
  assert.deepEqual(first.misses, [`no picture is "turned away"`, `no picture is "no face"`]);
});

Deno.test({
  name: `eval:vision names what is missing or no picture, and fails for it${suffix}`,
  ignore,
}, async () => {
  const labels = ["nowhere.jpg,1,open,0,0,FOCUSED", "broken.jpg,1,open,0,0,FOCUSED", LABELS[0]];
  const { code, stdout } = await evaluate(labels, "--condition", "as it is");
  assert.equal(code, 1);
  assert.match(stdout, /PROBLEM: Cannot find "nowhere\.jpg"/);
  assert.match(stdout, /PROBLEM: Cannot decode "broken\.jpg"/);
});

Deno.test(`eval:vision says how it is used`, async () => {
  const { code, stderr } = await evaluate(LABELS, "--condition", "in space");
  assert.equal(code, 2);
  assert.match(stderr, /There is no condition "in space"/);
  assert.match(stderr, /--labels CSV/);
});
