/**
 * Which windows of an X display are private ones of a browser, remembered for as long as they may live.
 *
 * A window of Chromium is private from its first moment to its last, or never; only the page that it begins with says
 * so. So a window that has shown that page stays private. While one is open, the program's next windows count as private,
 * too, unless they begin with an ordinary first page: a link may have been opened, or a tab been pulled out. A program
 * that was told on its command line to be private has no others. Windows that were open before are not told.
 * @module
 */
import { browserOf, firstPage, hasPrivateMark, isUnmarked } from "../core/private_window.ts";
import { runProgram } from "../os/exec.ts";

/** What is known of a window. */
export interface SeenWindow {
  /** The number that the server knows it by. */
  readonly window: number;
  readonly app?: string;
  readonly title?: string;
  readonly pid?: number;
}

/** Asks for a process's arguments; `undefined`: nobody could tell. */
export type ArgumentsOf = (pid: number) => Promise<string | undefined>;

const PRIVATE_ARGUMENT = / --(?:incognito|inprivate|private|tor)(?= |$)/;
/** More windows than anybody has open; the oldest are forgotten first. */
const MAX_REMEMBERED = 1_000;

interface Known {
  readonly isPrivate: boolean;
  /** Whose it is: a number is used again by others. */
  readonly pid: number | undefined;
}

export class PrivateWindows {
  /** Windows of Chromium. */
  readonly #windows = new Map<number, Known>();
  /** Windows of Chromium that have shown the first page of ordinary ones, and whose they are. */
  readonly #ordinary = new Map<number, number | undefined>();
  /** Processes of Chromium, and whether all of their windows are private. */
  readonly #processes = new Map<number, Promise<boolean>>();

  constructor(private readonly argumentsOf: ArgumentsOf = argumentsByPs) {}

  /** Whether a window is a private one, as far as can be told; `isThere` says whether another one still lives. */
  async has(seen: SeenWindow, isThere: (window: number) => Promise<boolean>): Promise<boolean> {
    const { window, app, title, pid } = seen;
    const kind = browserOf(app);
    if (kind === "firefox") return isUnmarked(title);
    const isMarked = hasPrivateMark(app, title);
    if (kind !== "chromium") return isMarked;
    const known = this.#windows.get(window);
    const isKnown = known !== undefined && known.pid === pid;
    if (isKnown && known.isPrivate) return true;
    if (firstPage(title) === "ordinary") remember(this.#ordinary, window, pid);
    if (isMarked || pid !== undefined && await this.#isPrivateProcess(pid)) {
      remember(this.#windows, window, { isPrivate: true, pid });
      return true;
    }
    if (isKnown) return false;
    const page = firstPage(title);
    const isPrivate = page !== "ordinary" && await this.#isAfterPrivate(seen, isThere);
    // What it begins with is still to come.
    if (page !== "early") remember(this.#windows, window, { isPrivate, pid });
    return isPrivate;
  }

  /**
   * Whether a window of Chromium is known to be no private one: it has shown the page that those never show, a new tab's.
   */
  isOrdinary({ window, pid }: Pick<SeenWindow, "window" | "pid">): boolean {
    return this.#ordinary.has(window) && this.#ordinary.get(window) === pid;
  }

  /** Whether an older window of its program is private, and open. A program counts its windows' numbers up. */
  async #isAfterPrivate(
    { window, pid }: SeenWindow,
    isThere: (window: number) => Promise<boolean>,
  ): Promise<boolean> {
    for (const [other, known] of [...this.#windows]) {
      if (!known.isPrivate || known.pid !== pid || other > window) continue;
      if (await isThere(other)) return true;
      this.#windows.delete(other);
    }
    return false;
  }

  /** Asked once a process. */
  #isPrivateProcess(pid: number): Promise<boolean> {
    let asked = this.#processes.get(pid);
    if (!asked) {
      asked = this.argumentsOf(pid).then((args) => PRIVATE_ARGUMENT.test(args ?? ""));
      remember(this.#processes, pid, asked);
    }
    return asked;
  }
}

/** Those of this session: what the tracker has seen of a window counts for screenshots, too. */
export const PRIVATE_WINDOWS = new PrivateWindows();

async function argumentsByPs(pid: number): Promise<string | undefined> {
  const { code, stdout } = await runProgram(["ps", "-o", "args=", "-p", String(pid)], {
    limitMs: 2_000,
  });
  return code === 0 ? stdout.trim() : undefined;
}

function remember<V>(map: Map<number, V>, key: number, value: V): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > MAX_REMEMBERED) map.delete(map.keys().next().value!);
}
