/**
 * Where npm packages come from on this machine: the settings that npm and Deno themselves go by.
 *
 * Environment > `.npmrc` of the checkout > `.npmrc` of the user > npm's documented default. Read here only because
 * the models are packages; nothing is written, and no token is ever shown.
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { EXIT_CODES, FatalError } from "../core/errors.ts";
import type { Env } from "./paths.ts";

/** Plain data: it is handed to a worker as it is. */
export interface NpmRegistry {
  /** For packages without a scope of their own; ends with "/". */
  readonly url: string;
  /** By scope, "@" included; each ends with "/". */
  readonly scopes: Readonly<Record<string, string>>;
  /** The `Authorization` header by "//host/path/". Secret. */
  readonly authorizations: Readonly<Record<string, string>>;
}

/** What npm uses where nothing is set. */
export const DEFAULT_REGISTRY = "https://registry.npmjs.org/";

/** A checkout's root: as far above its sources as above `dist/start`. */
const CHECKOUT = fileURLToPath(new URL("../../", import.meta.url));

/**
 * The settings in force; the `.npmrc` of the folder `checkoutRoot` comes before the user's.
 * @throws {FatalError} (exit code 2) when a registry's address cannot be one.
 */
export function readNpmRegistry(env: Env, checkoutRoot = CHECKOUT): NpmRegistry {
  const home = env("HOME") ?? env("USERPROFILE");
  const named = env("npm_config_userconfig") ?? env("NPM_CONFIG_USERCONFIG");
  const user = named ?? (home && join(home, ".npmrc"));
  const paths = [user, join(checkoutRoot, ".npmrc")];
  const settings = Object.assign({}, ...paths.map((path) => readNpmrc(path, env)));
  const url = env("npm_config_registry") ?? env("NPM_CONFIG_REGISTRY");
  return npmRegistry(url ? { ...settings, registry: url } : settings);
}

function readNpmrc(path: string | undefined, env: Env): Record<string, string> {
  if (!path) return {};
  try {
    return parseNpmrc(Deno.readTextFileSync(path), env);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    throw new FatalError(
      `Cannot read npm's settings "${path}": ${(error as Error).message}`,
      EXIT_CODES.wrongUsage,
      { cause: error },
    );
  }
}

/** The lines `key=value` of an `.npmrc`; `${NAME}` stands for a variable, and for itself where there is none. */
export function parseNpmrc(text: string, env: Env): Record<string, string> {
  const settings: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    const [, key, value] = /^\s*([^;#\s=][^=]*?)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (key === undefined) continue;
    const plain = /^"(.*)"$/.exec(value)?.[1] ?? /^'(.*)'$/.exec(value)?.[1] ?? value;
    settings[key] = plain.replaceAll(/\$\{([^}]+)\}/g, (all, name: string) => env(name) ?? all);
  }
  return settings;
}

/** What the settings mean; of a login in an address becomes a header, so that no address is secret. */
export function npmRegistry(settings: Readonly<Record<string, string>>): NpmRegistry {
  const authorizations: Record<string, string> = {};
  for (const [key, value] of Object.entries(settings)) {
    const [, place, kind] = /^(\/\/.*?\/?):(_authToken|_auth|username)$/.exec(key) ?? [];
    if (place === undefined) continue;
    const header = headerOf(kind, value, settings[`${place}:_password`]);
    // It may be of a registry that is not asked.
    if (header === undefined) continue;
    // The more telling of two is the token, as npm has it.
    if (kind === "_authToken" || !authorizations[withSlash(place)]) {
      authorizations[withSlash(place)] = header;
    }
  }
  const address = (name: string, text: string) => {
    let url: URL;
    try {
      url = new URL(withSlash(text));
    } catch {
      throw wrongAddress(name);
    }
    if (!/^https?:$/.test(url.protocol)) throw wrongAddress(name);
    if (url.username) {
      authorizations[`//${url.host}${url.pathname}`] ??= login(
        decodeURIComponent(url.username),
        decodeURIComponent(url.password),
      );
      url.username = url.password = "";
    }
    return url.href;
  };
  const scopes = Object.entries(settings)
    .filter(([key]) => /^@[^:]+:registry$/.test(key))
    .map(([key, value]) => [key.slice(0, key.indexOf(":")), address(key, value)]);
  return {
    url: address("registry", settings.registry || DEFAULT_REGISTRY),
    scopes: Object.fromEntries(scopes),
    authorizations,
  };
}

function withSlash(text: string): string {
  return text.endsWith("/") ? text : `${text}/`;
}

/** The `Authorization` header of a setting; `undefined`: its password cannot be read. */
function headerOf(kind: string, value: string, password = ""): string | undefined {
  if (kind === "_authToken") return `Bearer ${value}`;
  if (kind === "_auth") return `Basic ${value}`;
  const plain = decoded(password);
  return plain === undefined ? undefined : login(value, plain);
}

function login(user: string, password: string): string {
  return `Basic ${new TextEncoder().encode(`${user}:${password}`).toBase64()}`;
}

/** The text whose UTF-8 this is in Base64; `undefined`: it is none. */
function decoded(base64: string): string | undefined {
  try {
    return new TextDecoder().decode(Uint8Array.fromBase64(base64));
  } catch {
    return undefined;
  }
}

function wrongAddress(name: string): FatalError {
  return new FatalError(
    `Cannot use npm's setting "${name}": it is no address that begins with http:// or https://`,
    EXIT_CODES.wrongUsage,
  );
}
