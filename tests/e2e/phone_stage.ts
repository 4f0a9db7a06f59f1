/**
 * A stage for phones: the daemon that listens for them, a real Chromium as the dashboard and as a phone's browser, and
 * phones that send signed heartbeats.
 * @module
 */
import jsQR from "jsqr";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { buildWeb } from "../../tools/build_web.ts";
import { type DaemonProcess, startDaemon } from "../daemon_process.ts";
import { nowS, Phone } from "../phone/phone.ts";
import { needs } from "../programs.ts";
import { freePort, type Visit } from "./desk.ts";
import { CHROMIUM_FLAGS } from "./focus_stage.ts";

export const PHONE_NEEDS = needs("chromium");
export const WAIT = { timeout: 20_000 };
export const INSTAGRAM = "com.instagram.android";
/** An app whose name is not to be trusted. */
export const HOSTILE = `<b id="bold">"Cat"</b>\u202e🎯 ${"x".repeat(180)}`;

export class PhoneStage implements AsyncDisposable {
  readonly #stack = new AsyncDisposableStack();

  private constructor(readonly daemon: DaemonProcess, private readonly browser: Browser) {}

  /**
   * @param env With `PC_IP` it listens for phones there.
   * @param prepare Fills the database, at its path, before the daemon starts.
   */
  static async open(
    env: Record<string, string> = {},
    prepare: (path: string) => Promise<void> = () => Promise.resolve(),
  ): Promise<PhoneStage> {
    await buildWeb("stale");
    await using stack = new AsyncDisposableStack();
    const dataDir = await Deno.makeTempDir({ prefix: "prodtracker-" });
    stack.defer(() => Deno.remove(dataDir, { recursive: true }));
    await prepare(`${dataDir}/prodtracker.db`);
    const daemon = await startDaemon(env.PC_IP ? ["--no-track", "--lan"] : ["--no-track"], {
      dataDir,
      env: { PRODTRACKER_LAN_PORT: String(freePort()), ...env },
    });
    stack.defer(async () => void await daemon.stop());
    const browser = await chromium.launch({
      executablePath: "/usr/bin/chromium",
      args: CHROMIUM_FLAGS,
    });
    stack.defer(() => browser.close());
    const stage = new PhoneStage(daemon, browser);
    stage.#stack.use(stack.move());
    return stage;
  }

  /** A page of the dashboard in a browser profile of its own, signed in. */
  async visit(path = "/phone", options: BrowserContextOptions = {}): Promise<Visit> {
    const made = await this.daemon.fetch("/session/code", { method: "POST" });
    const { code } = await made.json();
    return await this.open(`${this.daemon.url}${path}#code=${code}`, options);
  }

  /** Any address in a browser profile of its own. */
  async open(address: string, options: BrowserContextOptions = {}): Promise<Visit> {
    const context = await this.browser.newContext({
      viewport: { width: 1280, height: 900 },
      locale: "en-GB",
      ...options,
    });
    const page = await context.newPage();
    const problems: string[] = [];
    const hosts = new Set<string>();
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
    });
    page.on("pageerror", (error) => problems.push(String(error)));
    page.on("request", (request) => hosts.add(new URL(request.url()).host));
    await page.goto(address);
    return { page, problems, hosts };
  }

  /**
   * A phone that has told of the last three hours: 20 min of Instagram, 10 min of an app with a hostile name, 5 min of
   * one that it does not name.
   */
  async usedPhone(id: string): Promise<Phone> {
    const phone = await Phone.pair(this.daemon, id);
    const endS = nowS() - 300;
    const beats = (fromS: number, app: string | null, minutes: number) =>
      Array.from({ length: 2 * minutes + 1 }, (_, i) => ({
        timestamp: fromS + 30 * i,
        screen_on: i < 2 * minutes,
        foreground_app: app,
      }));
    const heartbeats = [
      ...beats(endS - 9_000, INSTAGRAM, 20),
      ...beats(endS - 5_400, HOSTILE, 10),
      ...beats(endS - 1_800, null, 5),
    ];
    const body = JSON.stringify({ device_id: id, heartbeats });
    const { status, body: answer } = await phone.raw("/phone/heartbeats", body);
    if (status !== 200) throw new Error(`The heartbeats were refused: ${JSON.stringify(answer)}`);
    return phone;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }
}

/** What a phone's camera reads off the code that a page shows. */
export async function scan(page: Page): Promise<string> {
  const code = page.getByRole("img", { name: "Code that pairs the phone" });
  await code.waitFor(WAIT);
  const png = (await code.screenshot()).toString("base64");
  const blank = await page.context().newPage();
  const [width, height, pixels]: [number, number, string] = await blank.evaluate(pixelsOf(png));
  await blank.close();
  const read = jsQR.default(new Uint8ClampedArray(Uint8Array.fromBase64(pixels)), width, height);
  if (!read) throw new Error("A camera cannot read the code");
  return read.data;
}

/**
 * What a browser does to know a picture's width, height and RGBA (in base64: a list of 400 000 numbers would take 8 s on
 * its way); as text, as canvases are no part of Deno.
 */
const pixelsOf = (base64: string) =>
  `(async () => {
    const bytes = Uint8Array.from(atob("${base64}"), (char) => char.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes]));
    const { width, height } = picture;
    const context = new OffscreenCanvas(width, height).getContext("2d");
    context.drawImage(picture, 0, 0);
    return [width, height, btoa(context.getImageData(0, 0, width, height).data
      .reduce((text, byte) => text + String.fromCharCode(byte), ""))];
  })()`;
