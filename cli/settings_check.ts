/**
 * The doctor's look at the settings: where they come from, what is misspelt, and who may read them.
 * @module
 */
import { parseEnv } from "node:util";
import type { Config } from "../daemon/config/load.ts";
import { type SettingName, SETTINGS } from "../daemon/config/schema.ts";
import type { Check } from "../daemon/mod.ts";
import { count } from "./words.ts";

const NAMES = Object.keys(SETTINGS) as SettingName[];
/** What begins so is meant for this program. */
const PREFIXES = /^(PRODTRACKER|FOCUS|TWILIO|REDIS|PAIRING|DASHBOARD)_/;

/** Checks the settings in force and the file that some of them come from. */
export async function* checkSettings(config: Config, envFile: string): AsyncGenerator<Check> {
  const set = count(Object.keys(config.settings).length, "setting");
  const text = await readIfThere(envFile);
  const from = text === undefined ? `no ${envFile}` : `some of them in ${envFile}`;
  const unknown = text === undefined ? [] : unknownNames(text);
  yield unknown.length === 0
    ? { name: "settings", status: "ok", detail: `${set} given, ${from}` }
    : {
      name: "settings",
      status: "warn",
      detail: `${envFile} names ${unknown.join(", ")}, which nothing reads`,
      remedy: suggestions(unknown),
    };
  if (text !== undefined) yield* checkSecrecy(envFile, text);
  if (config.apiBase) yield await checkApiBase(config.apiBase);
}

function unknownNames(text: string): string[] {
  return Object.keys(parseEnv(text)).filter((name) =>
    PREFIXES.test(name) && !(NAMES as string[]).includes(name)
  );
}

function suggestions(unknown: readonly string[]): string {
  const near = unknown.flatMap((name) => {
    const nearest = NAMES.toSorted((a, b) => distance(name, a) - distance(name, b))[0];
    return distance(name, nearest) <= 3 ? [nearest] : [];
  });
  return near.length > 0
    ? `did you mean ${near.join(", ")}?`
    : "see .env.example for what there is";
}

/** How many letters must be added, taken away or changed to make `a` into `b`. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1] + Number(a[i - 1] !== b[j - 1]);
      next.push(Math.min(change, row[j] + 1, next[j - 1] + 1));
    }
    row = next;
  }
  return row[b.length];
}

async function* checkSecrecy(envFile: string, text: string): AsyncGenerator<Check> {
  const holdsSecret = Object.keys(parseEnv(text)).some((name) =>
    Object.hasOwn(SETTINGS, name) && SETTINGS[name as SettingName].secret
  );
  const { mode } = await Deno.stat(envFile);
  if (!holdsSecret || Deno.build.os === "windows" || ((mode ?? 0) & 0o077) === 0) return;
  yield {
    name: "secrets",
    status: "warn",
    detail: `other users may read the secrets in ${envFile}`,
    remedy: `chmod 600 "${envFile}"`,
  };
}

async function checkApiBase(apiBase: string): Promise<Check> {
  const name = "API_BASE";
  const where = withoutLogin(apiBase);
  try {
    const response = await fetch(`${apiBase.replace(/\/+$/, "")}/health`, {
      redirect: "error",
      signal: AbortSignal.timeout(5_000),
    });
    const { version } = await response.json() as { version?: string };
    if (version === undefined) throw new Error("something else than ProdTracker answers there");
    return { name, status: "ok", detail: `${where}, version ${version}` };
  } catch (error) {
    return {
      name,
      status: "fail",
      detail: `${where} does not answer: ${(error as Error).message.replaceAll(apiBase, where)}`,
      remedy: "start the daemon there, or unset API_BASE to use this machine's",
    };
  }
}

/** A URL as it may be shown. */
function withoutLogin(url: string): string {
  return url.replace(/\/\/[^/@]*@/, "//");
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return undefined;
    }
    throw error;
  }
}
