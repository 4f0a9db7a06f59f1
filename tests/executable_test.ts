/** Builds the executable as `deno task compile` does and runs it the way a user's machine would. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { buildWeb } from "../tools/build_web.ts";
import { MODEL_FILES, modelsDir, readModelFile } from "../daemon/focus/model_files.ts";
import { bundleProgram, PRODTRACKER } from "../tools/bundle.ts";
import { denoCompile } from "../tools/deno_compile.ts";
import { makeModels } from "../tools/models.ts";
import { clip } from "./clips.ts";
import { FILM_NEEDS } from "./films.ts";
import { permissionFlags, readPermissionSet } from "../tools/permission_flags.ts";
import { buildSelfExtracting } from "../tools/self_extracting.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(command: string, args: string[], options: Deno.CommandOptions) {
  const { code, stdout, stderr } = await new Deno.Command(command, {
    ...options,
    args,
    clearEnv: true,
  }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** The JSON of a file, once it is there. */
async function whenThere(path: string): Promise<{ url: string }> {
  for (let tries = 0; tries < 200; tries++) {
    try {
      return JSON.parse(await Deno.readTextFile(path));
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error(`Cannot read "${path}": it did not appear in 10 s`);
}

async function copyFolder(from: string, to: string): Promise<void> {
  await Deno.mkdir(to);
  for await (const { name } of Deno.readDir(from)) {
    await Deno.copyFile(join(from, name), join(to, name));
  }
}

async function flipByte(path: string, at: number): Promise<void> {
  using file = await Deno.open(path, { read: true, write: true });
  const byte = new Uint8Array(1);
  await file.seek(at, Deno.SeekMode.Start);
  await file.read(byte);
  byte[0] ^= 1;
  await file.seek(at, Deno.SeekMode.Start);
  await file.write(byte);
}

/** An operation of the OpenAPI document. */
interface Operation {
  readonly parameters?: readonly { readonly required?: boolean }[];
}

Deno.test({
  name: "the executable",
  ignore: Deno.build.os === "windows",
  async fn(t) {
    const dir = await Deno.realPath(await Deno.makeTempDir());
    const folder = join(dir, "parts");
    const file = join(dir, "some where", "prodtracker");
    const empty = join(dir, "empty");
    const home = join(dir, "home");
    const flags = permissionFlags(await readPermissionSet(join(ROOT, "deno.json"), "product"));
    /** Runs the file from an empty folder with nothing in its environment but what is given. */
    const start = (args: string[], env: Record<string, string> = {}): Promise<Outcome> =>
      run(file, args, { cwd: empty, env });

    try {
      for (const path of [folder, join(dir, "some where"), empty, home]) await Deno.mkdir(path);

      await t.step("is built of one bundle, the dashboard, the models and a runtime", async () => {
        await makeModels();
        await copyFolder(fileURLToPath(modelsDir()), join(folder, "models"));
        await buildWeb("always", join(folder, "web"));
        await bundleProgram({ root: ROOT, ...PRODTRACKER }, join(folder, "bundle"));
        const names = await buildSelfExtracting({ folder, flags, output: file });
        const parts = ["main.js", "reader_worker.js", "hosts_apply.js"].map((each) =>
          `bundle/${each}`
        );
        for (const name of ["deno", ...parts]) {
          assert.ok(names.includes(name), name);
        }
        assert.ok(names.includes("web/index.html"));
        const models = [...MODEL_FILES.map((record) => record.file), "licences.txt"];
        for (const name of models) assert.ok(names.includes(`models/${name}`), name);
        assert.ok(names.filter((name) => name.startsWith("bundle/")).length > 3, "it is split");
      });

      await t.step("starts eight times at once for the first time", async () => {
        const starts = await Promise.all(
          Array.from({ length: 8 }, () => start(["--version"], { HOME: home })),
        );
        const { version } = JSON.parse(await Deno.readTextFile(join(ROOT, "deno.json")));
        for (const { code, stdout, stderr } of starts) {
          assert.equal(stderr, "");
          assert.equal(code, 0);
          assert.ok(stdout.includes(version), stdout);
        }
        const cache = join(home, ".cache", "prodtracker");
        const [unpacked, ...others] = await Array.fromAsync(Deno.readDir(cache));
        assert.deepEqual(others, []);
        const models = pathToFileURL(`${join(cache, unpacked.name, "models")}/`);
        for (const record of MODEL_FILES) await readModelFile(record, models);
      });

      await t.step("runs its commands with an empty environment", async () => {
        // Without HOME it unpacks below TMPDIR, which the machine at large must not see here.
        const env = { TMPDIR: dir };
        const help = await start(["--help"], env);
        assert.equal(help.stderr, "");
        assert.match(help.stdout, /serve/);
        assert.equal(help.code, 0);
        const dataDir = join(dir, "data");
        const status = await start(["status", "--json", "--data-dir", dataDir], env);
        assert.equal(status.code, 0, status.stderr);
        assert.equal(typeof JSON.parse(status.stdout), "object");
        const doctor = await start(["doctor", "--json", "--data-dir", dataDir], env);
        JSON.parse(doctor.stdout);
        assert.ok([0, 1].includes(doctor.code), doctor.stderr);
        assert.deepEqual(await Array.fromAsync(Deno.readDir(empty)), []);
      });

      await t.step({
        name: "looks at a film",
        ignore: FILM_NEEDS.ignore,
        async fn() {
          const film = await clip("cap13_edit2.mp4");
          const args = ["focus", "--source", film, "--json", "--data-dir", join(dir, "film")];
          const env = { HOME: home, PATH: Deno.env.get("PATH") ?? "" };
          const { code, stdout, stderr } = await start(args, env);
          assert.equal(code, 0, stderr);
          const { summary } = JSON.parse(stdout.trimEnd().split("\n").at(-1)!);
          assert.ok(summary.focused_seconds > 25, stdout);
        },
      });

      await t.step("serves the models, and every page that needs no argument", async () => {
        const dataDir = join(dir, "served");
        const serve = new Deno.Command(file, {
          args: ["serve", "--no-track", "--port", "0", "--data-dir", dataDir],
          cwd: empty,
          clearEnv: true,
          env: { HOME: home },
          stdout: "piped",
          stderr: "piped",
        }).spawn();
        const output = serve.output();
        try {
          const { url } = await whenThere(join(dataDir, "daemon.json"));
          const token = (await Deno.readTextFile(join(dataDir, "admin_token"))).trim();
          // What only answers once it is known.
          const calibrated = await fetch(`${url}/focus/calibration`, {
            method: "PUT",
            headers: { "X-Admin-Token": token, "Content-Type": "application/json" },
            body: JSON.stringify({
              ...{ camera: "", neutral_yaw_deg: 0, neutral_pitch_deg: 0 },
              ...{ open_level: 0.9, zones: [] },
            }),
          });
          assert.equal(calibrated.status, 200, await calibrated.text());
          const { paths } = await (await fetch(`${url}/openapi.json`)).json();
          for (const [path, { get }] of Object.entries<{ get?: Operation }>(paths)) {
            if (!get || get.parameters?.some(({ required }) => required)) continue;
            const stop = new AbortController();
            const { status } = await fetch(url + path, {
              headers: { "X-Admin-Token": token },
              signal: stop.signal,
            });
            stop.abort();
            assert.equal(status, 200, path);
          }
          for (const record of MODEL_FILES) {
            const response = await fetch(`${url}/models/${record.file}`);
            assert.equal((await response.bytes()).length, record.bytes, record.file);
          }
        } finally {
          serve.kill("SIGTERM");
          await output;
        }
      });

      await t.step("hands on exit codes", async () => {
        const { code } = await start(["no-such-command"], { HOME: home });
        assert.equal(code, 2);
      });

      await t.step("with one flipped byte is refused", async () => {
        const damaged = join(dir, "damaged");
        await Deno.copyFile(file, damaged);
        await flipByte(damaged, (await Deno.stat(damaged)).size >> 1);
        const other = join(dir, "other");
        await Deno.mkdir(other);
        const { code, stderr } = await run(damaged, ["--version"], { env: { HOME: other } });
        assert.match(stderr, /^prodtracker: .* is damaged, get it again\n$/);
        assert.equal(code, 1);
      });

      if (Deno.build.os === "linux") {
        await t.step("is compiled by deno from the same parts, given a base runtime", async () => {
          // Any program of this system will do to embed files in, though not to run them.
          const output = join(dir, "compiled");
          const listed = await denoCompile({ folder, flags, output, denort: "/bin/true" });
          assert.match(listed, /── bundle\/\*/);
          assert.match(listed, /── web\/\*/);
          assert.match(listed, /── models\/\*/);
          const bytes = await Deno.readFile(output);
          const text = new TextDecoder("latin1").decode(bytes);
          const permissions = /"permissions":(\{.*?"prompt":(?:true|false)\})/.exec(text)?.[1];
          assert.ok(permissions);
          const { allow_run, allow_ffi, allow_sys, deny_import, prompt } = JSON.parse(permissions);
          const set = await readPermissionSet(join(ROOT, "deno.json"), "product");
          assert.deepEqual(allow_run, set.run);
          assert.deepEqual(allow_sys, set.sys);
          assert.equal(allow_ffi, null);
          assert.deepEqual(deny_import, []);
          assert.equal(prompt, false);
          const models = MODEL_FILES.map((record) => record.file);
          for (const name of ["main.js", "reader_worker.js", "index.html", ...models]) {
            assert.ok(text.includes(`"n":"${name}"`), `${name} is embedded`);
          }
        });
      }
    } finally {
      await Deno.remove(dir, { recursive: true });
    }
  },
});
