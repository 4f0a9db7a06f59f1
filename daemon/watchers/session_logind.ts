/**
 * What systemd's logind (or elogind) knows of the session: whether it is locked, and when the machine sleeps.
 * @module
 */
import type { LockInput } from "../core/presence_lock.ts";
import type { Bus } from "./session_bus.ts";
import type { BusMessage } from "./session_wire.ts";

/** Whom a watcher of the session tells. */
export interface SessionListener {
  lock(input: Exclude<LockInput, { kind: "due" }>): void;
  sleep(isAsleep: boolean): void;
  /** Somebody who was asked is there, or no more. */
  changed(): void;
}

/** One of the programs on a bus that are listened to. */
export interface SessionSource {
  /** Its name for people. */
  readonly name: string;
  readonly knows: readonly ("lock" | "sleep")[];
}

/** What is listened to on one bus. */
export interface SessionWatch {
  /** Who is there. */
  readonly sources: readonly SessionSource[];
  /** Who was there and is no more, though the machine needs them. */
  readonly missing: readonly string[];
  /** Asks for signals, and for what is true now. @throws {Error} when the bus does not answer. */
  start(bus: Bus): Promise<void>;
  take(signal: BusMessage): void;
  /** The bus is gone: nobody knows anything. */
  lost(): void;
}

const LOGIND = "org.freedesktop.login1", ROOT = "/org/freedesktop/login1";
const SESSION = `${LOGIND}.Session`, MANAGER = `${LOGIND}.Manager`, USER = `${LOGIND}.User`;
const PROPERTIES = "org.freedesktop.DBus.Properties";
const HINT = "LockedHint", SOURCE = "logind";
const MANAGER_OBJECT = { destination: LOGIND, path: ROOT };

export class LogindWatch implements SessionWatch {
  #bus: Bus | undefined;
  #isThere = false;
  #wasThere = false;
  /** The object of this user's session on the screen. */
  #session: string | undefined;
  #isAsleep = false;

  constructor(
    private readonly listener: SessionListener,
    private readonly env: (name: string) => string | undefined,
  ) {}

  get sources(): readonly SessionSource[] {
    if (!this.#isThere) return [];
    return [{ name: SOURCE, knows: this.#session === undefined ? ["sleep"] : ["lock", "sleep"] }];
  }

  get missing(): readonly string[] {
    return this.#wasThere && !this.#isThere ? [SOURCE] : [];
  }

  async start(bus: Bus): Promise<void> {
    this.#bus = bus;
    await bus.listenForOwner(LOGIND);
    const from = `type='signal',sender='${LOGIND}'`;
    await bus.listen(`${from},interface='${MANAGER}',member='PrepareForSleep'`);
    await this.#look(bus);
  }

  take(signal: BusMessage): void {
    const bus = this.#bus;
    if (!bus) return;
    const change = bus.ownerChange(signal);
    if (change) {
      if (change.name !== LOGIND) return;
      if (change.isThere) void this.#look(bus);
      else this.lost();
    } else if (bus.isFrom(LOGIND, signal)) this.#takeOfLogind(signal);
  }

  lost(): void {
    this.#isThere = false;
    this.#session = undefined;
    this.#sleep(false);
    this.#say(undefined);
    this.listener.changed();
  }

  #takeOfLogind({ interface: of, member, path, body }: BusMessage): void {
    if (member === "PrepareForSleep" && of === MANAGER) this.#sleep(body[0] === true);
    else if (path === this.#session) this.#takeOfSession(String(member), body);
  }

  #takeOfSession(member: string, body: readonly unknown[]): void {
    if (member === "Lock" || member === "Unlock") {
      this.listener.lock({ kind: "asked", toLock: member === "Lock" });
    } else if (member === "PropertiesChanged" && body[0] === SESSION) {
      const changed = new Map(body[1] as [string, unknown][]).get(HINT);
      if (typeof changed === "boolean") this.#say(changed);
      else if ((body[2] as string[]).includes(HINT)) void this.#askHint();
    }
  }

  /** Finds the session and what is true of it; whoever is not there says nothing. */
  async #look(bus: Bus): Promise<void> {
    try {
      this.#sleep(await bus.property(MANAGER_OBJECT, MANAGER, "PreparingForSleep") === true);
      this.#isThere = this.#wasThere = true;
    } catch {
      return this.listener.changed();
    }
    const session = await this.#findSession(bus);
    if (session !== undefined) {
      const from = `type='signal',sender='${LOGIND}',path='${session}'`;
      // Listening comes first: what changes between is told twice at worst.
      await bus.listen(`${from},interface='${SESSION}'`).catch(() => {});
      await bus.listen(`${from},interface='${PROPERTIES}'`).catch(() => {});
    }
    this.#session = session;
    await this.#askHint();
    this.listener.changed();
  }

  async #askHint(): Promise<void> {
    if (!this.#bus || this.#session === undefined) return;
    const object = { destination: LOGIND, path: this.#session };
    const hint = await this.#bus.property(object, SESSION, HINT).catch(() => undefined);
    this.#say(typeof hint === "boolean" ? hint : undefined);
  }

  /**
   * The user's session on a screen; what a service manager started is in none itself. Else the one that this process
   * is in.
   */
  async #findSession(bus: Bus): Promise<string | undefined> {
    const user = { destination: LOGIND, path: `${ROOT}/user/self` };
    const shown = await bus.property(user, USER, "Display").catch(() => undefined);
    if (Array.isArray(shown) && shown[0]) return String(shown[1]);
    const get = { ...MANAGER_OBJECT, interface: MANAGER, member: "GetSession" };
    const ownId = this.env("XDG_SESSION_ID");
    for (const id of ownId ? [ownId, "auto"] : ["auto"]) {
      const [path] = await bus.call({ ...get, args: [id] }).catch(() => []);
      if (typeof path === "string") return path;
    }
    return undefined;
  }

  #sleep(isAsleep: boolean): void {
    if (isAsleep === this.#isAsleep) return;
    this.#isAsleep = isAsleep;
    this.listener.sleep(isAsleep);
  }

  #say(isLocked: boolean | undefined): void {
    this.listener.lock({ kind: "word", source: SOURCE, isLocked });
  }
}
