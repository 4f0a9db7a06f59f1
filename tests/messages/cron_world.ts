/**
 * Debian's cron in mount and process namespaces of its own: the machine's crontabs are not there, and cron's own
 * files are gone with it.
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { needsNamespace } from "../blocker/namespace.ts";
import { bundleProgram, PRODTRACKER } from "../../tools/bundle.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Crontabs, and what else cron reads, are empty but for ours. What a job says cron sends by mail: here into a file.
 */
const WORLD = `
set -e
world=$1
for folder in /var/spool/cron/crontabs /etc/cron.d /run /usr/sbin; do
  case $folder in
    /usr/sbin)
      mount -t tmpfs cron "$world/layer"; mkdir "$world/layer/upper" "$world/layer/work"
      mount -t overlay -o lowerdir=/usr/sbin,upperdir="$world/layer/upper",workdir="$world/layer/work" cron /usr/sbin ;;
    *) mount -t tmpfs cron "$folder" ;;
  esac
done
chmod 1730 /var/spool/cron/crontabs; chgrp crontab /var/spool/cron/crontabs
: > "$world/empty"; mount --bind "$world/empty" /etc/crontab
printf '#!/bin/sh\\ncat >> %s/output_mails\\n' "$world" > /usr/sbin/sendmail
chmod 755 /usr/sbin/sendmail
# A login's number cannot be set in a container; without this line cron runs nothing there.
grep -v pam_loginuid /etc/pam.d/cron > "$world/pam" && mount --bind "$world/pam" /etc/pam.d/cron
crontab -u root "$world/crontab"
exec cron -f -L 15
`;

export interface CronWorld extends AsyncDisposable {
  /** What jobs wrote into a file of the folder; "" when there is none. */
  read(name: string): string;
  /** The mails with which cron tells what jobs said. */
  outputMails(): string;
}

/** What the tests need of the system. */
export const CRON_NEEDS = needsNamespace("cron", "crontab");

/** Starts cron with a crontab, whose jobs may write into the folder `world`. */
export async function startCron(
  dir: string,
  crontab: (world: string) => string,
): Promise<CronWorld> {
  const world = join(dir, "world");
  await Deno.mkdir(join(world, "layer"), { recursive: true });
  await Deno.writeTextFile(join(world, "crontab"), crontab(world));
  const child = new Deno.Command("unshare", {
    args: [
      ...["-m", "--fork", "--pid", "--mount-proc", "--kill-child"],
      ...["sh", "-c", WORLD, "sh", world],
    ],
    stdin: "null",
    stdout: "null",
    stderr: "inherit",
  }).spawn();
  const read = (name: string) => {
    try {
      return Deno.readTextFileSync(join(world, name));
    } catch {
      return "";
    }
  };
  return {
    read,
    outputMails: () => read("output_mails"),
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await child.status;
    },
  };
}

/** Builds the program as `deno task start` does, and what a crontab can call: a path without more. */
export async function installProgram(dir: string): Promise<string> {
  const bundle = join(dir, "bundle");
  await bundleProgram({ root: ROOT, ...PRODTRACKER }, bundle);
  const flags = `run -q -P=product --no-prompt --no-code-cache --config '${ROOT}deno.json'`;
  const path = join(dir, "prodtracker");
  const script = `#!/bin/sh\nexec '${Deno.execPath()}' ${flags} '${bundle}/main.js' "$@"\n`;
  await Deno.writeTextFile(path, script, { mode: 0o755 });
  return path;
}
