/** What other systems are told, read back by parsers that are not ours. */
import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { needs } from "../../tests/programs.ts";
import { UnsupportedError } from "../core/errors.ts";
import { plistText, readPrint } from "./launchd.ts";
import type { ServiceProgram } from "./program.ts";
import { readQuery, taskText, windowsWord } from "./task_scheduler.ts";
import { programs, python, words } from "./testing.ts";
import { shellScript, shellWord, xmlText } from "./texts.ts";
import { desktopWord, entryText } from "./xdg_autostart.ts";

const py = needs("python3");
const SAMPLES = fc.sample(programs, { numRuns: 100, seed: 7 })
  .filter(({ command }) => canBeXml(command.join("")));

function canBeXml(text: string): boolean {
  try {
    return xmlText(text) !== "";
  } catch {
    return false;
  }
}

Deno.test("shellWord() is one word to a real shell, whatever is in it", async () => {
  const samples = fc.sample(words, { numRuns: 200, seed: 3 });
  const { stdout } = await new Deno.Command("/bin/sh", {
    args: ["-c", `printf '%s\\0' ${samples.map(shellWord).join(" ")}`],
  }).output();
  assert.deepEqual(new TextDecoder().decode(stdout).split("\0").slice(0, -1), samples);
});

Deno.test("shellScript() prepares, becomes the program, and keeps its log to itself", async () => {
  const dir = await Deno.makeTempDir({ prefix: "prodtracker-script-" });
  try {
    const log = join(dir, "a 'log' $x");
    const say = ["/bin/sh", "-c", 'echo "$A $*; $$"', "sh"] as const;
    const program = {
      prepare: [...say, "first"],
      command: [...say, "then $HOME"],
      env: { A: "é" },
    } as const;
    const child = new Deno.Command("/bin/sh", { args: ["-c", shellScript(program, log)] }).spawn();
    await child.status;
    const lines = Deno.readTextFileSync(log).trim().split("\n");
    assert.match(lines[0], /^é first; \d+$/);
    assert.equal(lines[1], `é then $HOME; ${child.pid}`);
    assert.equal((Deno.statSync(log).mode ?? 0) & 0o777, 0o600);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test({
  name: `plistText() is a property list that starts the program${py.suffix}`,
  ignore: py.ignore,
  async fn() {
    const log = "/Users/é/Library/Application Support/prodtracker/service.log";
    const read = await python<Record<string, unknown>[]>(
      "import plistlib\nprint(json.dumps([plistlib.loads(t.encode()) for t in x]))",
      SAMPLES.map((program) => plistText(program, log)),
    );
    for (const [i, plist] of read.entries()) {
      assert.deepEqual(plist.ProgramArguments, ["/bin/sh", "-c", shellScript(SAMPLES[i], log)]);
      assert.deepEqual(plist.KeepAlive, { SuccessfulExit: false });
      assert.equal(plist.RunAtLoad, true);
      assert.equal(plist.AbandonProcessGroup, true);
      assert.equal(plist.Umask, 0o077);
      assert.equal(plist.StandardErrorPath, log);
    }
  },
});

Deno.test("readPrint() reads what launchctl says", () => {
  const text =
    "gui/501/org.prodtracker.prodtracker = {\n\tstate = running\n\tpid = 812\n\tlast exit code = 1\n}";
  const said = { active: true, state: "running", pid: 812, failure: "exit code 1" };
  assert.deepEqual(readPrint(text), said);
  assert.equal(
    readPrint("\tstate = not running\n\tlast exit code = (never exited)\n").failure,
    undefined,
  );
});

Deno.test({
  name: `taskText() is XML with one action for one user${py.suffix}`,
  ignore: py.ignore,
  async fn() {
    const program: ServiceProgram = {
      command: ["C:\\Program Files\\R&D <é>\\prodtracker.exe", "serve", "--data-dir", "C:\\a b\\"],
      env: { A: "1" },
    };
    const text = taskText(program, "C:\\log dir\\service.log", "HOME\\Zoë & co");
    const [command, args, user] = await python<string[]>(
      `import xml.etree.ElementTree as E
n = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
r = E.fromstring(x.encode("utf-16"))
f = lambda p: r.find("/".join(n + q for q in p.split("/"))).text
print(json.dumps([f("Actions/Exec/Command"), f("Actions/Exec/Arguments"), f("Triggers/LogonTrigger/UserId")]))`,
      text,
    );
    assert.equal(command, "conhost.exe");
    assert.equal(
      args,
      '--headless cmd.exe /d /s /c "set "A=1" && ' +
        '"C:\\Program Files\\R&D <é>\\prodtracker.exe" serve --data-dir "C:\\a b\\\\" ' +
        '>> "C:\\log dir\\service.log" 2>&1"',
    );
    assert.equal(user, "HOME\\Zoë & co");
  },
});

Deno.test("taskText() refuses what cmd.exe would expand", () => {
  const program = { command: ["C:\\100%\\prodtracker.exe"], env: {} } as const;
  assert.throws(() => taskText(program, "C:\\log", "me"), UnsupportedError);
});

Deno.test("windowsWord() is read back by the C runtime's rules", () => {
  const read = (text: string) =>
    text.replace(/^"(.*)"$/s, "$1").replaceAll(
      /(\\*)\\"/g,
      (_, slashes) => `${slashes.slice(slashes.length / 2)}"`,
    )
      .replace(
        /(\\+)$/,
        (slashes) => text.startsWith('"') ? slashes.slice(slashes.length / 2) : slashes,
      );
  for (const word of ["plain", "a b", "C:\\a b\\", 'say "so"', "\\\\server\\a b", 'x\\"y']) {
    assert.equal(read(windowsWord(word)), word);
  }
});

Deno.test("readQuery() reads what schtasks says", () => {
  assert.deepEqual(readQuery('"\\ProdTracker","N/A","Running"\r\n'), {
    active: true,
    state: "Running",
    enabled: true,
  });
});

Deno.test("entryText() is read back by the specification's rules as what it was", () => {
  for (const program of SAMPLES) {
    const line = /^Exec=(.*)$/m.exec(entryText(program, "/home/é/a log"))![1];
    // As a value of the file, then as a command line: quotes, and "%%" for "%".
    const value = line.replaceAll(
      /\\(.)/g,
      (_, c) => ({ n: "\n", t: "\t", r: "\r" }[c as string] ?? c),
    );
    const found = [...value.matchAll(/"((?:[^"\\`$]|\\["\\`$])*)"( |$)/gs)];
    assert.equal(found.map(([all]) => all).join(""), value);
    const read = found.map(([, word]) => word.replaceAll(/\\(.)/gs, "$1").replaceAll("%%", "%"));
    assert.deepEqual(read, ["/bin/sh", "-c", shellScript(program, "/home/é/a log")]);
  }
  assert.equal(desktopWord("50% $x"), '"50%% \\\\$x"');
});

Deno.test("xmlText() refuses what no document can hold", () => {
  assert.throws(() => xmlText("a\x01b"), RangeError);
  assert.equal(xmlText(`<a b='"&'>`), "&lt;a b=&apos;&quot;&amp;&apos;&gt;");
});
