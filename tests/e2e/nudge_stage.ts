/**
 * A stage for nudges: a real X server on which somebody dawdles, the daemon whose loop sees it, and a real Chromium.
 * @module
 */
import assert from "node:assert/strict";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import type { WireLoop, WireLoopConfig } from "../../daemon/api/loop.ts";
import { buildWeb } from "../../tools/build_web.ts";
import { type DaemonProcess, startDaemon } from "../daemon_process.ts";
import { needs } from "../programs.ts";
import { startXSession, X_SESSION_NEEDS, type XSession } from "../x_session.ts";
import { CHROMIUM_FLAGS } from "./focus_stage.ts";

const chromiumNeeds = needs("chromium");
export const NUDGE_NEEDS = {
  ignore: X_SESSION_NEEDS.ignore || chromiumNeeds.ignore,
  suffix: X_SESSION_NEEDS.suffix + chromiumNeeds.suffix,
};
export const WAIT = { timeout: 40_000 };

/** A program whose name is not to be trusted. */
export const HOSTILE_NAME = `<b id="bold">Cat</b> videos`;

export class NudgeStage implements AsyncDisposable {
  readonly #stack = new AsyncDisposableStack();

  private constructor(
    readonly desk: XSession,
    readonly daemon: DaemonProcess,
    private readonly browser: Browser,
  ) {}

  static async open(env: Record<string, string> = {}): Promise<NudgeStage> {
    await buildWeb("stale");
    await using stack = new AsyncDisposableStack();
    const desk = stack.use(await startXSession());
    // Nobody touches the keys here: that is not to count as away.
    const daemon = await startDaemon([], {
      env: { DISPLAY: desk.display, PRODTRACKER_AFK_SECONDS: "3600", ...env },
    });
    stack.defer(async () => {
      await daemon.stop();
      await Deno.remove(daemon.dataDir, { recursive: true });
    });
    const browser = await chromium.launch({
      executablePath: "/usr/bin/chromium",
      args: CHROMIUM_FLAGS,
    });
    stack.defer(() => browser.close());
    const stage = new NudgeStage(desk, daemon, browser);
    stage.#stack.use(stack.move());
    return stage;
  }

  /** Brings something to the front that is noise, and has the loop nudge after six seconds of it. */
  async dawdle(change: (config: WireLoopConfig) => void = () => {}): Promise<void> {
    const rule = { match: "app", exact: HOSTILE_NAME, class: "noise", category: "play" };
    await this.put("/rules", [rule]);
    await this.set((config) => {
      const { rules } = config;
      for (const each of [rules.phone, rules.unfocused, rules.budget]) each.on = false;
      Object.assign(rules.noise, { minutes: 0.1, of_minutes: 0.2 });
      Object.assign(config, { stronger_after_minutes: 0.1, cooldown_minutes: 0.1 });
      Object.assign(config, { again_after_minutes: 0.1, clear_minutes: 0.1 });
      change(config);
    });
    this.desk.run("xterm", "-class", HOSTILE_NAME, "-e", "sleep", "600");
  }

  /** Changes what the loop is set to. */
  async set(change: (config: WireLoopConfig) => void): Promise<void> {
    const { config } = await this.daemon.get<WireLoop>("/loop");
    change(config);
    await this.put("/loop", config);
  }

  async put(path: string, body: unknown): Promise<void> {
    const response = await this.daemon.fetch(path, {
      method: "PUT",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    assert.ok(response.ok, await response.text());
  }

  /** A page in a new profile, and what its console complains of. */
  async visit(
    path = "/",
    options: BrowserContextOptions = {},
  ): Promise<{ readonly page: Page; readonly problems: string[] }> {
    const viewport = { width: 1280, height: 900 };
    const context = await this.browser.newContext({ viewport, locale: "en-GB", ...options });
    const page = await context.newPage();
    const problems: string[] = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) problems.push(message.text());
    });
    page.on("pageerror", (error) => problems.push(String(error)));
    await page.goto(this.daemon.url + path);
    return { page, problems };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }
}

/** The banner of a page. */
export const nudgeOf = (page: Page) => page.getByRole("region", { name: "Nudge" });

/** The lowest contrast of text against what is behind it, of an element and all in it: WCAG wants 4.5. */
export function lowestContrast(page: Page, selector: string): Promise<number> {
  return page.evaluate<number>(`(() => {
    const draw = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    const rgba = (colour) => {
      draw.clearRect(0, 0, 1, 1);
      draw.fillStyle = colour;
      draw.fillRect(0, 0, 1, 1);
      return [...draw.getImageData(0, 0, 1, 1).data];
    };
    const luminance = ([r, g, b]) => {
      const linear = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
      return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
    };
    const behind = (element) => {
      for (let at = element; at; at = at.parentElement) {
        const colour = rgba(getComputedStyle(at).backgroundColor);
        if (colour[3] === 255) return colour;
      }
      return rgba("Canvas");
    };
    const all = [...document.querySelectorAll(${JSON.stringify(selector)} + " *")];
    const texts = all.filter((element) =>
      [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ""));
    return Math.min(...texts.map((element) => {
      const one = luminance(rgba(getComputedStyle(element).color));
      const two = luminance(behind(element));
      return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    }));
  })()`);
}
