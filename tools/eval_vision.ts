// deno-lint-ignore-file no-console -- a tool speaks to the terminal it is run from
/**
 * Judges labelled pictures and says how often the pipeline is right:
 *
 *     deno task eval:vision -- --data DIR --labels CSV [--condition NAME]… [--json]
 *
 * Each picture is judged alone, as if it were the first of a session, and again under each condition. Exit code 1
 * when a limit is missed, or a picture is missing or cannot be read; 2 for wrong usage.
 * @module
 */
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { darken, halve, mirror, onGrey, type RgbFrame } from "../tests/vision/frames.ts";
import { openPipeline, web } from "../tests/vision/runtimes.ts";
import { type Observation, type Pipeline, verdict } from "../vision/mod.ts";
import { makeModels } from "./models.ts";
import { type Label, parseLabels } from "./vision_labels.ts";
import { picture } from "./vision_pictures.ts";
import {
  answerOf,
  falseFaces,
  type Judged,
  type Limits,
  missed,
  score,
  table,
} from "./vision_score.ts";

interface Condition {
  readonly change: (frame: RgbFrame) => RgbFrame;
  readonly limits: Limits;
}

const USUAL: Limits = { accuracy: 0.97, recall: 0.95 };
const HARD: Limits = { accuracy: 0.95, recall: 0 };

const CONDITIONS: Readonly<Record<string, Condition>> = {
  "as it is": { change: (frame) => frame, limits: USUAL },
  "a quarter of the light": { change: darken, limits: HARD },
  "half size": { change: halve, limits: HARD },
  "twice as far away": { change: (f) => onGrey(halve(f), f.widthPx, f.heightPx), limits: HARD },
  mirrored: { change: mirror, limits: USUAL },
};

/** A turned head's yaw has the right sign from this label on. */
const TURNED_DEG = 20;
const SIGN_SHARE = 0.95;
/** The yaw of a mirrored picture is the negative of the picture's, within this, in so many of the pictures. */
const MIRROR_DEG = 6;
const MIRROR_SHARE = 0.95;

interface Seen {
  readonly label: Label;
  readonly observation: Observation;
}

interface Result {
  readonly name: string;
  readonly judged: readonly Judged[];
  readonly misses: readonly string[];
}

function usage(problem: string): never {
  console.error(problem);
  console.error(
    `deno task eval:vision -- --data DIR --labels CSV [--condition NAME]... [--json]\n` +
      `Conditions: ${Object.keys(CONDITIONS).join(", ")}`,
  );
  Deno.exit(2);
}

function readOptions() {
  try {
    const { values } = parseArgs({
      args: Deno.args.filter((arg) => arg !== "--"),
      options: {
        data: { type: "string" },
        labels: { type: "string" },
        condition: { type: "string", multiple: true },
        json: { type: "boolean", default: false },
      },
    });
    const { labels, condition = Object.keys(CONDITIONS), json } = values;
    if (labels === undefined) usage("--labels is missing");
    const unknown = condition.find((name) => !(name in CONDITIONS));
    if (unknown !== undefined) usage(`There is no condition "${unknown}"`);
    return { labels, data: values.data ?? dirname(labels), conditions: condition, json };
  } catch (error) {
    usage((error as Error).message);
  }
}

/** The pictures that could be read, and what is wrong with the others. */
async function readPictures(folder: string, labels: readonly Label[]) {
  const pictures: { label: Label; frame: RgbFrame }[] = [];
  const problems: string[] = [];
  for (const label of labels) {
    try {
      pictures.push({ label, frame: await picture(folder, label.file) });
    } catch (error) {
      problems.push((error as Error).message);
    }
  }
  return { pictures, problems };
}

async function look(
  pipeline: Pipeline,
  pictures: readonly { label: Label; frame: RgbFrame }[],
  { change }: Condition,
): Promise<Seen[]> {
  const seen: Seen[] = [];
  for (const { label, frame } of pictures) {
    pipeline.reset();
    seen.push({ label, observation: await pipeline.step(change(frame), 0) });
  }
  return seen;
}

/** `flip` is -1 for a mirrored picture. */
function judge(name: string, seen: readonly Seen[], limits: Limits, flip: 1 | -1): Result {
  const judged: Judged[] = [];
  for (const { label: { truth, file, source }, observation } of seen) {
    if (truth !== undefined) {
      judged.push({ file, source, truth, answer: answerOf(verdict(observation)) });
    }
  }
  const misses = missed(score(judged), limits);
  for (const { file } of falseFaces(judged)) misses.push(`a face is seen in "${file}"`);
  const turned = seen.filter(({ label, observation }) =>
    observation.pose && Math.abs(label.yawDeg) >= TURNED_DEG
  );
  const signs = turned.filter(({ label, observation }) =>
    label.yawDeg * observation.pose!.yawDeg * flip > 0
  );
  if (signs.length < SIGN_SHARE * turned.length) {
    misses.push(`yaw has the right sign in ${signs.length} of ${turned.length} turned heads`);
  }
  return { name, judged, misses };
}

/** What is wrong with the yaw of mirrored pictures against the pictures themselves. */
function mirrorMisses(straight: readonly Seen[], mirrored: readonly Seen[]): string[] {
  let both = 0, negative = 0;
  for (const [i, { observation }] of straight.entries()) {
    const was = observation.pose, is = mirrored[i].observation.pose;
    if (!was || !is) continue;
    both++;
    if (Math.abs(was.yawDeg + is.yawDeg) <= MIRROR_DEG) negative++;
  }
  if (negative >= MIRROR_SHARE * both) return [];
  return [`yaw turns its sign within ${MIRROR_DEG} degrees in ${negative} of ${both} pictures`];
}

function print({ name, judged, misses }: Result): void {
  console.log(`\n${name}\n${table(score(judged))}`);
  const sources = Map.groupBy(judged, ({ source }) => source);
  for (const [source, own] of sources) {
    const { right, total, accuracy } = score(own);
    console.log(`  ${accuracy.toFixed(3)}  ${right}/${total}  ${source}`);
  }
  for (const { file, truth, answer } of judged) {
    if (truth !== answer) console.log(`  wrong: ${file} is "${truth}", said "${answer}"`);
  }
  for (const miss of misses) console.log(`  MISSED: ${miss}`);
}

async function main(): Promise<number> {
  const { data, labels: path, conditions, json } = readOptions();
  const labels = parseLabels(await Deno.readTextFile(path));
  await makeModels();
  const { pictures, problems } = await readPictures(data, labels);
  const pipeline = await openPipeline(web());
  const results: Result[] = [];
  const straight = await look(pipeline, pictures, CONDITIONS["as it is"]);
  for (const name of conditions) {
    const isMirrored = name === "mirrored";
    const seen = name === "as it is" ? straight : await look(pipeline, pictures, CONDITIONS[name]);
    const result = judge(name, seen, CONDITIONS[name].limits, isMirrored ? -1 : 1);
    const more = isMirrored ? mirrorMisses(straight, seen) : [];
    results.push({ ...result, misses: [...result.misses, ...more] });
  }
  await pipeline.dispose();
  if (json) {
    const conditions = results.map(({ name, judged, misses }) => ({
      condition: name,
      ...score(judged),
      misses,
      wrong: judged.filter(({ truth, answer }) => truth !== answer),
      sources: Object.fromEntries(
        [...Map.groupBy(judged, ({ source }) => source)].map(([source, own]) => [
          source,
          score(own),
        ]),
      ),
    }));
    console.log(JSON.stringify({ conditions, problems }));
  } else {
    results.forEach(print);
    const left = labels.filter(({ truth }) => truth === undefined).length;
    console.log(`\n${labels.length} labels, ${left} ambiguous ones left out`);
    for (const problem of problems) console.log(`  PROBLEM: ${problem}`);
  }
  return problems.length > 0 || results.some(({ misses }) => misses.length > 0) ? 1 : 0;
}

Deno.exit(await main());
