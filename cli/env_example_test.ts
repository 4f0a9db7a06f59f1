import assert from "node:assert/strict";
import { parseEnv } from "node:util";
import { loadConfig } from "../daemon/config/load.ts";
import { type Setting, SETTINGS } from "../daemon/config/schema.ts";

const PATH = new URL("../.env.example", import.meta.url);

/** What the file must say: a block a variable, made from the schema. */
function expected(): string {
  const head = [
    "# Settings of ProdTracker. Copy this file to .env beside it, or into the data directory, and take",
    "# away the # before what you want to set. The environment wins over the file, flags win over both.",
  ];
  const blocks = Object.entries<Setting<unknown>>(SETTINGS).map(([name, setting]) =>
    [`# ${setting.help}.`, `# Allowed: ${setting.allowed}.`, `#${name}=${setting.example}`].join(
      "\n",
    )
  );
  return `${[head.join("\n"), ...blocks].join("\n\n")}\n`;
}

Deno.test(".env.example says of every variable its default, what is allowed and why", async () => {
  assert.equal(await Deno.readTextFile(PATH), expected());
});

Deno.test(".env.example as it is, and with every default set, gives the default configuration", async () => {
  const text = await Deno.readTextFile(PATH);
  const options = { dataDir: "/nowhere", os: "linux" as const };
  const plain = loadConfig({ ...options, env: () => undefined });
  assert.deepEqual(Object.keys(parseEnv(text)), []);
  const set = parseEnv(text.replaceAll(/^#([A-Z0-9_]+=)/gm, "$1"));
  const { settings, ...config } = loadConfig({ ...options, env: (name) => set[name] });
  assert.ok(Object.keys(settings).length > 5);
  const { settings: none, ...defaults } = plain;
  assert.deepEqual(none, {});
  assert.deepEqual(config, defaults);
});
