/**
 * What plays, by PulseAudio's `pactl`; PipeWire answers it as well. What it is that plays is not looked at.
 * @module
 */
import { isAudible, type PlayedStream } from "../core/presence_sound.ts";
import { type Ran, runProgram } from "../os/exec.ts";

/** Words and numbers as below, and JSON with a point in its numbers. */
export const PACTL_ENV = { LC_ALL: "C" };
const LIMIT_MS = 1_000;
const FULL_VOLUME = 0x10000;

/** Whether anything plays that somebody may listen to; `undefined`: nobody can tell. */
export async function isAnythingHeard(): Promise<boolean | undefined> {
  return (await listPlayed())?.some(isAudible);
}

async function listPlayed(): Promise<PlayedStream[] | undefined> {
  const json = await pactl("--format=json", "list", "sink-inputs");
  const streams = json.code === 0 ? parsePlayed(json.stdout) : undefined;
  // Versions before 16 have no JSON, and some names break it in later ones.
  const isBroken = json.code === 0 || /option/.test(json.stderr);
  if (streams !== undefined || !isBroken) return streams;
  const text = await pactl("list", "sink-inputs");
  return text.code === 0 ? parsePlayedText(text.stdout) : undefined;
}

function pactl(...args: string[]): Promise<Ran> {
  return runProgram(["pactl", ...args], { limitMs: LIMIT_MS, env: PACTL_ENV });
}

/** What `pactl --format=json list sink-inputs` says; `undefined` when it is nothing of the kind. */
export function parsePlayed(json: string): PlayedStream[] | undefined {
  let inputs: unknown;
  try {
    inputs = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (!Array.isArray(inputs)) return undefined;
  return inputs.map((input) => {
    const volumes = Object.values(input?.volume ?? {})
      .map((channel) => Number((channel as { value?: unknown })?.value))
      .filter(Number.isFinite);
    const properties = input?.properties ?? {};
    return {
      client: known(input?.client),
      isCorked: input?.corked === true,
      isMuted: input?.mute === true,
      volume: volumes.length > 0 ? Math.max(...volumes) / FULL_VOLUME : undefined,
      role: known(properties["media.role"])?.toLowerCase(),
      isVirtual: properties["node.virtual"] === "true",
    };
  });
}

/** What `pactl list sink-inputs` says, in English. */
export function parsePlayedText(text: string): PlayedStream[] {
  return text.split(/^Sink Input #/m).slice(1).map((input) => {
    const field = (name: string) =>
      new RegExp(`^\\t${name}: (.*)$`, "m").exec(input)?.[1].trim() ?? "";
    const property = (name: string) =>
      new RegExp(`^\\t\\t${name.replaceAll(".", "\\.")} = "(.*)"$`, "m").exec(input)?.[1];
    const volumes = [...field("Volume").matchAll(/: *(\d+) *\//g)].map(([, value]) =>
      Number(value)
    );
    return {
      client: known(field("Client")),
      isCorked: field("Corked") === "yes",
      isMuted: field("Mute") === "yes",
      volume: volumes.length > 0 ? Math.max(...volumes) / FULL_VOLUME : undefined,
      role: known(property("media.role"))?.toLowerCase(),
      isVirtual: property("node.virtual") === "true",
    };
  });
}

function known(value: unknown): string | undefined {
  const said = String(value ?? "").trim();
  return ["", "n/a", "(null)"].includes(said) ? undefined : said;
}
