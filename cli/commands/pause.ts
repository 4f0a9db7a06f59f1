/**
 * `pause`: records nothing for a while.
 * @module
 */
import { InvalidArgumentError } from "@commander-js/extra-typings";
import type { WirePause } from "../../daemon/api/pause.ts";
import { localZone } from "../../daemon/core/day.ts";
import { parsePause, type PauseWish } from "../../daemon/core/pause.ts";
import type { Client } from "../client.ts";
import { connect, type Context, type Define } from "../context.ts";
import { examples } from "../help.ts";
import { note, print, printJson } from "../output.ts";
import { pauseText } from "../pause_view.ts";
import { bold, dim, green, yellow } from "../style.ts";

export const define: Define = (command, context) => {
  command
    .description(
      "Records nothing for a while: no window, no time away, no phone, no screenshot. That time stays untracked.\n" +
        "A focus session and a block go on. Without a time it says whether recording is paused.",
    )
    .argument("[time...]", '"30m", "2h", "1h30m", "until 17:00", "on" until you end it, or "off"')
    .option("--json", "print JSON")
    .action((words, { json }) => pause(words, json, context));
  examples(
    command,
    ["pause 30m", "record nothing for half an hour"],
    ["pause until 17:00", "until that time of the clock"],
    ["pause on", "until you say pause off"],
    ["pause off", "record again"],
    ["pause", "whether recording is paused, and until when"],
  );
};

async function pause(
  words: readonly string[],
  json: true | undefined,
  context: Context,
): Promise<void> {
  const wish = words.length === 0 ? undefined : wishOf(words.join(" "));
  const client = await connect(context);
  const before = wish?.kind === "off" ? await client.get<WirePause>("/pause") : undefined;
  const after = wish ? await ask(client, wish) : await client.get<WirePause>("/pause");
  if (json) return printJson(after);
  const nowMs = Date.now();
  const text = pauseText(after, nowMs);
  const isRunning = client.url !== undefined;
  if (text !== undefined) {
    print(`${bold("Paused")} ${yellow(text)}`);
    if (wish) note(dim("Nothing is recorded; a focus session and a block go on"));
    if (wish && !isRunning) note(dim("No daemon runs; one that starts meanwhile respects it"));
  } else if (!isRunning) {
    print(`Not paused; ${yellow("nothing records")}: prodtracker serve does`);
  } else print(before?.paused ? green("Recording goes on") : "Not paused");
}

function ask(client: Client, wish: PauseWish): Promise<WirePause> {
  switch (wish.kind) {
    case "off":
      return client.send("DELETE", "/pause");
    case "on":
      return client.send("PUT", "/pause", { on: true });
    case "for":
      return client.send("PUT", "/pause", { minutes: wish.ms / 60_000 });
    case "until":
      return client.send("PUT", "/pause", { until: new Date(wish.endMs).toISOString() });
  }
}

function wishOf(text: string): PauseWish {
  try {
    return parsePause(text, Date.now(), localZone);
  } catch (error) {
    throw new InvalidArgumentError(`${(error as Error).message}.`);
  }
}
