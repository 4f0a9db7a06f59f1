/**
 * Runs a command line, and the only place where an error becomes an exit code.
 * @module
 */
import { CommanderError } from "@commander-js/extra-typings";
import {
  EXIT_CODES,
  FatalError,
  NotPermittedError,
  UnsupportedError,
} from "../daemon/core/errors.ts";
import { dropPermissions } from "../daemon/os/permissions.ts";
import { findCommand } from "./commands.ts";
import type { Context } from "./context.ts";
import { usageError } from "./help.ts";
import { Interrupt, Interrupted, unlessInterrupted } from "./interrupt.ts";
import { note } from "./output.ts";
import { settleBlock } from "./overdue.ts";
import { permissionsOf } from "./permissions.ts";
import { createProgram, fillIn } from "./program.ts";
import { red } from "./style.ts";
import { clean } from "./text.ts";

export interface RunOptions {
  /** The checkout that the program runs from, if it does: its `.env` is read. */
  readonly checkoutRoot?: string;
}

/** Runs one command line and returns the exit code. Nothing is thrown, no stack trace is shown. */
export async function run(
  args: readonly string[],
  { checkoutRoot }: RunOptions = {},
): Promise<number> {
  const row = findCommand(args);
  const kept = permissionsOf(row?.name, args);
  const stuck = kept.write ? await settleBlock(args) : undefined;
  dropPermissions(kept);
  if (stuck !== undefined) say(stuck);

  using interrupt = new Interrupt();
  using strays = new Strays();
  const cleanups = new AsyncDisposableStack();
  const context: Context = {
    checkoutRoot,
    globals: () => program.opts(),
    signal: interrupt.signal,
    cleanups,
    result: { exitCode: EXIT_CODES.done },
  };
  const program = createProgram();
  try {
    if (row) await fillIn(program, row, context);
    const work = program.parseAsync(args.length === 0 ? ["--help"] : args, { from: "user" });
    await unlessInterrupted(Promise.race([work, strays.first]), interrupt.signal);
  } catch (error) {
    const { runsUntilStopped } = context.result;
    const isEnd = error instanceof Interrupted && runsUntilStopped && !error.byKeyboard;
    context.result.exitCode = isEnd ? EXIT_CODES.done : report(error);
  }
  try {
    await cleanups.disposeAsync();
  } catch (error) {
    context.result.exitCode ||= report(error);
  }
  return context.result.exitCode;
}

/** Says what went wrong in one line, and returns the exit code for it. */
function report(error: unknown): number {
  if (error instanceof Interrupted) return error.exitCode;
  // Whoever read the output has seen enough: `| head`.
  if (error instanceof Deno.errors.BrokenPipe) return EXIT_CODES.done;
  if (error instanceof CommanderError) {
    // Help and version end this way too.
    if (error.exitCode === 0) return EXIT_CODES.done;
    if (error.code === "commander.help") return EXIT_CODES.wrongUsage;
    say(usageError(error.message));
    return EXIT_CODES.wrongUsage;
  }
  say(error instanceof Error ? error.message : String(error));
  if (error instanceof FatalError) return error.exitCode;
  if (error instanceof UnsupportedError) return EXIT_CODES.notSupported;
  if (error instanceof NotPermittedError) return EXIT_CODES.notPermitted;
  if (error instanceof Deno.errors.PermissionDenied || error instanceof Deno.errors.NotCapable) {
    return EXIT_CODES.notPermitted;
  }
  return EXIT_CODES.failed;
}

function say(message: string): void {
  const line = clean(message).replace(/\.$/, "");
  note(`${red("prodtracker:")} ${/^Cannot /.test(line) ? line : `Cannot go on: ${line}`}`);
}

/** Failures that nobody waits for; the first ends the command like any other. */
class Strays {
  #first = Promise.withResolvers<never>();
  #onStray = (event: PromiseRejectionEvent) => {
    event.preventDefault();
    this.#first.reject(event.reason);
  };

  constructor() {
    this.#first.promise.catch(() => {});
    globalThis.addEventListener("unhandledrejection", this.#onStray);
  }

  get first(): Promise<never> {
    return this.#first.promise;
  }

  [Symbol.dispose](): void {
    globalThis.removeEventListener("unhandledrejection", this.#onStray);
  }
}
