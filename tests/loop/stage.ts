/**
 * The daemon on a real desktop with the loop made quick, and what it says on `/stream`.
 * @module
 */
import assert from "node:assert/strict";
import type { WireLoop, WireLoopNow, WireLoopStep } from "../../daemon/api/loop.ts";
import { type DaemonProcess, startDaemon, waitFor } from "../daemon_process.ts";
import type { XSession } from "../x_session.ts";

export type Config = WireLoop["config"];
type Nudge = NonNullable<WireLoopNow["nudge"]>;

/** Titles as a browser shows them. */
export const YOUTUBE = "Cats - YouTube — Mozilla Firefox";
export const ZOOM = "Zoom Meeting — Mozilla Firefox";
export const WORK = "deno.land documentation — Mozilla Firefox";

/** Ten minutes as six seconds; only the rule for noise. */
export function quick(config: Config): Config {
  const { rules } = config;
  const off = <R extends Config["rules"]["phone"]>(rule: R) => ({ ...rule, on: false });
  return {
    ...config,
    rules: {
      noise: { ...rules.noise, minutes: 0.1, of_minutes: 0.2 },
      phone: off(rules.phone),
      unfocused: off(rules.unfocused),
      budget: off(rules.budget),
    },
    ...{ stronger_after_minutes: 0.1, block_after_minutes: 0.1, cooldown_minutes: 0.1 },
    clear_minutes: 0.3,
    block: { ...config.block, minutes: 0.2, domains: ["reddit.com"] },
  };
}

/** With its block switched on. */
export function blocking(config: Config): Config {
  const { noise } = config.rules;
  const steps = { ...noise.steps, block: true };
  return { ...config, rules: { ...config.rules, noise: { ...noise, steps } } };
}

export class Stage implements AsyncDisposable {
  /** All that was told of the loop, in order. */
  readonly told: WireLoopNow[] = [];

  private constructor(
    readonly daemon: DaemonProcess,
    private readonly x: XSession,
  ) {}

  /** A daemon with the loop set as `set` says. */
  static async open(
    x: XSession,
    { env, set }: { env: Record<string, string>; set: (config: Config) => Config },
  ): Promise<Stage> {
    const stage = new Stage(await startDaemon([], { env }), x);
    try {
      await stage.set((config) => set(quick(config)));
      await stage.#listen();
      return stage;
    } catch (error) {
      await stage[Symbol.asyncDispose]();
      throw error;
    }
  }

  async set(change: (config: Config) => Config): Promise<void> {
    const { config } = await this.daemon.get<WireLoop>("/loop");
    await this.send("/loop", change(config), "PUT");
  }

  /** Sends JSON as an open page would and returns the reply. */
  async send<T>(path: string, body: unknown, method = "POST"): Promise<T> {
    const headers = { "content-type": "application/json" };
    const init = { method, body: JSON.stringify(body), headers };
    const response = await this.daemon.fetch(path, init);
    const text = await response.text();
    assert.equal(response.status, 200, `${method} ${path}: ${text}`);
    return JSON.parse(text);
  }

  /** Opens a browser's window and waits until it is the one in front. */
  async open(title: string): Promise<void> {
    this.x.run("xterm", "-class", "firefox", "-T", title);
    await waitFor(async () => {
      const { now } = await this.daemon.get<{ now: { title: string } | null }>("/status");
      return now?.title === title || undefined;
    });
  }

  /** The first nudge told, of those after `count`, for which `check` holds. */
  nudge(check: (nudge: Nudge) => boolean, count = 0): Promise<Nudge> {
    return waitFor(
      () => this.told.slice(count).find(({ nudge }) => nudge && check(nudge))?.nudge ?? undefined,
      60_000,
    );
  }

  /** Steps so far, the oldest first. */
  async steps(): Promise<WireLoopStep[]> {
    return (await this.daemon.get<WireLoopStep[]>("/loop/steps")).toReversed();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.daemon.stop();
    await Deno.remove(this.daemon.dataDir, { recursive: true });
  }

  async #listen(): Promise<void> {
    const stream = await this.daemon.fetch("/stream");
    const read = async () => {
      let rest = "";
      for await (const text of stream.body!.pipeThrough(new TextDecoderStream())) {
        const messages = (rest + text).split("\n\n");
        rest = messages.pop()!;
        for (const message of messages) {
          const data = /^event: loop\ndata: (.*)$/s.exec(message)?.[1];
          if (data !== undefined) this.told.push(JSON.parse(data));
        }
      }
    };
    // It ends with the daemon.
    read().catch(() => {});
    // It is told as soon as the stream opens.
    await waitFor(() => this.told.length > 0);
  }
}
