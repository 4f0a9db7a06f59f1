/**
 * The process that writes the hosts file: it obeys one request from its standard input. Told to block, it
 * is the one who unblocks: it is armed before it writes, and lives until the end of the block.
 * @module
 */
import { systemClock } from "../os/clock.ts";
import { systemIo } from "./hosts_io.ts";
import { holdUntil, isOver } from "./hold.ts";
import { blockHere, liftHere, markHere } from "./machine_block.ts";
import { flushCaches, hostsPath, isShuttingDown } from "./machine.ts";
import { readRequest, type Reply, type Request } from "./request.ts";

export interface WriterOptions {
  /** Something else unblocks after a restart of the machine: a request to end leaves the block standing. */
  readonly survivesRestart: boolean;
}

/** Runs one request to its end and returns the exit code. */
export async function runWriter({ survivesRestart }: WriterOptions): Promise<number> {
  try {
    const input = new Uint8Array(await new Response(Deno.stdin.readable).arrayBuffer());
    const request = readRequest(input, systemClock.nowMs());
    await obey(request, survivesRestart);
    return 0;
  } catch (error) {
    const { name, message } = error as Error;
    reply({ error: { kind: name, message } });
    return 1;
  }
}

/** What the boot-time unit asks for. */
export async function runOverdue(): Promise<number> {
  await liftOrHold(true);
  return 0;
}

async function obey(request: Request, survivesRestart: boolean): Promise<void> {
  switch (request.verb) {
    case "flush":
      await flushCaches();
      return reply({ ok: true });
    case "lift":
      await liftHere();
      return reply({ ok: true });
    case "overdue": {
      const mark = markHere();
      if (mark && isOver(mark, systemClock.nowMs())) await liftHere();
      reply({ ok: true });
      return await liftOrHold(survivesRestart);
    }
    case "block": {
      const { id, startMs, endMs, names, endConnections } = request;
      // From here on somebody lives who unblocks, whatever becomes of the one who asked.
      using _armed = survive(survivesRestart);
      if (systemClock.nowMs() >= endMs) {
        await liftHere();
        return reply({ ok: true });
      }
      try {
        await blockHere({ id, startMs, endMs, domains: names }, endConnections);
      } catch (error) {
        await liftIfOurs(id);
        throw error;
      }
      reply({ ok: true });
      return await hold(id, endMs);
    }
  }
}

async function liftOrHold(survivesRestart: boolean): Promise<void> {
  const mark = markHere();
  if (!mark) return;
  if (isOver(mark, systemClock.nowMs())) return await liftHere();
  using _armed = survive(survivesRestart);
  await hold(mark.id, mark.endMs!);
}

/** Waits for the end of a block, then unblocks, until that has worked. */
async function hold(id: number | undefined, endMs: number): Promise<void> {
  let seen = "";
  const stillThere = () => {
    try {
      const { mtimeMs, ino, size } = systemIo.stat(hostsPath());
      const now = `${mtimeMs} ${ino} ${size}`;
      if (now === seen) return true;
      seen = now;
      const mark = markHere();
      // A mark that somebody damaged is ours to lift all the same.
      return mark !== undefined &&
        (mark.id === undefined || (mark.id === id && mark.endMs === endMs));
    } catch {
      return true;
    }
  };
  const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
  if (!await holdUntil(endMs, { clock: systemClock, stillThere, wait })) return;
  for (let tries = 0;; tries++) {
    seen = "";
    if (!stillThere()) return;
    try {
      return await liftHere();
    } catch (error) {
      // Nothing else is left to do; an hour of tries is more than a full disk or a lock lasts.
      if (tries > 1_800) throw error;
      await wait(2_000);
    }
  }
}

/**
 * A closed terminal is nothing; a request to end unblocks, unless the machine goes down and its next start
 * sees to it. At the end of a session some systems end all that was started in it.
 */
function survive(survivesRestart: boolean): Disposable {
  const ignore = () => {};
  const end = async () => {
    if (!survivesRestart || !await isShuttingDown()) await liftHere().catch(() => {});
    Deno.exit(0);
  };
  if (Deno.build.os === "windows") return { [Symbol.dispose]() {} };
  Deno.addSignalListener("SIGHUP", ignore);
  Deno.addSignalListener("SIGTERM", end);
  Deno.addSignalListener("SIGINT", end);
  return {
    [Symbol.dispose]() {
      Deno.removeSignalListener("SIGHUP", ignore);
      Deno.removeSignalListener("SIGTERM", end);
      Deno.removeSignalListener("SIGINT", end);
    },
  };
}

/** A block that was half made is taken back; what stood of another stays. */
async function liftIfOurs(id: number): Promise<void> {
  try {
    if (markHere()?.id === id) await liftHere();
  } catch { /* the error that led here is the one to be told */ }
}

function reply(answer: Reply): void {
  try {
    Deno.stdout.writeSync(new TextEncoder().encode(`${JSON.stringify(answer)}\n`));
  } catch { /* whoever asked is gone */ }
}
