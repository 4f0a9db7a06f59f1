import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { needs } from "../../tests/programs.ts";
import { execLine, unitText } from "./systemd_unit.ts";
import { programs, words } from "./testing.ts";

/** Reads a command line as systemd does (`systemd.service(5)`, COMMAND LINES): quotes, C escapes, `%`, then `$`. */
function readExecLine(line: string): string[] {
  const found: string[] = [];
  let at = 0;
  while (at < line.length) {
    assert.equal(line[at], '"', line);
    let word = "";
    for (at++; line[at] !== '"'; at++) {
      if (line[at] !== "\\") word += line[at];
      else if (line[++at] === "x") {
        word += String.fromCharCode(parseInt(line.slice(at + 1, at + 3), 16));
        at += 2;
      } else word += line[at];
    }
    assert.ok(line[at + 1] === " " || line[at + 1] === undefined, line);
    at += 2;
    found.push(word);
  }
  const specified = found.map((word) => {
    assert.doesNotMatch(word.replaceAll("%%", ""), /%/);
    return word.replaceAll("%%", "%");
  });
  const [program, ...args] = specified;
  // In the program's own path nothing is expanded, and these are refused.
  assert.doesNotMatch(program, /["'\\\p{Cc}]/u);
  return [
    program,
    ...args.map((word) => {
      assert.doesNotMatch(word.replaceAll("$$", ""), /\$/);
      return word.replaceAll("$$", "$");
    }),
  ];
}

/** What the shell in between, if there is one, starts. */
function started([program, ...args]: string[]): string[] {
  if (program !== "/bin/sh") return [program, ...args];
  assert.deepEqual(args.slice(0, 2), ["-c", 'exec "$0" "$@"']);
  return args.slice(2);
}

Deno.test("execLine() is read back by systemd's rules as what it was, whatever is in it", () => {
  fc.assert(fc.property(fc.array(words), words, (args, folder) => {
    const command = [`/opt/${folder}/prodtracker`, ...args] as const;
    const line = execLine(command);
    assert.ok(!line.includes("\n"));
    assert.deepEqual(started(readExecLine(line)), command);
  }));
});

Deno.test("execLine() starts a program directly unless systemd refuses its path", () => {
  assert.equal(
    execLine(["/opt/my app/100%/$x", "$HOME", "50%"]),
    '"/opt/my app/100%%/$x" "$$HOME" "50%%"',
  );
  assert.match(
    execLine(["/opt/it's/x"]),
    /^"\/bin\/sh" "-c" "exec \\"\$\$0\\" \\"\$\$@\\"" "\/opt\/it's\/x"$/,
  );
});

Deno.test("unitText() has one line a setting, whatever the program is called", () => {
  fc.assert(fc.property(programs, (program) => {
    const lines = unitText(program).split("\n");
    for (const line of lines) {
      assert.match(line, /^(|#.*|\[(Unit|Service|Install)\]|[A-Za-z]+=.*)$/u);
    }
    const starts = lines.filter((line) => line.startsWith("ExecStart="));
    assert.equal(starts.length, 1);
    assert.deepEqual(started(readExecLine(starts[0].slice("ExecStart=".length))), program.command);
  }));
});

Deno.test("unitText() restarts on failure, asks the daemon alone to end, and lets sudo work", () => {
  const text = unitText({ command: ["/opt/prodtracker", "serve"], env: {} });
  for (
    const line of [
      ...["Restart=on-failure", "RestartPreventExitStatus=2 5", "StartLimitBurst=5", "UMask=0077"],
      ...[
        "KillMode=process",
        "KillSignal=SIGTERM",
        "WantedBy=graphical-session.target default.target",
      ],
    ]
  ) assert.ok(text.split("\n").includes(line), line);
  // Each of these implies, or is, NoNewPrivileges= in a user's manager.
  assert.doesNotMatch(
    text,
    /^(NoNewPrivileges|Protect\w+|Private\w+|Restrict\w+|SystemCall\w+|MemoryDeny\w+|Lock\w+|DynamicUser)=/m,
  );
});

const analyze = needs("systemd-analyze");

Deno.test({
  name: `unitText() passes systemd-analyze verify, with odd names too${analyze.suffix}`,
  ignore: analyze.ignore,
  async fn() {
    const dir = await Deno.makeTempDir({ prefix: "prodtracker-unit-" });
    try {
      const folder = join(dir, "a b %h $HOME é;");
      await Deno.mkdir(folder);
      const program = join(folder, "prodtracker");
      await Deno.writeTextFile(program, "#!/bin/sh\n", { mode: 0o755 });
      for (const command of [["/bin/true"], [program, '%n "$x" \\ \n é']] as const) {
        const path = join(dir, "prodtracker.service");
        await Deno.writeTextFile(path, unitText({ command, prepare: command, env: { A: "1" } }));
        const { code, stderr } = await new Deno.Command("systemd-analyze", {
          args: ["verify", "--user", path],
          env: { XDG_RUNTIME_DIR: dir, HOME: dir },
        }).output();
        const said = new TextDecoder().decode(stderr);
        // It also speaks of this machine's other units.
        assert.doesNotMatch(said, /prodtracker/);
        assert.equal(code, 0, said);
      }
    } finally {
      await Deno.remove(dir, { recursive: true });
    }
  },
});
