// deno-lint-ignore-file no-console -- the effective permissions are part of what this test is for
import assert from "node:assert/strict";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const config = JSON.parse(await Deno.readTextFile(join(ROOT, "deno.json")));
const product = config.permissions.product;
const programs: string[] = product.run;

interface Effective {
  readonly whole: string[];
  readonly run: string[];
}

/** What each command is left with: the names granted as a whole, and whether it may start programs. */
const COMMANDS: readonly [args: string[], whole: string[], mayRun: boolean][] = [
  [["--version"], ["read"], false],
  [["--help"], ["read"], false],
  [["status", "--json"], ["net", "read", "write"], false],
  [["summary", "--json"], ["net", "read", "write"], false],
  [["rules", "list"], ["net", "read", "write"], false],
  [["export"], ["net", "read", "write"], false],
  [["block"], ["net", "read", "write"], true],
  [["loop"], ["net", "read", "write"], false],
  [["focus", "--list-cameras"], ["net", "read", "write"], true],
  [["completions", "bash"], ["read"], false],
];

/** Runs `file` with the product's permissions, on a PATH where every program it may start exists. */
async function runProduct(file: string, args: string[], dir: string) {
  const bin = join(dir, "bin");
  await Deno.mkdir(bin, { recursive: true });
  for (const program of programs) {
    await Deno.writeTextFile(join(bin, program), "#!/bin/sh\n", { mode: 0o755 });
  }
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "--config", join(ROOT, "deno.json"), "-P=product", "--no-prompt"],
      ...["--preload", join(ROOT, "tests/fixtures/print_permissions.ts"), file, ...args],
    ],
    cwd: dir,
    env: {
      HOME: dir,
      DENO_DIR: await denoDir(),
      PATH: [bin, Deno.env.get("PATH")].join(delimiter),
      PRODTRACKER_DATA_DIR: join(dir, "data"),
    },
    clearEnv: true,
  }).output();
  const decoder = new TextDecoder();
  const said = decoder.decode(stderr);
  const line = /^permissions (.*)$/m.exec(said)?.[1];
  assert.ok(line, `${args.join(" ")}: ${said}`);
  const effective: Effective = JSON.parse(line);
  return { code, stdout: decoder.decode(stdout), effective };
}

/** Deno's cache, which must not move with the HOME of a child: it holds the packages. */
async function denoDir(): Promise<string> {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output();
  return JSON.parse(new TextDecoder().decode(stdout)).denoDir;
}

async function inFolder(fn: (dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await fn(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

Deno.test("the product's permission set lists run, env, sys and ffi, and never fetches code", () => {
  for (const name of ["run", "env", "sys"]) {
    const listed = Array.isArray(product[name]) ? product[name] : product[name].allow;
    assert.ok(Array.isArray(listed), name);
  }
  assert.ok(product.ffi === false || Array.isArray(product.ffi));
  assert.notEqual(product.import, true);
});

Deno.test("every variable of .env.example may be read by the program", async () => {
  const example = await Deno.readTextFile(join(ROOT, ".env.example"));
  const named = [...example.matchAll(/^#?\s*([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name);
  assert.ok(named.length > 0);
  const allowed: string[] = product.env.allow ?? product.env;
  assert.deepEqual(named.filter((name) => !allowed.includes(name)), []);
});

Deno.test("dropPermissions() leaves a real process only what it keeps, and its workers too", () =>
  inFolder(async (dir) => {
    const permissions = join(ROOT, "daemon/os/permissions.ts");
    await Deno.writeTextFile(
      join(dir, "worker.ts"),
      `let said = "written";
      try { Deno.writeTextFileSync("x", ""); } catch (error) { said = (error as Error).name; }
      self.postMessage(said);
      self.close();`,
    );
    const child = join(dir, "child.ts");
    await Deno.writeTextFile(
      child,
      `import { dropPermissions } from ${JSON.stringify(permissions)};
      dropPermissions(JSON.parse(Deno.args[0]));
      const attempt = async (act: () => unknown) => {
        try { await act(); return "done"; } catch (error) { return (error as Error).name; }
      };
      const worker = new Worker(import.meta.resolve("./worker.ts"), { type: "module" });
      const inWorker = new Promise((resolve) => worker.onmessage = ({ data }) => resolve(data));
      console.log(JSON.stringify({
        write: await attempt(() => Deno.writeTextFile("x", "")),
        run: await attempt(() => new Deno.Command(${JSON.stringify(programs[0])}).output()),
        net: await attempt(() => Deno.listen({ hostname: "127.0.0.1", port: 0 }).close()),
        read: await attempt(() => Deno.readTextFile(import.meta.filename!)),
        inWorker: await inWorker,
      }));`,
    );
    const none = await runProduct(child, ["{}"], dir);
    assert.deepEqual(JSON.parse(none.stdout), {
      write: "NotCapable",
      run: "NotCapable",
      net: "NotCapable",
      read: "done",
      inWorker: "NotCapable",
    });
    assert.deepEqual(none.effective, { whole: ["read"], run: [] });
    const all = await runProduct(child, ['{"run":true,"net":true,"write":true}'], dir);
    assert.deepEqual(JSON.parse(all.stdout), {
      write: "done",
      run: "done",
      net: "done",
      read: "done",
      inWorker: "written",
    });
    assert.deepEqual(all.effective, { whole: ["read", "write", "net"], run: programs });
  }));

for (const [args, whole, mayRun] of COMMANDS) {
  Deno.test(`prodtracker ${args.join(" ")} gives up what it does not need`, () =>
    inFolder(async (dir) => {
      const { effective } = await runProduct(join(ROOT, "main.ts"), args, dir);
      console.log(`${args.join(" ")}: ${effective.whole.join(" ")}; run ${effective.run}`);
      assert.deepEqual(effective.whole.toSorted(), whole);
      assert.deepEqual(effective.run, mayRun ? programs : []);
    }));
}
