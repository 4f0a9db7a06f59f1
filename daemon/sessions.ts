/**
 * Logins of the dashboard: one-time codes, and the session tokens they are exchanged for.
 * @module
 */
import { NotFoundError } from "./core/errors.ts";
import type { Clock } from "./core/ports.ts";
import { equalSecrets, randomHex, sha256 } from "./core/secrets.ts";
import type { SessionsPort } from "./api/deps.ts";

const CODE_LIFE_MS = 60_000;
const SESSION_LIFE_MS = 30 * 86_400_000;
const ISSUER = "prodtracker";

/** Sessions are signed with a key made from the admin token: a new token ends them all. */
export class Sessions implements SessionsPort {
  #codes = new Map<string, number>();

  constructor(private readonly adminToken: string, private readonly clock: Clock) {}

  createCode(): string {
    this.#dropExpired();
    const code = randomHex(24);
    this.#codes.set(code, this.clock.monoMs() + CODE_LIFE_MS);
    return code;
  }

  async redeem(code: string): Promise<{ token: string; expiresMs: number }> {
    this.#dropExpired();
    if (!this.#codes.delete(code)) {
      throw new NotFoundError(
        "Cannot log in: the link was used already, or is more than 60 seconds old",
      );
    }
    const { SignJWT } = await import("jose");
    const expiresMs = Math.floor((this.clock.nowMs() + SESSION_LIFE_MS) / 1000) * 1000;
    const token = await new SignJWT({}).setProtectedHeader({ alg: "HS256" }).setIssuer(ISSUER)
      .setSubject("dashboard").setExpirationTime(expiresMs / 1000).sign(await this.#key());
    return { token, expiresMs };
  }

  /** Whether a token is the admin token or a session that has not run out. */
  async isValid(token: string): Promise<boolean> {
    if (await equalSecrets(token, this.adminToken)) return true;
    return await this.expiryOf(token) !== undefined;
  }

  async expiryOf(token: string): Promise<number | undefined> {
    // Anything else is not worth loading the library for.
    if (!/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return undefined;
    const { jwtVerify } = await import("jose");
    try {
      const { payload } = await jwtVerify(token, await this.#key(), {
        algorithms: ["HS256"],
        issuer: ISSUER,
        subject: "dashboard",
        currentDate: new Date(this.clock.nowMs()),
        requiredClaims: ["exp"],
      });
      return payload.exp! * 1000;
    } catch {
      return undefined;
    }
  }

  #key(): Promise<Uint8Array> {
    return sha256(`session\0${this.adminToken}`);
  }

  #dropExpired(): void {
    const nowMs = this.clock.monoMs();
    for (const [code, untilMs] of this.#codes) if (untilMs <= nowMs) this.#codes.delete(code);
  }
}
