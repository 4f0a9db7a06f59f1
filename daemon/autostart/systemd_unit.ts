/**
 * The text of the systemd user unit.
 * @module
 */
import { MARK } from "./manager.ts";
import type { CommandLine, ServiceProgram } from "./program.ts";

export const UNIT = "prodtracker.service";

/**
 * One word of a unit's command line: in quotes, with C escapes; `%` and `$` doubled, as both are expanded.
 * Reading it back by systemd's rules gives `word`, whatever is in it.
 */
export function quoteWord(word: string): string {
  return `"${escapeText(word).replaceAll("$", "$$$$")}"`;
}

/** A program's path is taken as it is but for `%`: no variable is expanded in it. */
function quoteProgram(path: string): string {
  return `"${escapeText(path)}"`;
}

function escapeText(text: string): string {
  return text
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("%", "%%")
    // deno-lint-ignore no-control-regex -- they would end the line, or be refused
    .replaceAll(/[\x00-\x1f\x7f]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, "0")}`);
}

/** A command line as `ExecStart=` takes it. */
export function execLine(command: CommandLine): string {
  const [program, ...args] = command;
  // systemd refuses a program with these in its path, wherever it got it from; a shell does not.
  // deno-lint-ignore no-control-regex -- they are among them
  if (/["'\\\x00-\x1f\x7f]/.test(program)) {
    return ['"/bin/sh"', '"-c"', quoteWord('exec "$0" "$@"'), ...command.map(quoteWord)].join(" ");
  }
  return [quoteProgram(program), ...args.map(quoteWord)].join(" ");
}

/**
 * The unit. What is not in it, and why:
 *
 * - No setting and no secret: the daemon reads its `.env` itself, which only its user can.
 * - None of systemd's sandbox (`ProtectSystem=`, `PrivateTmp=`, `SystemCallFilter=`, …): a user's manager can
 *   only set it up together with `NoNewPrivileges=`, under which sudo and pkexec, and so blocking, do not work.
 * - No `ConditionEnvironment=DISPLAY`: on many desktops the manager learns of the display after it has
 *   started what belongs to the login. The daemon waits for it (`follow_display.ts`).
 */
export function unitText({ command, prepare, env }: ServiceProgram): string {
  const lines = Object.entries(env).map(([name, value]) =>
    `Environment="${escapeText(`${name}=${value}`)}"`
  );
  if (prepare) lines.push(`ExecStartPre=${execLine(prepare)}`);
  return `# ${MARK}; "prodtracker service uninstall" takes it away.
# What you want otherwise goes beside it: systemctl --user edit ${UNIT}
[Unit]
Description=ProdTracker, recording what has the focus
# Where the desktop has this target, the service ends with the session and starts with the next one.
PartOf=graphical-session.target
After=graphical-session.target
# A start that fails each time (a database that is not ours, a port that is taken) is given up.
StartLimitIntervalSec=300
StartLimitBurst=5

[Service]
Type=exec
${lines.map((line) => `${line}\n`).join("")}ExecStart=${execLine(command)}
Restart=on-failure
RestartSec=5
# Wrong usage or settings, and what cannot be done here, do not get better by trying again.
RestartPreventExitStatus=2 5
# The first start after an update builds the program.
TimeoutStartSec=180
# Asked to end, it saves what is open. Who lifts a block must outlive it, so only the daemon is asked.
KillSignal=SIGTERM
KillMode=process
TimeoutStopSec=30
UMask=0077
SyslogIdentifier=prodtracker
# A picture of its memory would hold window titles.
LimitCORE=0

[Install]
# Desktops without the target (a bare window manager) have the login.
WantedBy=graphical-session.target default.target
`;
}
