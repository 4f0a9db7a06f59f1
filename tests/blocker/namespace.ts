/**
 * Runs a module in mount, network and process namespaces of its own: `/etc` and `/usr/local` are copies, so
 * that nothing of the machine is touched.
 * @module
 */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { type Need, needs } from "../programs.ts";

/** How the hosts file is there: as a file like any other, or mounted over, so that no rename works. */
export type HostsKind = "file" | "bind mount";

export interface InsideOptions {
  /** @default "file" */
  readonly hosts?: HostsKind;
  readonly args?: readonly string[];
  /** @default 120 */
  readonly limitS?: number;
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** `needs()` and root's rights, without which there is no namespace. */
export function needsNamespace(...programs: string[]): Need {
  const need = needs("unshare", "mount", "timeout", ...programs);
  const isRoot = Deno.build.os === "linux" && Deno.uid() === 0;
  if (isRoot) return need;
  return { ignore: true, suffix: `${need.suffix} [needs root]` };
}

const OVERLAY = `
set -e
world=$1; shift
mount -t tmpfs world "$world"
for folder in etc usr/local; do
  mkdir -p "$world/$folder/upper" "$world/$folder/work"
  umount /etc/hosts /etc/resolv.conf /etc/hostname 2>/dev/null || true
  mount -t overlay -o lowerdir=/$folder,upperdir="$world/$folder/upper",workdir="$world/$folder/work" world /$folder
done
rm -f /etc/resolv.conf; echo 'nameserver 127.0.0.1' > /etc/resolv.conf
cp /etc/hosts "$world/hosts"
rm -f /etc/hosts; cp "$world/hosts" /etc/hosts; chmod 644 /etc/hosts "$world/hosts"
[ "$1" = file ] || mount --bind "$world/hosts" /etc/hosts
shift
ip link set lo up 2>/dev/null || true
exec "$@"
`;

/** Runs `tests/blocker/<module>` there and fails with what it said when it fails. */
export async function runInside(module: string, options: InsideOptions = {}): Promise<string> {
  const { hosts = "file", args = [], limitS = 120 } = options;
  const world = await Deno.makeTempDir({ prefix: "prodtracker-world-" });
  try {
    const { code, stdout, stderr } = await new Deno.Command("timeout", {
      args: [
        ...["-s", "KILL", String(limitS), "unshare", "-mn", "--fork", "--pid", "--mount-proc"],
        ...["--kill-child", "sh", "-c", OVERLAY, "sh", world, hosts],
        ...[Deno.execPath(), "run", "-A", "--no-check", "--quiet", "--unstable-net"],
        ...["--config", `${ROOT}deno.json`, `${ROOT}tests/blocker/${module}`, ...args],
      ],
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).output();
    const decoder = new TextDecoder();
    const said = decoder.decode(stdout);
    assert.equal(code, 0, `${module} ended with ${code}\n${said}${decoder.decode(stderr)}`);
    return said;
  } finally {
    await Deno.remove(world, { recursive: true });
  }
}
