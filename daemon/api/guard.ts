/**
 * Who may call: checked before any handler, on every route.
 *
 * A page in the user's browser can send requests to localhost. What stops it: the Host must be a name
 * this daemon has (DNS rebinding), the Origin must be ours, and Sec-Fetch-Site must not say that another
 * site asked; a page on another local port is "same-site", which is refused as well.
 * @module
 */
import { VIEWS } from "../core/views.ts";
import { HttpError } from "./errors.ts";
import type { Access } from "./route.ts";

export interface GuardOptions {
  /** The address the daemon was told to bind, without port. */
  readonly boundHost: string;
  /** The port it listens on; read for each request, as it is only known once it listens. */
  readonly port: () => number;
  /** The computer's own address on the local network. */
  readonly pcIp?: string;
  readonly requireToken: boolean;
  /** Whether the user has set `DASHBOARD_ADMIN_TOKEN`. */
  readonly tokenConfigured: boolean;
  /** Whether a token is the admin token or a valid session. */
  readonly isValidToken: (token: string) => Promise<boolean>;
}

/** Where a request came from; `undefined` when the address is not known. */
export interface Peer {
  readonly hostname?: string;
}

const ANY_ADDRESS = new Set(["0.0.0.0", "::", "[::]"]);

export class Guard {
  readonly #hosts: ReadonlySet<string>;

  constructor(private readonly options: GuardOptions) {
    const names = ["localhost", "127.0.0.1", "[::1]"];
    if (!ANY_ADDRESS.has(options.boundHost)) names.push(bracketed(options.boundHost));
    if (options.pcIp) names.push(bracketed(options.pcIp));
    this.#hosts = new Set(names.map((name) => name.toLowerCase()));
  }

  /**
   * Refuses what no route may see.
   * @throws {HttpError} 400 for a path with more than one reading, 403 for a foreign Host, Origin or site.
   */
  admit(request: Request): void {
    // By TLS a client may speak HTTP/2, whose `:authority` stands in the URL.
    const host = request.headers.get("host") ?? authority(request.url);
    if (!this.#hosts.has(hostname(host))) {
      throw new HttpError(
        403,
        "foreign_host",
        `Host "${shown(host)}" is not one of this daemon's names`,
      );
    }
    // No URL at all is a port beyond 65535, or an absolute one that names such a host.
    const pathname = URL.parse(request.url)?.pathname;
    if (pathname === undefined || /\/\/|\\|%|\/\.{1,2}(\/|$)/.test(pathname)) {
      throw new HttpError(
        400,
        "wrong_path",
        "The path must be written plainly: no //, no %, no dots",
      );
    }
    const origin = request.headers.get("origin");
    if (origin !== null && !this.#isOwnOrigin(origin)) {
      throw new HttpError(403, "foreign_origin", `Origin "${shown(origin)}" is not this daemon's`);
    }
    if (origin !== null && origin === this.#pcIpOrigin()) return;
    const site = request.headers.get("sec-fetch-site");
    if (site === null || site === "none" || site === "same-origin") return;
    if (isPageVisit(request, pathname)) return;
    throw new HttpError(
      403,
      "foreign_site",
      `A page of another site asked (Sec-Fetch-Site: ${shown(site)})`,
    );
  }

  /** @throws {HttpError} 401 when the route needs a token and there is no valid one. */
  async authorize(request: Request, access: Access, peer: Peer): Promise<void> {
    if (access === "public") return;
    if (this.#isFree(access) && isLoopback(peer.hostname)) return;
    const token = request.headers.get("x-admin-token");
    if (token !== null && await this.options.isValidToken(token)) return;
    throw new HttpError(
      401,
      token === null ? "token_missing" : "token_wrong",
      token === null
        ? "This needs the admin token in the header X-Admin-Token"
        : "The token in X-Admin-Token is not valid, or no longer",
    );
  }

  #isFree(access: Access): boolean {
    if (this.options.requireToken) return false;
    return access === "free" || (access === "local" && !this.options.tokenConfigured);
  }

  /** The headers that let pages from `PC_IP`'s origin read a reply; none for any other. */
  corsHeaders(request: Request): Record<string, string> {
    const origin = request.headers.get("origin");
    if (origin === null || origin !== this.#pcIpOrigin()) return {};
    return {
      "Access-Control-Allow-Origin": origin,
      "Access-Control-Allow-Methods": "GET, POST, PUT, DELETE",
      "Access-Control-Allow-Headers": "X-Admin-Token, Content-Type",
      "Access-Control-Max-Age": "600",
      "Vary": "Origin",
    };
  }

  #isOwnOrigin(origin: string): boolean {
    const url = URL.parse(origin);
    return url !== null && (url.protocol === "http:" || url.protocol === "https:") &&
      this.#hosts.has(url.hostname) && portOf(url) === this.options.port();
  }

  #pcIpOrigin(): string | undefined {
    const { pcIp, port } = this.options;
    return pcIp && new URL(`http://${bracketed(pcIp)}:${port()}`).origin;
  }
}

/** Whether an address is this machine's own loopback; an unknown one is not. */
export function isLoopback(address: string | undefined): boolean {
  return address !== undefined &&
    (/^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(address) || address === "::1");
}

/** The dashboard's own addresses. */
const PAGES = new Set<string>(Object.values(VIEWS));

/** Opening a page itself by a link from elsewhere: it holds no data, and nobody else can read it. */
function isPageVisit(request: Request, pathname: string): boolean {
  return request.method === "GET" && PAGES.has(pathname) &&
    request.headers.get("sec-fetch-mode") === "navigate" &&
    request.headers.get("sec-fetch-dest") === "document";
}

function authority(url: string): string {
  return url.startsWith("https:") ? new URL(url).host : "";
}

function hostname(host: string): string {
  return host.toLowerCase().replace(/:\d{1,5}$/, "");
}

function bracketed(host: string): string {
  return host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
}

function portOf(url: URL): number {
  return url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port);
}

/** A header's text, short enough for a message. */
function shown(text: string): string {
  // deno-lint-ignore no-control-regex -- control characters are what this removes
  return text.slice(0, 80).replace(/[\x00-\x1f"]/g, "?");
}
