/**
 * Listening for HTTP.
 * @module
 */
import { abortableDelay } from "./supervisor.ts";
import { EXIT_CODES, FatalError } from "../core/errors.ts";

/** How long open requests may take to end when the daemon stops; the process's end cuts the rest. */
const SHUTDOWN_MS = 1_000;

export interface HttpServer {
  readonly url: string;
  readonly port: number;
  /** Takes no more requests and waits, for a second, for the open ones. */
  close(): Promise<void>;
}

/**
 * Serves `app` on an address; port 0 takes a free one.
 * @throws {FatalError} when the port is taken or the address is not this machine's.
 */
export function serveHttp(
  app: (request: Request, peer: { readonly hostname?: string }) => Promise<Response>,
  hostname: string,
  port: number,
  tls?: { readonly cert: string; readonly key: string },
): HttpServer {
  let server: Deno.HttpServer<Deno.NetAddr>;
  try {
    server = Deno.serve({
      hostname: hostname.replace(/^\[|\]$/g, ""),
      port,
      ...tls,
      onListen() {},
    }, (request, { remoteAddr }) => app(request, remoteAddr));
  } catch (error) {
    throw new FatalError(listenError(hostname, port, error), EXIT_CODES.failed, { cause: error });
  }
  const shown = ["0.0.0.0", "::", "[::]"].includes(hostname) ? "127.0.0.1" : hostname;
  return {
    url: `${tls ? "https" : "http"}://${shown}:${server.addr.port}`,
    port: server.addr.port,
    async close() {
      const over = new AbortController();
      const closed = server.shutdown().finally(() => over.abort());
      await Promise.race([closed, abortableDelay(SHUTDOWN_MS, over.signal)]);
    },
  };
}

/** Whether nobody listens on a port now; somebody may a moment later. */
export function isPortFree(hostname: string, port: number): boolean {
  try {
    Deno.listen({ hostname: hostname.replace(/^\[|\]$/g, ""), port }).close();
    return true;
  } catch {
    return false;
  }
}

function listenError(hostname: string, port: number, error: unknown): string {
  const action = `Cannot listen on ${hostname}:${port}`;
  if (error instanceof Deno.errors.AddrInUse) {
    return `${action}: another program has the port; name a free one with --port or PRODTRACKER_PORT`;
  }
  if (error instanceof Deno.errors.AddrNotAvailable) {
    return `${action}: the address is not one of this machine's`;
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return `${action}: ports below 1024 need rights this program does not ask for; name a higher one`;
  }
  return `${action}: ${(error as Error).message}`;
}
