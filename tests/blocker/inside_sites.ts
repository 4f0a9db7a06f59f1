// deno-lint-ignore-file no-console -- what it saw is read by the test that runs it
/** In a namespace: programs and browsers stop reaching the site, and reach it again. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { type BrowserContext, chromium } from "playwright-core";
import type { BlockFinding } from "../../daemon/core/block.ts";
import { openEnforcer } from "../../daemon/blocker/mod.ts";
import { ALL_REACHED, NAMES, openInternet, programsReach, SITE } from "./sites.ts";

/** A running browser is not told of a change in a file that is mounted over; a new one reads it. */
const isMounted = Deno.args[0] === "bind mount";
const folder = Deno.makeTempDirSync({ dir: "/tmp", prefix: "prodtracker-inside-" });
const internet = await openInternet(folder);
const hosts = () => Deno.readTextFileSync("/etc/hosts");
const original = hosts();
const enforcer = openEnforcer({ dataDir: folder, homeDir: folder });

/** A browser; with DNS over HTTPS when a profile says so. */
async function browser(name: string, doh: boolean): Promise<BrowserContext> {
  const profile = join(folder, name);
  Deno.mkdirSync(profile, { recursive: true });
  if (doh) {
    const setting = { mode: "secure", templates: internet.dohUrl };
    Deno.writeTextFileSync(
      join(profile, "Local State"),
      JSON.stringify({ dns_over_https: setting }),
    );
  }
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      `--ignore-certificate-errors-spki-list=${internet.dohKey}`,
    ],
  });
  opened.push(context);
  return context;
}

const opened: BrowserContext[] = [];
async function closeAll(): Promise<void> {
  const closing = Promise.all(opened.splice(0).map((each) => each.close()));
  await Promise.race([closing, new Promise((resolve) => setTimeout(resolve, 5_000))]);
}

async function reaches(context: BrowserContext): Promise<boolean> {
  const page = await context.newPage();
  try {
    const work = page.goto(`http://${SITE}/?${Math.random()}`, { timeout: 5_000 })
      .then(() => page.textContent("body", { timeout: 2_000 }), () => "");
    const late = new Promise<string>((resolve) => setTimeout(() => resolve("late"), 8_000));
    return /^reached/.test(await Promise.race([work, late]) ?? "");
  } finally {
    await Promise.race([page.close(), new Promise((resolve) => setTimeout(resolve, 2_000))]);
  }
}

/** Within a few seconds: a running browser hears of a changed file, it does not look at each name. */
async function soon(context: BrowserContext, wanted: boolean, what: string): Promise<void> {
  const start = performance.now();
  while (await reaches(context) !== wanted) {
    if (performance.now() - start > 25_000) throw new Error(`${what}: not after 25 s`);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  console.log(`${what}: after ${Math.round(performance.now() - start)} ms`);
}

const finding = async (layer: string) => (await findings()).find((each) => each.layer === layer);
const findings = (): Promise<BlockFinding[]> => Array.fromAsync(enforcer.check(NAMES));

assert.deepEqual(await programsReach(), ALL_REACHED);
let plain = await browser("plain", false);
await soon(plain, true, "a running browser reaches the site");
let secure = await browser("secure", true);
await soon(secure, true, "one with DNS over HTTPS reaches the site");
assert.ok(internet.dohQuestions() > 0, "it did not ask by HTTPS");

const block = { id: 5, domains: NAMES, startMs: Date.now(), endMs: Date.now() + 3_600_000 };
await enforcer.apply(block, { actor: "user" });
assert.ok(hosts().startsWith(original));
assert.deepEqual(await programsReach(), {
  getent: "nowhere",
  curl4: "failed 7",
  curl6: "failed 7",
  node: "ECONNREFUSED",
});
if (isMounted) {
  assert.equal((await finding("Chromium"))!.status, "restart needed");
  await closeAll();
  [plain, secure] = [await browser("plain2", false), await browser("secure2", true)];
}
await soon(plain, false, "a running browser reaches it no more");
await soon(secure, false, "nor does one with DNS over HTTPS");
let during = await browser("during", true);
assert.equal(await reaches(during), false, "a browser started during the block");
assert.deepEqual(await enforcer.current(), { id: 5, endMs: block.endMs, domainCount: 2 });
for (const each of await findings()) assert.equal(each.status, "enforced", JSON.stringify(each));

// One layer sabotaged: that layer, and no other, is said not to be enforced.
const notEnforced = async () =>
  (await findings()).filter(({ status }) => status === "not enforced").map(({ layer }) => layer);
const POLICY = "/etc/chromium/policies/managed/prodtracker_dns.json";
const policy = Deno.readTextFileSync(POLICY);
Deno.removeSync(POLICY);
assert.deepEqual(await notEnforced(), ["Chromium"]);
Deno.writeTextFileSync(POLICY, policy);
const blocked = hosts();
Deno.writeTextFileSync("/etc/hosts", blocked.replace(`:: ${SITE}\n`, ""));
assert.deepEqual(await notEnforced(), ["hosts file"]);
Deno.writeTextFileSync("/etc/hosts", `127.0.0.5 ${SITE}\n${blocked}`);
assert.deepEqual(await notEnforced(), ["look-up"]);
assert.match((await finding("look-up"))!.remedy!, /line 1 of \/etc\/hosts, which is yours/);
Deno.writeTextFileSync("/etc/hosts", blocked);
assert.deepEqual(await notEnforced(), []);

await enforcer.lift("user");
assert.equal(hosts(), original);
assert.deepEqual(await programsReach(), ALL_REACHED);
if (isMounted) {
  await closeAll();
  [plain, secure, during] = [
    await browser("plain3", false),
    await browser("secure3", true),
    await browser("during3", true),
  ];
}
await soon(during, true, "the browser started during the block reaches it without a restart");
await soon(plain, true, "a running browser reaches it again");
await soon(secure, true, "one with DNS over HTTPS reaches it again");
assert.equal(await enforcer.current(), undefined);
assert.throws(() => Deno.statSync(POLICY), Deno.errors.NotFound);
await closeAll();
Deno.removeSync(folder, { recursive: true });
Deno.exit(0);
