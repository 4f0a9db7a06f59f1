/**
 * `backup`: a verified copy of the database.
 * @module
 */
import { resolve } from "node:path";
import { connect, type Define } from "../context.ts";
import { examples } from "../help.ts";
import { note, print, printJson } from "../output.ts";
import { dim } from "../style.ts";
import { clean } from "../text.ts";
import type { BackupReply } from "../wire.ts";
import { bytes, count } from "../words.ts";

export const define: Define = (command, context) => {
  command
    .argument("[path]", "file to write, which must not exist (default: among the daily copies)")
    .option("--json", "print JSON")
    .action(async (path, options) => {
      const client = await connect(context);
      const body = path === undefined ? {} : { path: resolve(path) };
      const copy = await client.send<BackupReply>("POST", "/backup", body);
      if (options.json) return printJson(copy);
      print(clean(copy.path));
      note(dim(`${count(copy.events, "event")}, ${bytes(copy.bytes)}; opened and checked`));
    });
  examples(
    command,
    ["backup", "into the data directory, seven are kept"],
    ["backup ~/usb/prodtracker.db", "to a file of your choice"],
  );
};
