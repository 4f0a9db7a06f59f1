/** Runs real self-extracting files whose "runtime" is a script, so that what it was given can be seen. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { needs } from "../tests/programs.ts";
import { buildSelfExtracting, type Compression } from "./self_extracting.ts";

const RUNTIME = `#!/bin/sh
case "$*" in
  *exit7) exit 7 ;;
  *wait) echo ready; exec sleep 60 ;;
esac
printf '<%s>' "$@"
printf '\\n%s\\n' "$PWD"
`;
const FLAGS = ["--no-prompt", "--allow-env=HOME,DISPLAY", "--allow-run=/opt/it's here/x"];

interface Scene {
  /** The file under test, in a folder with spaces in its name. */
  readonly file: string;
  readonly cache: string;
  readonly dir: string;
  /** Runs the file with nothing in its environment but a HOME and what is given. */
  run(args?: string[], env?: Record<string, string>): Promise<Outcome>;
}

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function inScene(
  fn: (scene: Scene) => Promise<void>,
  compression: Compression = "gzip",
): Promise<void> {
  const dir = await Deno.realPath(await Deno.makeTempDir());
  try {
    const folder = join(dir, "dist");
    for (const part of ["dist/bundle", "dist/web", "dist/models", "home", "some where"]) {
      await Deno.mkdir(join(dir, part), { recursive: true });
    }
    await Deno.writeTextFile(join(folder, "bundle", "main.js"), "// main");
    await Deno.writeTextFile(join(folder, "web", "index.html"), "<p>");
    const runtime = join(dir, "runtime");
    await Deno.writeTextFile(runtime, RUNTIME);
    const file = join(dir, "some where", "prod tracker");
    await buildSelfExtracting({ folder, runtime, flags: FLAGS, compression, output: file });
    const home = join(dir, "home");
    await fn({
      file,
      dir,
      cache: join(home, ".cache", "prodtracker"),
      run: (args = [], env = {}) => outcome(file, args, { HOME: home, ...env }, dir),
    });
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

async function outcome(
  command: string,
  args: string[],
  env: Record<string, string>,
  cwd: string,
): Promise<Outcome> {
  const { code, stdout, stderr } = await new Deno.Command(command, {
    args,
    env,
    cwd,
    clearEnv: true,
  }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

async function names(dir: string): Promise<string[]> {
  const found = await Array.fromAsync(Deno.readDir(dir), ({ name }) => name);
  return found.toSorted();
}

function sfxTest(
  name: string,
  fn: (scene: Scene) => Promise<void>,
  options: { readonly programs?: string[]; readonly compression?: Compression } = {},
): void {
  const { programs = [], compression } = options;
  const { ignore, suffix } = needs("tar", "gzip", "sha256sum", ...programs);
  Deno.test({
    name: `a self-extracting file ${name}${suffix}`,
    ignore: ignore || Deno.build.os === "windows",
    fn: () => inScene(fn, compression),
  });
}

sfxTest(
  "starts the runtime with its flags, the bundle and the arguments as given",
  async (scene) => {
    const args = ["a b", "", "$HOME", "it's", "*", "--help", "-"];
    const { code, stdout, stderr } = await scene.run(args);
    assert.equal(stderr, "");
    assert.equal(code, 0);
    const [version] = await names(scene.cache);
    const main = join(scene.cache, version, "bundle", "main.js");
    const given = ["run", "--quiet", "--no-config", "--cached-only", ...FLAGS, main, ...args];
    assert.equal(stdout, `${given.map((arg) => `<${arg}>`).join("")}\n${scene.dir}\n`);
  },
);

sfxTest("works the same under each POSIX shell", async (scene) => {
  for (const [shell, ...args] of [["dash"], ["bash", "--posix"], ["busybox", "sh"]]) {
    await Deno.remove(scene.cache, { recursive: true }).catch(() => {});
    const env = { HOME: join(scene.dir, "home") };
    for (const start of ["first", "later"]) {
      const found = await outcome(shell, [...args, scene.file, "x y"], env, scene.dir);
      assert.equal(found.stderr, "", `${shell}, ${start} start`);
      assert.match(found.stdout, /<x y>/);
    }
  }
}, { programs: ["dash", "bash", "busybox"] });

sfxTest("unpacks what zstd packed", async (scene) => {
  assert.equal((await scene.run(["exit7"])).code, 7);
}, { programs: ["zstd"], compression: "zstd" });

sfxTest("names the decompressor that is missing", async (scene) => {
  const bin = join(scene.dir, "bin");
  await Deno.mkdir(bin);
  for (const program of ["tar", "id"]) {
    await Deno.symlink(`/usr/bin/${program}`, join(bin, program));
  }
  const { code, stderr } = await scene.run([], { PATH: bin });
  assert.equal(stderr, 'prodtracker: Cannot unpack: the program "zstd" is not installed\n');
  assert.equal(code, 1);
}, { programs: ["zstd"], compression: "zstd" });

sfxTest("unpacks once, for its user alone", async (scene) => {
  assert.equal((await scene.run(["exit7"])).code, 7);
  const [version, ...others] = await names(scene.cache);
  assert.deepEqual(others, []);
  const folder = join(scene.cache, version);
  assert.equal((await Deno.stat(folder)).mode! & 0o777, 0o700);
  await Deno.writeTextFile(join(folder, "mark"), "");
  assert.equal((await scene.run(["exit7"])).code, 7);
  assert.ok((await names(folder)).includes("mark"));
});

sfxTest("started eight times at once for the first time leaves one copy", async (scene) => {
  for (let round = 0; round < 5; round++) {
    await Deno.remove(scene.cache, { recursive: true }).catch(() => {});
    const starts = await Promise.all(Array.from({ length: 8 }, () => scene.run(["race"])));
    for (const { code, stdout, stderr } of starts) {
      assert.equal(stderr, "");
      assert.equal(code, 0);
      assert.match(stdout, /<race>/);
    }
    const [version, ...others] = await names(scene.cache);
    assert.deepEqual(others, []);
    const inside = await names(join(scene.cache, version));
    assert.deepEqual(inside, ["bundle", "deno", "last_start", "web"]);
  }
});

sfxTest("with one flipped byte is refused and unpacks nothing", async (scene) => {
  const bytes = await Deno.readFile(scene.file);
  bytes[bytes.length - 20] ^= 1;
  await Deno.writeFile(scene.file, bytes);
  const { code, stdout, stderr } = await scene.run();
  assert.match(stderr, /^prodtracker: Cannot unpack ".*": the file is damaged, get it again\n$/);
  assert.equal(stdout, "");
  assert.equal(code, 1);
  assert.deepEqual(await names(scene.cache), []);
});

sfxTest("cut short is refused", async (scene) => {
  await Deno.truncate(scene.file, (await Deno.stat(scene.file)).size - 1);
  const { code, stderr } = await scene.run();
  assert.match(stderr, /the file is damaged/);
  assert.equal(code, 1);
});

sfxTest("ended while it unpacks leaves nothing behind", async (scene) => {
  const bin = join(scene.dir, "bin");
  await Deno.mkdir(bin);
  await Deno.writeTextFile(join(bin, "tar"), "#!/bin/sh\nsleep 0.3; echo late >&2; exit 1\n", {
    mode: 0o755,
  });
  const child = new Deno.Command(scene.file, {
    env: { HOME: join(scene.dir, "home"), PATH: `${bin}:/usr/bin:/bin` },
    clearEnv: true,
    stderr: "null",
  }).spawn();
  const unpacking = async () => (await names(scene.cache).catch(() => [])).length > 0;
  while (!await unpacking());
  child.kill("SIGTERM");
  assert.equal((await child.status).code, 143);
  assert.deepEqual(await names(scene.cache), []);
});

sfxTest("hands on signals: it is the process it started", async (scene) => {
  const child = new Deno.Command(scene.file, {
    args: ["wait"],
    env: { HOME: join(scene.dir, "home") },
    clearEnv: true,
    stdout: "piped",
  }).spawn();
  const reader = child.stdout.getReader();
  assert.equal(new TextDecoder().decode((await reader.read()).value), "ready\n");
  child.kill("SIGTERM");
  assert.equal((await child.status).signal, "SIGTERM");
  await reader.cancel();
});

sfxTest("without a HOME uses a private folder named by the user id", async (scene) => {
  const env = { TMPDIR: scene.dir };
  const { code, stderr } = await outcome(scene.file, ["exit7"], env, "/");
  assert.equal(stderr, "");
  assert.equal(code, 7);
  const folder = join(scene.dir, `prodtracker-${Deno.uid()}`);
  assert.equal((await Deno.stat(folder)).mode! & 0o777, 0o700);
});

sfxTest("refuses a cache that is a link or somebody else's", async (scene) => {
  const folder = join(scene.dir, `prodtracker-${Deno.uid()}`);
  const elsewhere = join(scene.dir, "elsewhere");
  await Deno.mkdir(elsewhere);
  await Deno.symlink(elsewhere, folder);
  const refused = /^prodtracker: Cannot use the cache ".*": it belongs to somebody else\n$/;
  const env = { TMPDIR: scene.dir };
  assert.match((await outcome(scene.file, [], env, "/")).stderr, refused);
  if (Deno.uid() === 0) {
    await Deno.remove(folder);
    await Deno.mkdir(folder);
    await Deno.chown(folder, 65534, 65534);
    assert.match((await outcome(scene.file, [], env, "/")).stderr, refused);
  }
  assert.deepEqual(await names(elsewhere), []);
});

sfxTest("says in one line that its cache is read-only or full", async (scene) => {
  const cases = [["ro", /: Read-only file system\n$/], ["size=4k", /: No space left on device\n$/]];
  for (const [option, reason] of cases) {
    const script = 'mount -t tmpfs -o "$1" tmpfs "$HOME" && exec "$2"';
    const args = ["-rm", "sh", "-c", script, "sh", String(option), scene.file];
    const env = { HOME: join(scene.dir, "home"), PATH: "/usr/sbin:/usr/bin:/sbin:/bin" };
    const { code, stderr } = await outcome("unshare", args, env, scene.dir);
    assert.match(stderr, /^prodtracker: Cannot [^\n]*\n$/);
    assert.match(stderr, reason as RegExp);
    assert.equal(code, 1);
  }
}, { programs: ["unshare", "mount"] });

sfxTest("removes other versions only when long unused and not running", async (scene) => {
  await Deno.mkdir(scene.cache, { recursive: true });
  const longAgo = new Date(Date.now() - 8 * 24 * 3600 * 1000);
  const addVersion = async (name: string, started: Date) => {
    const folder = join(scene.cache, name);
    await Deno.mkdir(folder);
    await Deno.writeTextFile(join(folder, "last_start"), "");
    await Deno.utime(join(folder, "last_start"), started, started);
    await Deno.utime(folder, started, started);
    return folder;
  };
  await addVersion("unused", longAgo);
  await addVersion("recent", new Date());
  await addVersion(".new-killed", longAgo);
  await Deno.copyFile("/bin/sleep", join(await addVersion("running", longAgo), "deno"));
  const running = new Deno.Command(join(scene.cache, "running", "deno"), { args: ["60"] }).spawn();
  try {
    assert.equal((await scene.run(["exit7"])).code, 7);
    const left = (await names(scene.cache)).filter((name) => !/^[0-9a-f]{64}$/.test(name));
    assert.deepEqual(left, ["recent", "running"]);
  } finally {
    running.kill();
    await running.status;
  }
}, { programs: ["ps"] });

sfxTest("is the same bytes for the same parts", async (scene) => {
  const again = join(scene.dir, "again");
  await buildSelfExtracting({
    folder: join(scene.dir, "dist"),
    runtime: join(scene.dir, "runtime"),
    flags: FLAGS,
    output: again,
  });
  assert.deepEqual(await Deno.readFile(again), await Deno.readFile(scene.file));
});
