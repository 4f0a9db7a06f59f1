/**
 * What the desktops' screen savers say: whether one covers the screen.
 * @module
 */
import type { Bus } from "./session_bus.ts";
import type { SessionListener, SessionSource, SessionWatch } from "./session_logind.ts";
import type { BusMessage } from "./session_wire.ts";

/** They speak alike; each has a name, an interface and an object that are called the same. */
const SAVERS = ["freedesktop", "gnome", "cinnamon", "mate", "xfce"].map((desktop) => ({
  name: `org.${desktop}.ScreenSaver`,
  path: `/org/${desktop}/ScreenSaver`,
}));

export class SaverWatch implements SessionWatch {
  #bus: Bus | undefined;
  #there = new Set<string>();

  constructor(private readonly listener: SessionListener) {}

  get sources(): readonly SessionSource[] {
    return [...this.#there].map((name) => ({ name, knows: ["lock"] }));
  }

  /** A desktop may end its screen saver for another. */
  get missing(): readonly string[] {
    return [];
  }

  async start(bus: Bus): Promise<void> {
    this.#bus = bus;
    await Promise.all(SAVERS.map(async ({ name }) => {
      await bus.listenForOwner(name);
      const what = `sender='${name}',interface='${name}',member='ActiveChanged'`;
      await bus.listen(`type='signal',${what}`);
      await this.#ask(name);
    }));
    this.listener.changed();
  }

  take(signal: BusMessage): void {
    const change = this.#bus?.ownerChange(signal);
    const { interface: of, member, body: [isActive] } = signal;
    const saver = SAVERS.find(({ name }) => name === (change?.name ?? of));
    if (!saver) return;
    if (change) {
      if (change.isThere) void this.#ask(saver.name);
      else this.#say(saver.name, undefined);
    } else if (this.#bus?.isFrom(saver.name, signal) && member === "ActiveChanged") {
      if (typeof isActive === "boolean") this.#say(saver.name, isActive);
    }
  }

  lost(): void {
    for (const { name } of SAVERS) this.#say(name, undefined);
  }

  /** Some own the name and cannot tell. */
  async #ask(name: string): Promise<void> {
    const saver = SAVERS.find((saver) => saver.name === name)!;
    const call = { destination: name, path: saver.path, interface: name, member: "GetActive" };
    const [isActive] = await this.#bus!.call(call).catch(() => []);
    this.#say(name, typeof isActive === "boolean" ? isActive : undefined);
  }

  #say(name: string, isLocked: boolean | undefined): void {
    const wasThere = this.#there.has(name);
    if (isLocked === undefined) this.#there.delete(name);
    else this.#there.add(name);
    this.listener.lock({ kind: "word", source: name, isLocked });
    if (wasThere !== this.#there.has(name)) this.listener.changed();
  }
}
