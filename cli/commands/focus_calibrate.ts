/**
 * `focus calibrate`: how this person looks at the screen, as the camera sees it.
 * @module
 */
import type { Command } from "@commander-js/extra-typings";
import { EXIT_CODES, FatalError } from "../../daemon/core/errors.ts";
import type { Client } from "../client.ts";
import { connect, type Context } from "../context.ts";
import { knownOf, knownOptions, toWire } from "../focus_calibration.ts";
import { openEyes } from "../focus_eyes.ts";
import type { CameraSource, Eyes, FocusTerminal, Observation } from "../focus_host.ts";
import { examples } from "../help.ts";
import { number } from "../numbers.ts";
import { note, print, printJson, Progress } from "../output.ts";
import { bold, dim, yellow } from "../style.ts";
import { clean } from "../text.ts";
import type { WireCalibration } from "../wire.ts";
import { count } from "../words.ts";

const DEFAULT_SECONDS = 8;
/** Time to turn to where one shall look. */
const READY_MS = 2_000;
/** Pictures a second. */
const RATE = 5;
/** The API keeps so many. */
const MAX_ZONES = 8;

interface CalibrateOptions {
  readonly monitor?: string;
  readonly camera?: string;
  readonly source?: string;
  readonly seconds?: number;
  readonly json?: true;
}

type Zones = NonNullable<ReturnType<typeof knownOptions>["zones"]>;

export function defineCalibrate(
  command: Command,
  context: Context,
  load: () => Promise<FocusTerminal>,
): void {
  command.summary("show how you look at the screen").description(
    "Learns, in some seconds, where your head points when you look at the screen. With --monitor another " +
      "screen is added, at which looking counts as focused too.",
  )
    .option("--monitor <which>", 'another screen beside it: "left", "right", or what you call it')
    .option("--camera <name>", "a camera's name, place in the list or path (default: the first)")
    .option("--source <file>", "look at a film instead")
    .option("-s, --seconds <number>", `how long (default: ${DEFAULT_SECONDS})`, number(3, 60))
    .option("--json", "print JSON")
    // An option that `focus` has too is taken by `focus`, wherever it stands.
    .action((_, self) => calibrate(self.optsWithGlobals() as CalibrateOptions, context, load));
  examples(
    command,
    ["focus calibrate", "look at the screen"],
    ["focus calibrate --monitor left", "then at the one on the left"],
  );
}

async function calibrate(
  { monitor, camera, source: film, seconds = DEFAULT_SECONDS, json }: CalibrateOptions,
  context: Context,
  load: () => Promise<FocusTerminal>,
): Promise<void> {
  const host = await load();
  await host.ffmpegVersion();
  const source = await host.sourceOf({ film, camera });
  const eyes = await openEyes(host, context);
  const label = await host.labelOf(source);
  const look = (where: string) => collect({ eyes, source, host, where, seconds, context });
  const known = knownOptions(await knownOf(label, () => connect(context)));
  let { calibration, zones = [] } = known;
  if (!calibration || monitor === undefined) {
    calibration = host.calibrationOf(await look("at the screen, as you do at work"));
    if (!calibration) throw notSeen("at the screen");
  }
  if (monitor !== undefined) {
    const where = /^(left|right)$/.test(monitor)
      ? `at the screen on the ${monitor}`
      : `at ${monitor}`;
    const zone = host.zoneAround(await look(clean(where)), calibration);
    if (!zone) throw notSeen(clean(where));
    // Shown again, it takes the place of what was there.
    zones = [...zones.filter((other) => !overlap(zone, other)), zone].slice(-MAX_ZONES);
  }
  const client: Client = await connect(context);
  const wire = toWire(label, calibration, zones);
  const kept = await client.send<WireCalibration>("PUT", "/focus/calibration", wire);
  if (json) return printJson(kept);
  const { neutral_yaw_deg: yaw, neutral_pitch_deg: pitch } = kept;
  print(
    `${bold("Calibrated")} for ${clean(label)}: when you look at the screen, your head points ` +
      `${degrees(yaw, "right", "left")} and ${degrees(pitch, "up", "down")} of the camera`,
  );
  if (zones.length > 0) print(dim(`${count(zones.length, "other screen")} as well`));
}

interface Collecting {
  readonly eyes: Eyes;
  readonly source: CameraSource;
  readonly host: FocusTerminal;
  /** "at the screen" */
  readonly where: string;
  readonly seconds: number;
  readonly context: Context;
}

/** What is seen while the person looks where they are asked to. */
async function collect(
  { eyes, source, host, where, seconds, context }: Collecting,
): Promise<Observation[]> {
  const isFilm = source.kind === "film";
  const readyMs = isFilm ? 0 : READY_MS;
  const endMs = readyMs + seconds * 1000;
  if (!isFilm) note(`Look ${where}, until it is done`);
  const seen: Observation[] = [];
  using progress = new Progress();
  const looking = eyes.look(source, {
    rate: RATE,
    attention: {},
    signal: context.signal,
    nowMs: host.sessionClock(0),
  });
  for await (const update of looking) {
    if (update.kind === "trouble") {
      progress[Symbol.dispose]();
      note(yellow(clean(update.message)));
    }
    if (update.kind !== "seen") continue;
    if (update.atMs >= endMs) break;
    if (update.atMs >= readyMs) seen.push(update.observation);
    progress.update(`Look ${where}: ${Math.ceil((endMs - update.atMs) / 1000)} s`);
  }
  return seen;
}

function notSeen(where: string): FatalError {
  return new FatalError(
    `Cannot calibrate: too little was seen of one face that looks ${where}; sit in its light, alone, and try again`,
    EXIT_CODES.failed,
  );
}

function overlap(a: Zones[number], b: Zones[number]): boolean {
  return a.yawFromDeg < b.yawToDeg && b.yawFromDeg < a.yawToDeg &&
    a.pitchFromDeg < b.pitchToDeg && b.pitchFromDeg < a.pitchToDeg;
}

/** "3° left"; of the person, who turns to the right when the head in the picture turns to its left. */
function degrees(value: number, positive: string, negative: string): string {
  return `${Math.abs(Math.round(value))}° ${value < 0 ? negative : positive}`;
}
