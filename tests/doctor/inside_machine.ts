/** In a namespace: policies of browsers, a hosts file, and a disk that is full. */
import assert from "node:assert/strict";
import { blockBytes } from "../../daemon/blocker/hosts_file.ts";
import { runDoctor, temporaryDataDir } from "./doctor.ts";

const POLICIES = "/etc/chromium/policies/managed";
const OURS = `${POLICIES}/prodtracker_dns.json`, THEIRS = `${POLICIES}/work.json`;
const HOSTS = "/etc/hosts";

using data = temporaryDataDir();
const chromium = async () => (await runDoctor(data.path)).check("Chromium");
Deno.mkdirSync(POLICIES, { recursive: true });
for (const { name } of Deno.readDirSync(POLICIES)) Deno.removeSync(`${POLICIES}/${name}`);
const user = Deno.readFileSync(HOSTS);

assert.deepEqual(await chromium(), {
  ...{ group: "Blocking", name: "Chromium", status: "ok" },
  detail: "nothing is blocked now; a block switches DNS over HTTPS off",
});
Deno.writeTextFileSync(THEIRS, '{"DnsOverHttpsMode":"secure"}');
const secure = await chromium();
assert.equal(secure.status, "warn");
assert.match(secure.detail, /work\.json sets DnsOverHttpsMode to "secure"/);
Deno.writeTextFileSync(THEIRS, "{");
assert.match((await chromium()).detail, /not JSON/);
Deno.removeSync(THEIRS);

const nowMs = Date.now();
const block = { id: 1, startMs: nowMs, endMs: nowMs + 600_000, domains: ["a.example"] };
Deno.writeFileSync(HOSTS, blockBytes(user, block), { append: true });
const open = await runDoctor(data.path);
assert.deepEqual([open.code, open.check("Chromium").status], [1, "fail"]);
assert.match(open.check("Chromium").remedy!, /block off, then block on/);
Deno.writeTextFileSync(OURS, '{"DnsOverHttpsMode":"off"}\n');
assert.match((await chromium()).detail, /^DNS over HTTPS is off by .*prodtracker_dns\.json$/);
Deno.writeFileSync(HOSTS, user);
assert.match((await chromium()).detail, /though nothing is blocked$/);
Deno.removeSync(OURS);

const run = async (program: string, ...args: string[]) => {
  const { success, stderr } = await new Deno.Command(program, { args }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
};
const blocker = async () => (await runDoctor(data.path)).check("blocker");
assert.equal((await blocker()).status, "ok");
await run("mount", "--bind", HOSTS, HOSTS);
await run("mount", "-o", "remount,ro,bind", HOSTS);
const held = await blocker();
assert.equal(held.status, "warn");
assert.match(held.detail, /Cannot write "\/etc\/hosts": Read-only file system/);
await run("umount", HOSTS);

const disk = `${data.path}/disk`;
Deno.mkdirSync(disk);
await run("mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "tmpfs", disk);
try {
  const full = await runDoctor(disk);
  assert.deepEqual([full.code, full.check("disk space").status], [1, "fail"]);
  assert.equal(full.check("SMS").status, "off");
} finally {
  await run("umount", disk);
}
