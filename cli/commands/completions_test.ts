import assert from "node:assert/strict";
import { needs } from "../../tests/programs.ts";
import { productCommand } from "../../tests/daemon_process.ts";
import { Cli } from "../testing.ts";

/** Asks the sourced script as bash does: words cut at "=", the last one being typed. */
const DRIVER = String.raw`
source <(prodtracker completions bash) && source <(prodtracker completions bash)
while IFS= read -r COMP_LINE; do
    COMP_POINT=\${#COMP_LINE}
    read -ra COMP_WORDS <<< "\${COMP_LINE//=/ = }"
    [[ $COMP_LINE == *" " ]] && COMP_WORDS+=("")
    COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 ))
    __prodtracker_complete prodtracker "\${COMP_WORDS[COMP_CWORD]}" "\${COMP_WORDS[COMP_CWORD-1]}"
    echo "\${COMPREPLY[*]}"
done
`.replaceAll("\\${", "${");

Deno.test({
  name:
    "completions bash: the sourced script completes commands, options and values, and runs nothing",
  ...needs("bash"),
  async fn() {
    using cli = new Cli();
    Deno.mkdirSync(`${cli.dir}/bin`);
    const command = [Deno.execPath(), ...productCommand()].map((part) => `'${part}'`).join(" ");
    Deno.writeTextFileSync(`${cli.dir}/bin/prodtracker`, `#!/bin/sh\nexec ${command} "$@"\n`, {
      mode: 0o755,
    });
    const cases: [string, RegExp][] = [
      ["prodtracker s", /^serve status summary screenshot service$/],
      [
        "prodtracker serve --",
        /^--host --port --no-track --lan --open --demo --help --data-dir --env-file$/,
      ],
      ["prodtracker start-api --ho", /^--host$/],
      ["prodtracker summary --day ", /^today yesterday$/],
      ["prodtracker summary --format=j", /^json$/],
      ["prodtracker rules ", /^list add remove test privacy help$/],
      ["prodtracker rules add --match ", /^app title url$/],
      ["prodtracker --data-dir /tmp st", /^status$/],
      ["prodtracker completions f", /^fish$/],
      ["prodtracker import ", /^$/],
      [`prodtracker sta$(touch ${cli.dir}/ran)`, /^$/],
    ];
    const path = `${cli.dir}/bin:${Deno.env.get("PATH")}`;
    const child = new Deno.Command("bash", {
      args: ["--norc", "-c", DRIVER],
      env: { PATH: path, HOME: Deno.env.get("HOME") ?? "" },
      clearEnv: true,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(cases.map(([line]) => `${line}\n`).join("")));
    await writer.close();
    const { code, stdout, stderr } = await child.output();
    assert.equal(code, 0, new TextDecoder().decode(stderr));
    const said = new TextDecoder().decode(stderr).replaceAll(/^.*Failed to resolve .*\n/gm, "");
    assert.doesNotMatch(said, /bash:/);
    const replies = new TextDecoder().decode(stdout).split("\n");
    for (const [i, [line, expected]] of cases.entries()) assert.match(replies[i], expected, line);
    assert.throws(() => Deno.statSync(`${cli.dir}/ran`), "what is typed is not run");
  },
});

Deno.test("completions prints a script for every shell", async () => {
  using cli = new Cli();
  for (const shell of ["bash", "zsh", "fish", "powershell"]) {
    const { code, stdout, stderr } = await cli.run(["completions", shell]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /prodtracker complete/);
  }
});
