// deno-lint-ignore-file no-console -- what it saw is read by the test that runs it
/**
 * In a namespace, as a second user with real sudo: what runs as root is root's own copy, and nothing else,
 * however hostile the user's own copy and cache become.
 */
import assert from "node:assert/strict";
import { bundleProgram, PRODTRACKER } from "../../tools/bundle.ts";
import { output } from "./sites.ts";

const ROOT = new URL("../../", import.meta.url).pathname;
const USER = "prodtracker_test";
const HOME = Deno.makeTempDirSync({ prefix: "prodtracker-home-" });
const COPY = `${HOME}/copy`;
const INSTALLED = "/usr/local/lib/prodtracker/hosts_apply";
const hosts = () => Deno.readTextFileSync("/etc/hosts");
const original = hosts();

/** As the second user, with a login's environment. */
const as = (command: string) =>
  output(
    "setpriv",
    ...[`--reuid=${USER}`, `--regid=${USER}`, "--clear-groups", "--reset-env"],
    "sh",
    "-c",
    command,
  );
const request = (endMs: number) =>
  `printf '%s\\nexample.com\\n' '{"verb":"block","id":9,"startMs":${Date.now()},"endMs":${endMs},"endConnections":false,"names":1}'`;

await output("useradd", "--no-create-home", "--home-dir", HOME, "--shell", "/bin/sh", USER);
Deno.chmodSync(HOME, 0o755);
Deno.mkdirSync(COPY);
const listed = await output(
  "sh",
  "-c",
  `cd ${ROOT} && cp -r main.ts hosts_apply.ts cli daemon web deno.json deno.lock ${COPY}/`,
);
assert.equal(listed.code, 0, listed.stderr);
Deno.copyFileSync(Deno.execPath(), `${HOME}/deno`);
Deno.chmodSync(`${HOME}/deno`, 0o755);
await output("chown", "-R", `${USER}:`, HOME);

const env = {
  PATH: Deno.env.get("PATH")!,
  DENO_DIR: Deno.env.get("DENO_DIR") ?? "/root/.cache/deno",
};
async function asRoot(args: string) {
  const { code, stdout, stderr } = await new Deno.Command("sh", {
    args: [
      "-c",
      `cd ${COPY} && ${Deno.execPath()} run -q --no-prompt --no-check --no-lock --config ${ROOT}deno.json -P=product ${ROOT}tests/blocker/run_setup.ts ${args}`,
    ],
    env: { ...env, HOME: "/root" },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

/** The program of the user's asks for a block. */
Deno.writeTextFileSync(
  `${HOME}/ask.ts`,
  `import { openEnforcer } from "${COPY}/daemon/blocker/mod.ts";
   const enforcer = openEnforcer({ dataDir: "${HOME}", homeDir: "${HOME}" });
   const nowMs = Date.now();
   try {
     await enforcer.apply(
       { id: 8, domains: ["example.com"], startMs: nowMs, endMs: nowMs + Number(Deno.args[0]) },
       { actor: "schedule" },
     );
     console.log("blocked", (await enforcer.current())?.id);
     if (Deno.args[1] === "lift") await enforcer.lift("schedule");
   } catch (error) {
     console.log(error.name, error.message);
   }
   Deno.exit(0);`,
);
const ask = (args: string) =>
  as(
    `cd ${HOME} && HOME=${HOME} ./deno run -q --no-lock --no-check --config ${COPY}/deno.json -P=product ask.ts ${args}`,
  );

// Before setup: refused with the command that helps, and nothing is changed.
const refused = await ask("60000");
assert.match(
  refused.stdout,
  /^NotPermittedError Cannot write "\/etc\/hosts": .* sudo .*block setup\n$/,
  refused.stderr,
);
assert.equal(hosts(), original);
assert.throws(() => Deno.statSync(`${HOME}/block_armed.json`), Deno.errors.NotFound);
const before = await as(`sudo -n ${INSTALLED} < /dev/null`);
assert.notEqual(before.code, 0);

const setup = await asRoot(`install ${USER} ${COPY}/daemon/blocker/setup.ts`);
assert.equal(setup.code, 0, setup.stderr + setup.stdout);

// Everything that root would run belongs to root, and nobody else may write it.
const found = await output(
  "find",
  "/usr/local/lib/prodtracker",
  "(",
  "-not",
  "-user",
  "root",
  "-o",
  "-perm",
  "/022",
  "-not",
  "-type",
  "l",
  ")",
);
assert.equal(found.stdout, "", "not root's alone");
for (const path of ["/etc/sudoers.d/prodtracker", "/etc/systemd/system/prodtracker-lift.service"]) {
  const text = Deno.readTextFileSync(path);
  assert.ok(text.includes(INSTALLED), path);
  assert.ok(!text.includes(HOME) && !text.includes(ROOT), `${path} names a path of the user's`);
}
assert.equal((await output("visudo", "-cf", "/etc/sudoers.d/prodtracker")).code, 0);

// It works for the user, and unblocks by itself at the end.
const works = await as(
  `${
    request(Date.now() + 4_000)
  } | sudo -n ${INSTALLED} & sleep 2.5; grep -c example.com /etc/hosts; wait`,
);
assert.match(works.stdout, /^\{"ok":true\}\n2\n$/, works.stderr);
assert.equal(hosts(), original);

// The program itself, by the same way: blocked, lifted at once or by itself; copies are the user's own.
const lifted = await ask("60000 lift");
assert.equal(lifted.stdout, "blocked 8\n", lifted.stderr);
assert.equal(hosts(), original);
assert.equal((await ask("1500")).stdout, "blocked 8\n");
await new Promise((resolve) => setTimeout(resolve, 2_500));
assert.equal(hosts(), original);
const [copy] = Array.from(Deno.readDirSync(`${HOME}/.pguard_backups`), ({ name }) => name);
assert.notEqual(Deno.statSync(`${HOME}/.pguard_backups/${copy}`).uid, 0);

// Hostile: the user's copy, runtime, cache, settings and environment all run something as whoever reads them.
const evil = `touch ${HOME}_owned_$(id -u)`;
const script = `#!/bin/sh\n${evil}\n`;
const files = (await output("find", HOME, "-type", "f")).stdout.trim().split("\n");
for (const path of files) {
  if (path.endsWith(".ts")) {
    Deno.writeTextFileSync(
      path,
      `await new Deno.Command("sh", { args: ["-c", ${JSON.stringify(evil)}] }).output();`,
    );
  } else if (path.endsWith("/deno")) {
    Deno.removeSync(path);
    Deno.writeTextFileSync(path, script, { mode: 0o755 });
  }
}
for (
  const name of ["sh", "env", "getent", "ss", "deno", "restorecon", "resolvectl", "nscd", "pkill"]
) {
  Deno.mkdirSync(`${HOME}/bin`, { recursive: true });
  Deno.writeTextFileSync(`${HOME}/bin/${name}`, script, { mode: 0o755 });
}
Deno.mkdirSync(`${HOME}/.cache/deno`, { recursive: true });
Deno.writeTextFileSync(`${HOME}/deno.json`, `{"imports":{"node:path":"${HOME}/evil.ts"}}`);
Deno.writeTextFileSync(
  `${HOME}/evil.ts`,
  `Deno.writeTextFileSync("${HOME}_owned_ts", "");`,
);
Deno.writeTextFileSync(`${HOME}/.profile`, `${evil}\n`);
await output("chown", "-R", `${USER}:`, HOME);
const hostile =
  `PATH=${HOME}/bin:$PATH ENV=${HOME}/.profile BASH_ENV=${HOME}/.profile DENO_DIR=${HOME}/.cache/deno ` +
  `DENO_V8_FLAGS=--version NODE_OPTIONS=--require=${HOME}/evil.ts LD_PRELOAD=${HOME}/evil.so HOME=${HOME}`;
for (
  const [name, command] of Object.entries({
    "a block": `${request(Date.now() + 2_000)} | ${hostile} /usr/bin/sudo -n ${INSTALLED}`,
    "a lift": `echo '{"verb":"lift"}' | ${hostile} /usr/bin/sudo -n ${INSTALLED}`,
    "the environment kept": `echo '{"verb":"lift"}' | ${hostile} /usr/bin/sudo -nE ${INSTALLED}`,
    "a variable handed on":
      `echo '{"verb":"lift"}' | /usr/bin/sudo -n PATH=${HOME}/bin ${INSTALLED}`,
    "an argument": `echo '{"verb":"lift"}' | /usr/bin/sudo -n ${INSTALLED} --boot`,
    "another program of the folder": `/usr/bin/sudo -n /usr/local/lib/prodtracker/deno eval 1`,
    "a path": `echo '{"verb":"lift","path":"${HOME}/x"}' | /usr/bin/sudo -n ${INSTALLED}`,
    "a name with more in it": `printf '{"verb":"block","id":9,"startMs":1,"endMs":${
      Date.now() + 9_000
    },"endConnections":false,"names":1}\\n6.6.6.6 bank.example\\n' | /usr/bin/sudo -n ${INSTALLED}`,
    "the folder replaced": `mv /usr/local/lib/prodtracker /tmp/x || echo refused`,
  })
) {
  const { code, stdout, stderr } = await as(`cd ${HOME}; ${command}`);
  const isPlain = name === "a block" || name === "a lift";
  console.log(`${name}: ${code} ${(stdout + stderr).trim().split("\n")[0]}`);
  if (isPlain) assert.match(stdout, /^\{"ok":true\}/, name + stderr);
  else assert.ok(code !== 0 || /"error"|refused/.test(stdout), name);
}
assert.ok(!hosts().includes("bank.example"));
for (const suffix of ["0", "ts"]) {
  assert.throws(() => Deno.statSync(`${HOME}_owned_${suffix}`), Deno.errors.NotFound);
}

// A ticket that is over long before the block: root's process lives until the end, whatever sudo forgets.
const ticket = await as(
  `${
    request(Date.now() + 4_000)
  } | sudo -n ${INSTALLED} & sleep 1.5; sudo -K; sudo -k; grep -c example.com /etc/hosts; wait`,
);
assert.match(ticket.stdout, /2\n$/, ticket.stderr);
assert.equal(hosts(), original);

const gone = await asRoot(`uninstall ${USER} ${ROOT}daemon/blocker/setup.ts`);
assert.equal(gone.code, 0, gone.stderr);
for (
  const path of [
    "/usr/local/lib/prodtracker",
    "/etc/sudoers.d/prodtracker",
    "/etc/systemd/system/prodtracker-lift.service",
  ]
) {
  assert.throws(() => Deno.lstatSync(path), Deno.errors.NotFound, path);
}
assert.notEqual((await as(`echo '{"verb":"lift"}' | sudo -n ${INSTALLED}`)).code, 0);

// The same from the executable's bundle: one file and the runtime.
await bundleProgram({ root: ROOT, ...PRODTRACKER }, `${HOME}/built/bundle`);
const built = Array.from(Deno.readDirSync(`${HOME}/built/bundle`), ({ name }) => name);
const module = built.find((name) => /^setup-\w+\.js$/.test(name));
const fromBundle = await asRoot(`install ${USER} ${HOME}/built/bundle/${module}`);
assert.equal(fromBundle.code, 0, fromBundle.stderr);
const app = Array.from(Deno.readDirSync("/usr/local/lib/prodtracker/app"), ({ name }) => name);
assert.deepEqual(app, ["hosts_apply.js"]);
const again = await as(`${request(Date.now() + 2_000)} | sudo -n ${INSTALLED}`);
assert.equal(again.stdout, `{"ok":true}\n`, again.stderr);
assert.equal(hosts(), original);
Deno.removeSync(HOME, { recursive: true });
Deno.exit(0);
