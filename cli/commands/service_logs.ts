/**
 * `service logs`: what the service says.
 * @module
 */
import { type Command, InvalidArgumentError } from "@commander-js/extra-typings";
import { EXIT_CODES } from "../../daemon/core/errors.ts";
import type { Context } from "../context.ts";
import { examples } from "../help.ts";
import { note, writeStream } from "../output.ts";
import { dim } from "../style.ts";
import { managerOptions } from "./service.ts";

const MAX_LINES = 100_000;

export function defineLogs(command: Command, context: Context): void {
  command.summary("what it says")
    .description("Prints the last lines that the service wrote, oldest first.")
    .option("-n, --lines <number>", "how many lines", readCount, 50)
    .option("-f, --follow", "go on with what it writes, until Ctrl-C")
    .action(async ({ lines, follow = false }) => {
      const { options } = await managerOptions(context);
      const service = await (await import("../client.ts")).autostart();
      const manager = await service.installedManager(options);
      const { signal } = context;
      const stream = await manager.logs({ lines, follow, signal });
      let bytes = 0;
      const counted = new TransformStream<Uint8Array, Uint8Array>({
        transform(part, controller) {
          bytes += part.length;
          controller.enqueue(part);
        },
      });
      await writeStream(stream.pipeThrough(counted));
      if (bytes > 0 || signal.aborted) return;
      context.result.exitCode = EXIT_CODES.failed;
      note(dim(noLines(manager.name)));
    });
  examples(
    command,
    ["service logs", "the last 50 lines"],
    ["service logs -f", "and what comes after them"],
    ["service logs -n 1000", "further back"],
  );
}

function noLines(manager: string): string {
  return manager === "systemd"
    ? "The journal has no line of it: it was never started, the journal does not run here (journalctl says so), " +
      "or you may not read it (group systemd-journal)"
    : "It has written nothing yet";
}

function readCount(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= MAX_LINES) return count;
  throw new InvalidArgumentError(`allowed is a whole number from 1 to ${MAX_LINES}`);
}
