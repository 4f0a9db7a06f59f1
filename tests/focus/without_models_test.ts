/** A daemon that has no models and reaches no registry: all but vision works, and it says why. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleProgram, PRODTRACKER } from "../../tools/bundle.ts";
import { startDaemon, waitFor } from "../daemon_process.ts";

interface Health {
  readonly status: string;
  readonly parts: { readonly name: string; readonly status: string; readonly detail: string }[];
}

Deno.test("serve without models and without a registry says so in /health, and keeps sessions", async () => {
  const dir = await Deno.makeTempDir({ prefix: "prodtracker-no-models-" });
  try {
    const root = fileURLToPath(new URL("../../", import.meta.url));
    await bundleProgram({ root, ...PRODTRACKER }, join(dir, "bundle"));
    // Nobody listens there any more.
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const registry = `http://127.0.0.1:${listener.addr.port}/`;
    listener.close();
    const daemon = await startDaemon(["--no-track"], {
      dataDir: join(dir, "data"),
      entry: join(dir, "bundle", "main.js"),
      env: { npm_config_registry: registry },
    });
    try {
      const vision = await waitFor(async () => {
        const { parts } = await daemon.get<Health>("/health");
        return parts.find(({ name, status }) => name === "vision" && status === "off");
      }, 60_000);
      assert.match(vision.detail, /^Cannot download ".+; next try in 1 min$/);
      assert.equal((await daemon.get<Health>("/health")).status, "ok");
      const model = await daemon.fetch("/models/face.onnx");
      assert.equal(model.status, 503);
      assert.match((await model.json()).error.message, /^Cannot download /);
      const session = await daemon.fetch("/focus/sessions", {
        method: "POST",
        body: JSON.stringify({ source: "terminal" }),
        headers: { "content-type": "application/json" },
      });
      assert.equal((await session.json()).id, 1);
    } finally {
      // In the middle of a download or not, it ends.
      assert.equal(await daemon.stop(), 0);
    }
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test("what hinders the models is told to anybody without where they should lie", async () => {
  const dir = await Deno.makeTempDir({ prefix: "prodtracker-no-models-" });
  try {
    const root = fileURLToPath(new URL("../../", import.meta.url));
    await bundleProgram({ root, ...PRODTRACKER }, join(dir, "bundle"));
    await Deno.writeTextFile(join(dir, "models"), "no folder");
    const options = { dataDir: join(dir, "data"), entry: join(dir, "bundle", "main.js") };
    const daemon = await startDaemon(["--no-track"], options);
    try {
      const vision = await waitFor(async () => {
        const { parts } = await daemon.get<Health>("/health");
        return parts.find(({ name, status }) => name === "vision" && status === "off");
      }, 60_000);
      assert.match(vision.detail, /^Cannot .+models.+; next try in 1 min$/);
      assert.ok(!vision.detail.includes(dir), vision.detail);
      const { error } = await (await daemon.fetch("/models/face.onnx")).json();
      assert.ok(!error.message.includes(dir), error.message);
    } finally {
      assert.equal(await daemon.stop(), 0);
    }
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
