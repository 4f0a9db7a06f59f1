/**
 * Whether a program listens to a microphone, by PulseAudio's `pactl`; PipeWire answers it as well.
 * @module
 */
import { type Ran, runProgram } from "../os/exec.ts";

export interface MicrophoneUse {
  readonly inUse: boolean;
  /** The program that listens, as it calls itself. */
  readonly by?: string;
}

/** A stream that a program reads from a source: a "source output" in PulseAudio's words. */
export interface Recording {
  /** The number of the source; `undefined` while there is none. */
  readonly source?: number;
  /** By whom; `undefined` for a part of the sound server itself. */
  readonly client?: string;
  /** Paused. */
  readonly isCorked: boolean;
  readonly resampleMethod: string;
  readonly properties: Readonly<Record<string, string>>;
}

/** Of each of the two questions; an answer takes some 10 ms. */
const LIMIT_MS = 1_000;
/** Words and numbers as below, and JSON with a point in its numbers. */
const ENV = { LC_ALL: "C" };
const NAME_CHARS = 100;

/** Whether a microphone is in use; `undefined` where nobody can tell: no `pactl`, or no sound server. */
export async function microphoneUse(): Promise<MicrophoneUse | undefined> {
  const recordings = await listRecordings();
  if (recordings === undefined) return undefined;
  if (recordings.length === 0) return { inUse: false };
  const { code, stdout } = await pactl("list", "short", "sources");
  return code === 0 ? useOf(recordings, parseMonitors(stdout)) : undefined;
}

async function listRecordings(): Promise<Recording[] | undefined> {
  const json = await pactl("--format=json", "list", "source-outputs");
  const recordings = json.code === 0 ? parseRecordings(json.stdout) : undefined;
  // Versions before 16 have no JSON, and some names break it in later ones.
  const isBroken = json.code === 0 || /option/.test(json.stderr);
  if (recordings !== undefined || !isBroken) return recordings;
  const text = await pactl("list", "source-outputs");
  return text.code === 0 ? parseRecordingsText(text.stdout) : undefined;
}

function pactl(...args: string[]): Promise<Ran> {
  return runProgram(["pactl", ...args], { limitMs: LIMIT_MS, env: ENV });
}

/** What `pactl --format=json list source-outputs` says; `undefined` when it is nothing of the kind. */
export function parseRecordings(json: string): Recording[] | undefined {
  let outputs: unknown;
  try {
    outputs = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (!Array.isArray(outputs)) return undefined;
  return outputs.map((output) => ({
    source: numberOf(output.source),
    client: known(output.client),
    isCorked: output.corked === true,
    resampleMethod: String(output.resample_method ?? ""),
    properties: Object.fromEntries(
      Object.entries(output.properties ?? {}).map(([key, value]) => [key, String(value)]),
    ),
  }));
}

/** What `pactl list source-outputs` says, in English. */
export function parseRecordingsText(text: string): Recording[] {
  return text.split(/^Source Output #/m).slice(1).map((output) => {
    const field = (name: string) =>
      new RegExp(`^\\t${name}: (.*)$`, "m").exec(output)?.[1].trim() ?? "";
    const properties = [...output.matchAll(/^\t\t([\w.-]+) = "(.*)"$/gm)];
    return {
      source: numberOf(field("Source")),
      client: known(field("Client")),
      isCorked: field("Corked") === "yes",
      resampleMethod: field("Resample method"),
      properties: Object.fromEntries(properties.map(([, key, value]) => [key, value])),
    };
  });
}

/** The numbers of the sources that only repeat what an output plays, of `pactl list short sources`. */
export function parseMonitors(sources: string): ReadonlySet<number> {
  const lines = sources.split("\n").map((line) => line.split("\t"));
  return new Set(lines.filter(([, name]) => name?.endsWith(".monitor")).map(([id]) => Number(id)));
}

/** The first recording that is of a microphone and for a person's use. */
export function useOf(
  recordings: readonly Recording[],
  monitors: ReadonlySet<number>,
): MicrophoneUse {
  const listens = recordings.find(({ source, client, isCorked, resampleMethod, properties }) =>
    source !== undefined && !monitors.has(source) && !isCorked &&
    // Filters and loops of the server itself; who listens to them is listed besides.
    client !== undefined && properties["node.virtual"] !== "true" &&
    properties["stream.capture.sink"] !== "true" &&
    // The level meters of volume controls.
    resampleMethod !== "peaks" && properties["media.name"] !== "Peak detect" &&
    properties["stream.monitor"] !== "true"
  );
  return listens ? { inUse: true, by: nameOf(listens) } : { inUse: false };
}

function nameOf({ properties }: Recording): string | undefined {
  return known(properties["application.name"]) ?? known(properties["application.process.binary"]) ??
    known(properties["node.name"]);
}

/** A text that says something; JSON has "(null)" for names that are not ASCII. */
function known(text: unknown): string | undefined {
  if (text === undefined || text === null) return undefined;
  const said = String(text).trim();
  return ["", "n/a", "(null)"].includes(said) ? undefined : said.slice(0, NAME_CHARS);
}

/** A number of the server's; its largest stands for none. */
function numberOf(value: unknown): number | undefined {
  const number = Number(known(value));
  return Number.isInteger(number) && number !== 0xffff_ffff ? number : undefined;
}
