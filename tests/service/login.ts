/**
 * The login of a user with systemd's own manager, in namespaces of its own: control groups, processes, network,
 * `/run`, the journal. The user may neither write the hosts file nor use sudo, so nothing can be blocked.
 * @module
 */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { waitFor } from "../daemon_process.ts";
import { type Need, needs } from "../programs.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const MANAGER = "/lib/systemd/systemd", JOURNAL = "/lib/systemd/systemd-journald";
const UID = 12345;

/** What it needs of the system: systemd's parts, and root's rights for the namespaces. */
export function needsLogin(...programs: string[]): Need {
  const parts = ["systemctl", "journalctl", MANAGER, JOURNAL, "dbus-daemon"];
  const need = needs("unshare", "setpriv", "mount", "timeout", "ip", ...parts, ...programs);
  if (Deno.build.os === "linux" && Deno.uid() === 0) return need;
  return { ignore: true, suffix: `${need.suffix} [needs root]` };
}

const WORLD = `
set -e
group=/sys/fs/cgroup/prodtracker_test_$1.slice; runtime=$2; shift 2
mount -t tmpfs -o mode=755 run /run
mount -t tmpfs log /var/log
umount -R /sys/fs/cgroup
mount -t cgroup2 cgroup /sys/fs/cgroup
mkdir -p /run/systemd/system /run/systemd/journal /run/user/${UID} /run/home /var/log/journal
# The journal is kept on the disk, as on a desktop; it need not wait for that.
touch /run/systemd/journal/flushed
# The tree of groups is the machine's: what is made in it has to be removed again.
manager="$group/user-${UID}.slice/user@${UID}.service"
mkdir -p "$manager"
# What else this machine starts with a login.
mount -t tmpfs units /etc/systemd/user
cp /etc/passwd /run/passwd
echo 'somebody:x:${UID}:${UID}:Somebody:/run/home:/bin/sh' >> /run/passwd
mount --bind /run/passwd /etc/passwd
chmod 700 /run/user/${UID}
mkdir "/run/it's deno"
mount --bind "$runtime" "/run/it's deno"
ip link set lo up
code=0
# This shell stays outside: the journal takes the first process's group for the root of all names.
sh -c 'echo 0 > "$1/cgroup.procs"; shift; exec "$@"' sh "$manager" "$@" "$manager" || code=$?
echo 1 > "$group/cgroup.kill"
# Those that were killed are gone a moment later.
for try in 1 2 3 4 5 6 7 8 9 10; do
  find "$group" -depth -type d -exec rmdir {} + 2>/dev/null && break
  sleep 0.1
done
exit $code
`;

/** Runs `tests/service/<module>` there and fails with what it said when it fails. */
export async function runInLogin(module: string, args: readonly string[] = []): Promise<string> {
  const runtime = Deno.execPath().replace(/\/[^/]*$/, "");
  const { code, stdout, stderr } = await new Deno.Command("timeout", {
    args: [
      ...["-s", "KILL", "150", "unshare", "-mnpC", "--fork", "--mount-proc", "--kill-child"],
      ...[
        "sh",
        "-c",
        WORLD,
        "sh",
        crypto.randomUUID(),
        runtime,
        Deno.execPath(),
        "run",
        "-A",
        "--no-check",
        "--quiet",
      ],
      ...["--config", `${ROOT}deno.json`, `${ROOT}tests/service/${module}`, ...args],
    ],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).output();
  const decoder = new TextDecoder();
  const said = decoder.decode(stdout);
  assert.equal(code, 0, `${module} ended with ${code}\n${said}${decoder.decode(stderr)}`);
  return said;
}

/** Where things are inside. */
export const HOME = "/run/home";
export const DATA_DIR = `${HOME}/.local/share/prodtracker`;
export const UNIT_PATH = `${HOME}/.config/systemd/user/prodtracker.service`;
/** A folder with all that a unit could stumble over. */
export const CHECKOUT = `${HOME}/check out %h "q" $HOME \${HOME} \\ é;#`;
export const RUNTIME = "/run/it's deno/deno";

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const ENV = {
  HOME,
  PATH: "/usr/local/bin:/usr/bin:/bin",
  LANG: "C.UTF-8",
  XDG_RUNTIME_DIR: `/run/user/${UID}`,
  DBUS_SESSION_BUS_ADDRESS: `unix:path=/run/user/${UID}/bus`,
};

/** A running login; only to be used inside. */
export class Login {
  /** The last argument is the control group that it lives in. Starts the journal, the bus and the manager, and waits until that takes orders. */
  static async start(): Promise<Login> {
    new Deno.Command(JOURNAL, { stdin: "null", stdout: "null", stderr: "null" }).spawn().unref();
    await waitFor(() => Deno.stat("/run/systemd/journal/stdout").then(() => true, () => undefined));
    const login = new Login();
    await chown("/run/user", "/run/home", Deno.args.at(-1)!);
    const bus = [
      "--session",
      `--address=${ENV.DBUS_SESSION_BUS_ADDRESS}`,
      "--nofork",
      "--nopidfile",
    ];
    login.spawn(["dbus-daemon", ...bus]).unref();
    const socket = `${ENV.XDG_RUNTIME_DIR}/bus`;
    await waitFor(() => Deno.stat(socket).then(() => true, () => undefined));
    login.spawn([MANAGER, "--user"]).unref();
    await waitFor(async () =>
      (await login.run(["systemctl", "--user", "is-system-running"])).stdout.match(
          /running|degraded/,
        )
        ? true
        : undefined
    );
    return login;
  }

  /** Starts a program as the user. */
  spawn(
    command: readonly string[],
    env: Readonly<Record<string, string>> = {},
    output: "null" | "piped" = "null",
  ): Deno.ChildProcess {
    const ids = [`--reuid=${UID}`, `--regid=${UID}`, `--groups=${UID},${journalGroup()}`];
    return new Deno.Command("setpriv", {
      args: [...ids, ...command],
      env: { ...ENV, ...env },
      clearEnv: true,
      cwd: HOME,
      stdin: "null",
      stdout: output,
      stderr: output,
    }).spawn();
  }

  /** Runs a program as the user, to its end. */
  async run(command: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ran> {
    const { code, stdout, stderr } = await this.spawn(command, env, "piped").output();
    const decoder = new TextDecoder();
    return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
  }

  /** `systemctl --user …`, which must work; what it wrote, trimmed. */
  async systemctl(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.run(["systemctl", "--user", ...args]);
    assert.equal(code, 0, `systemctl ${args.join(" ")}: ${stderr}`);
    return stdout.trim();
  }

  /** A property of the service, as systemd has it. */
  async property(name: string): Promise<string> {
    return await this.systemctl("show", "prodtracker.service", `--property=${name}`, "--value");
  }

  /** The words with which `prodtracker` is started from the checkout. */
  program(args: readonly string[]): string[] {
    const flags = ["run", "-q", "--no-prompt", "--config", `${CHECKOUT}/deno.json`, "-P=product"];
    return [RUNTIME, ...flags, `${CHECKOUT}/dist/start/main.js`, ...args];
  }

  /** `prodtracker …`, to its end. */
  async cli(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ran> {
    const ran = await this.run(this.program(args), env);
    // Programs of the permission list that this machine does not have are named by the runtime.
    return { ...ran, stderr: ran.stderr.replaceAll(/^.*Failed to resolve .*\n/gm, "") };
  }

  /** `prodtracker service status --json`. */
  async status(): Promise<Status> {
    const { code, stdout, stderr } = await this.cli(["service", "status", "--json"]);
    assert.ok(code <= 1, stderr);
    const status: Status = JSON.parse(stdout);
    assert.equal(code, status.active ? 0 : 1);
    return status;
  }

  /** The status once `isMeant`. */
  async statusWhen(isMeant: (status: Status) => boolean, limitMs?: number): Promise<Status> {
    let last: Status | undefined;
    try {
      return await waitFor(async () => {
        last = await this.status();
        return isMeant(last) ? last : undefined;
      }, limitMs);
    } catch (error) {
      const logs = await this.run(["journalctl", "--user-unit=prodtracker.service", "-n", "30"]);
      throw new Error(`${(error as Error).message}: ${JSON.stringify(last)}\n${logs.stdout}`);
    }
  }
}

export interface Status {
  readonly manager: string;
  readonly unsupported: string | null;
  readonly installed: boolean;
  readonly enabled: boolean | null;
  readonly active: boolean;
  readonly state: string;
  readonly since: string | null;
  readonly pid: number | null;
  readonly restarts: number | null;
  readonly failure: string | null;
  readonly display: string | null;
  readonly sees_display: boolean | null;
  readonly url: string | null;
  readonly answers: boolean;
}

/** Puts the bundle there as a checkout would have it, with a build that only leaves a mark. */
export async function putCheckout(bundle: string): Promise<void> {
  const { permissions } = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
  await Deno.mkdir(`${CHECKOUT}/dist`, { recursive: true });
  await Deno.mkdir(`${CHECKOUT}/tools`);
  await Deno.writeTextFile(`${CHECKOUT}/deno.json`, JSON.stringify({ permissions }));
  await Deno.writeTextFile(
    `${CHECKOUT}/tools/build.ts`,
    `Deno.writeTextFileSync(new URL("../built", import.meta.url), "x", { append: true });`,
  );
  const copied = await new Deno.Command("cp", {
    args: ["-r", bundle, `${CHECKOUT}/dist/start`],
  }).output();
  assert.ok(copied.success);
  await chown(HOME);
}

let group: string | undefined;

/** Who may read the journal; a desktop's user has one of their own. */
function journalGroup(): string {
  const line = /^systemd-journal:[^:]*:(\d+)/m;
  return group ??= line.exec(Deno.readTextFileSync("/etc/group"))?.[1] ?? String(UID);
}

/** Gives files to the user. */
export async function chown(...paths: string[]): Promise<void> {
  const { success } = await new Deno.Command("chown", {
    args: ["-R", `${UID}:${UID}`, ...paths],
  }).output();
  assert.ok(success);
}
