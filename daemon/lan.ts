/**
 * The second listener of `serve --lan`: the phone's routes for the local network, and nothing else.
 * @module
 */
import type { ApiDeps } from "./api/deps.ts";
import { Guard } from "./api/guard.ts";
import { createPhoneApp } from "./api/mod.ts";
import { DEFAULTS } from "./config/defaults.ts";
import type { Config } from "./config/load.ts";
import { EXIT_CODES, FatalError } from "./core/errors.ts";
import { type HttpServer, serveHttp } from "./os/http.ts";

/**
 * Listens on `PC_IP` at `PRODTRACKER_LAN_PORT`, with TLS when a certificate is set.
 * @throws {FatalError} when the address is not set or not this machine's, or a file cannot be read.
 */
export function serveLan(config: Config, deps: ApiDeps): HttpServer {
  const { pcIp, settings } = config;
  if (pcIp === undefined) {
    throw new FatalError(
      "Cannot listen for phones: set PC_IP to this computer's address on the local network",
      EXIT_CODES.wrongUsage,
    );
  }
  const port = settings.PRODTRACKER_LAN_PORT ?? DEFAULTS.lanPort;
  const guard = new Guard({
    boundHost: pcIp,
    port: () => port,
    pcIp,
    requireToken: true,
    tokenConfigured: true,
    isValidToken: (token) => deps.sessions.expiryOf(token).then((ms) => ms !== undefined),
  });
  const tls = readTls(config);
  return serveHttp(createPhoneApp({ ...deps, guard }), pcIp, port, tls);
}

/**
 * The certificate and its key; `undefined` when none is set.
 * @throws {FatalError} when one of the two is missing or cannot be read.
 */
export function readTls({ settings }: Config): { cert: string; key: string } | undefined {
  const { PRODTRACKER_TLS_CERT: cert, PRODTRACKER_TLS_KEY: key } = settings;
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined) {
    throw new FatalError(
      "Cannot use TLS: set both PRODTRACKER_TLS_CERT and PRODTRACKER_TLS_KEY",
      EXIT_CODES.wrongUsage,
    );
  }
  const read = (name: string, path: string) => {
    try {
      return Deno.readTextFileSync(path);
    } catch (error) {
      const reason = (error as Error).message;
      throw new FatalError(`Cannot read ${name} "${path}": ${reason}`, EXIT_CODES.wrongUsage);
    }
  };
  return { cert: read("PRODTRACKER_TLS_CERT", cert), key: read("PRODTRACKER_TLS_KEY", key) };
}
