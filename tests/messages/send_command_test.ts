/** `summary --email --sms`, `schedule` and `outbox` by running the program: what is said, and with which exit code. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { Cli } from "../../cli/testing.ts";
import type { WireMessage, WireSendSchedule, WireSent } from "../../cli/wire.ts";
import { Ownership } from "../../daemon/os/ownership.ts";
import { type DaemonProcess, startDaemon } from "../daemon_process.ts";
import {
  MAIL_LOGIN,
  MAIL_SERVER_NEEDS,
  type MailServer,
  startMailServer,
} from "../mail/mail_server.ts";
import { startTwilioDouble, TWILIO_ACCOUNT } from "../twilio_double.ts";

const DAY = ["summary", "--day", "2026-01-15"];
const QUIET = { code: 0, stdout: "", stderr: "" };
const SECRETS = [MAIL_LOGIN.password, TWILIO_ACCOUNT.TWILIO_AUTH_TOKEN];

function mailTest(name: string, run: (server: MailServer, cli: Cli) => Promise<void>): void {
  const { ignore, suffix } = MAIL_SERVER_NEEDS;
  const fn = async () => {
    await using server = await startMailServer();
    using cli = new Cli();
    await run(server, cli);
  };
  Deno.test({ name: `summary --email: ${name}${suffix}`, ignore, fn });
}

async function outbox(cli: Cli): Promise<WireMessage[]> {
  const { code, stdout, stderr } = await cli.run(["summary", "outbox", "--json"]);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}

/** A wrong or impossible request: what the program says, and what is in the outbox then. */
interface Case {
  readonly args?: readonly string[];
  readonly env?: (good: Record<string, string>) => Record<string, string>;
  readonly behave?: Parameters<MailServer["behave"]>[0];
  readonly code: number;
  readonly says: RegExp;
  /** States of what was written down. @default nothing */
  readonly left?: readonly WireMessage["state"][];
}

const without = (name: string) => (env: Record<string, string>) => {
  const { [name]: _, ...rest } = env;
  return rest;
};

const CASES: Record<string, Case> = {
  "no account": {
    env: () => ({}),
    code: 2,
    says:
      /^Cannot send mail: FOCUS_SMTP_HOST, .* and FOCUS_EMAIL_TO are not set; see docs\/email_setup\.md$/,
  },
  "half an account": {
    env: without("FOCUS_SMTP_PASSWORD"),
    code: 2,
    says: /^Cannot send mail: FOCUS_SMTP_PASSWORD is not set; see docs\/email_setup\.md$/,
  },
  "mail is ready, SMS is not": {
    args: [...DAY, "--email", "--sms"],
    code: 2,
    says: /^Cannot send SMS: TWILIO_ACCOUNT_SID, .* are not set; see docs\/sms_setup\.md$/,
  },
  "an address that is none": {
    env: (env) => ({ ...env, FOCUS_EMAIL_TO: "nobody" }),
    code: 2,
    says: /^Cannot use FOCUS_EMAIL_TO: it is "nobody", allowed is /,
  },
  "an address with a line break": {
    env: (env) => ({ ...env, FOCUS_EMAIL_TO: "you@mail.test\r\nBcc: her@mail.test" }),
    code: 2,
    says: /^Cannot use FOCUS_EMAIL_TO: it is .*, allowed is /,
  },
  "a day to come": {
    args: ["summary", "--day", "2099-01-01", "--email"],
    code: 2,
    says: /^Cannot summarize 2099-01-01: it lies in the future$/,
  },
  "a week to come, to a program": {
    args: ["summary", "--week", "2099-01-01", "--email", "--json"],
    code: 2,
    says: /^Cannot summarize .*: it lies in the future$/,
  },
  "two periods": {
    args: [...DAY, "--week", "--email"],
    code: 2,
    says: /^Cannot summarize two periods at once: /,
  },
  "--again without a way": {
    args: [...DAY, "--again"],
    code: 2,
    says: /^Cannot use --again without --email or --sms: /,
  },
  "a host that is not there": {
    env: (env) => ({ ...env, FOCUS_SMTP_HOST: "no-such-host.invalid" }),
    code: 1,
    says:
      /^Cannot send the summary to you@mail\.test now: cannot reach the mail server no-such-host\.invalid:\d+: .*; it stays in the outbox, and the next serve or summary --email tries again$/,
    left: ["waiting"],
  },
  "a recipient that the server does not know": {
    behave: { recipients: { "you@mail.test": "550 5.1.1 No such user" } },
    code: 1,
    says: /^Cannot send the summary to you@mail\.test: .*550 5\.1\.1 No such user/,
    left: ["failed"],
  },
  "one of two recipients": {
    env: (env) => ({ ...env, FOCUS_EMAIL_TO: "you@mail.test, her@mail.test" }),
    behave: { recipients: { "her@mail.test": "550 5.1.1 No such user" } },
    code: 1,
    says: /^Cannot send the summary to her@mail\.test: .*550/,
    left: ["failed", "sent"],
  },
  "a greylist": {
    behave: { greylist: true },
    code: 1,
    says: /^Cannot send the summary to you@mail\.test now: .*451.*; it stays in the outbox, /,
    left: ["waiting"],
  },
};

for (
  const [name, { args = [...DAY, "--email"], env, behave, ...expected }] of Object.entries(CASES)
) {
  mailTest(`${name} is said in one line`, async (server, cli) => {
    if (behave) await server.behave(behave);
    const good = server.env();
    const { code, stdout, stderr } = await cli.run(args, { env: env?.(good) ?? good });
    assert.equal(stdout, "");
    assert.equal(code, expected.code, stderr);
    const [line, ...more] = stderr.trimEnd().split("\n");
    assert.deepEqual(more, []);
    assert.match(line.replace(/^prodtracker: /, ""), expected.says);
    for (const secret of SECRETS) assert.ok(!stderr.includes(secret));
    const left = await outbox(cli);
    assert.deepEqual(left.map(({ state }) => state), expected.left ?? []);
    const sent = left.filter(({ state }) => state === "sent");
    assert.equal((await server.mails()).length, sent.length);
  });
}

mailTest("a period without data is sent, and says so", async (server, cli) => {
  assert.deepEqual(await cli.run([...DAY, "--email"], { env: server.env() }), QUIET);
  const [mail] = await server.mails();
  for (const part of [mail.text, mail.html]) assert.match(part, /Nothing was recorded/);
});

/** Lets the time go by until the next try. */
function makeDue(cli: Cli): void {
  using db = new DatabaseSync(`${cli.dataDir}/prodtracker.db`);
  db.exec("PRAGMA busy_timeout = 2000; UPDATE message SET next_ms = 0 WHERE state = 'waiting'");
}

mailTest(
  "what waits is tried again when it is asked for, and at its time by whatever summary is sent then",
  async (server, cli) => {
    const env = server.env();
    const week = ["summary", "--week", "2026-01-15", "--email"];
    await server.behave({ recipients: { [env.FOCUS_EMAIL_TO]: "451 4.7.1 Come again" } });
    assert.equal((await cli.run([...DAY, "--email"], { env })).code, 1);
    assert.equal((await cli.run(week, { env })).code, 1);
    const early = await cli.run([...DAY, "--email", "--json"], { env });
    const { already, messages } = JSON.parse(early.stdout) as WireSent;
    assert.deepEqual([already, messages.map(({ tries }) => tries)], [true, [2]]);
    await server.behave({});
    assert.deepEqual(await cli.run([...DAY, "--email"], { env }), QUIET);
    assert.deepEqual((await outbox(cli)).map(({ state }) => state), ["waiting", "sent"]);
    makeDue(cli);
    assert.deepEqual(await cli.run([...DAY, "--email", "--again"], { env }), QUIET);
    assert.deepEqual((await outbox(cli)).map(({ state }) => state), ["sent", "sent", "sent"]);
    assert.deepEqual(await cli.run(week, { env }), QUIET);
    assert.equal((await server.mails()).length, 3);
  },
);

mailTest("a running daemon sends it, and is named as who tries again", async (server, cli) => {
  const env = server.env();
  const daemon: DaemonProcess = await startDaemon(["--no-track"], { dataDir: cli.dataDir, env });
  try {
    await server.behave({ greylist: true });
    // All that the command itself is told is where the data is.
    const waiting = await cli.run([...DAY, "--email"]);
    assert.equal(waiting.code, 1);
    assert.match(waiting.stderr, /^[^\n]*; it stays in the outbox, and the daemon tries again\n$/);
    await server.behave({});
    makeDue(cli);
    assert.deepEqual(await cli.run([...DAY, "--email"]), QUIET);
    const future = await cli.run(["summary", "--month", "2099-01-01", "--email"]);
    assert.equal(future.code, 2);
    assert.match(future.stderr, /lies in the future\n$/);
    const sms = await cli.run([...DAY, "--sms"]);
    assert.equal(sms.code, 2);
    assert.match(sms.stderr, /^prodtracker: Cannot send SMS: TWILIO_ACCOUNT_SID[^\n]*\n$/);
    // Settings that came after the daemon's start.
    const late = await cli.run([...DAY, "--sms"], { env: TWILIO_ACCOUNT });
    assert.equal(late.code, 2);
    assert.match(
      late.stderr,
      /are not set; [^\n]*set now: start the running daemon again[^\n]*\n$/,
    );
  } finally {
    await daemon.stop();
  }
  assert.equal((await server.mails()).length, 1);
});

Deno.test("summary --sms: waits for another command that sends to a slow server", async () => {
  using cli = new Cli();
  await using twilio = startTwilioDouble();
  Deno.mkdirSync(cli.dataDir, { mode: 0o700 });
  const other = await Ownership.take(cli.dataDir, 0);
  const asked = cli.run([...DAY, "--sms"], { env: twilio.env });
  // Longer than other commands wait: for a service that starts, then for the directory.
  setTimeout(() => other.release(), 22_000);
  assert.deepEqual(await asked, QUIET);
  assert.equal(twilio.requests.length, 1);
});

Deno.test("summary --sms: one SMS; one that nobody knows of is said to be unknown, and not sent again", async () => {
  using cli = new Cli();
  await using twilio = startTwilioDouble();
  const { env } = twilio;
  assert.deepEqual(await cli.run([...DAY, "--sms"], { env }), QUIET);
  assert.deepEqual(await cli.run([...DAY, "--sms"], { env }), QUIET);
  assert.equal(twilio.requests.length, 1);
  assert.match(twilio.requests[0].form.Body, /Nothing was recorded/i);

  twilio.answer("drop");
  for (let times = 1; times <= 2; times++) {
    const { code, stderr } = await cli.run(["summary", "--week", "2026-01-15", "--sms"], { env });
    assert.equal(code, 1);
    assert.match(stderr, /^prodtracker: Cannot say whether \+15551234567 got the summary[^\n]*\n$/);
    assert.equal(twilio.requests.length, 2);
  }
  const again = ["summary", "--week", "2026-01-15", "--sms", "--again"];
  assert.deepEqual(await cli.run(again, { env }), QUIET);
  assert.equal(twilio.requests.length, 3);
  assert.deepEqual((await outbox(cli)).map(({ state }) => state), ["sent", "unknown", "sent"]);
  const { stdout } = await cli.run(["summary", "outbox", "-n", "2"]);
  assert.match(stdout, /^#\s+since\s+what\s+to\s+state\n/);
  assert.match(stdout, /week 2026-01-12\s+\+15551234567\s+unknown\n/);
  assert.equal(stdout.trimEnd().split("\n").length, 3);
});

Deno.test("summary outbox says when there is nothing", async () => {
  using cli = new Cli();
  const { code, stdout, stderr } = await cli.run(["summary", "outbox"]);
  assert.deepEqual([code, stdout], [0, ""]);
  assert.match(stderr, /^Nothing was sent yet/);
  assert.deepEqual(await outbox(cli), []);
});

const SCHEDULES: readonly [args: string, cron: string][] = [
  ["day --at 21:00 --email", "0 21 * * *"],
  ["day --at 9:05 --days mon-fri --sms --email", "5 9 * * 1,2,3,4,5"],
  ["day --at 22:30 --days sat,sun --email", "30 22 * * 0,6"],
  ["day --at 22:30 --days mon-sun --email", "30 22 * * *"],
  ["week --at 18:00 --email", "0 18 * * 0"],
  ["week --at 18:00 --days fri --email", "0 18 * * 5"],
  ["week --previous --at 08:00 --email", "0 8 * * 1"],
  ["month --at 20:00 --email", "0 20 L * *"],
  ["month --previous --at 20:00 --email", "0 20 1 * *"],
];

Deno.test("summary schedule: times as people type them, shown and forgotten", async () => {
  using cli = new Cli();
  const run = (...args: string[]) => cli.run(["summary", "schedule", ...args]);
  for (const [args] of SCHEDULES) {
    const added = await run("add", ...args.split(" "));
    assert.equal(added.code, 0, added.stderr);
  }
  const byPattern = await run(
    "add",
    "day",
    "--cron",
    "*/30 6-8 * * 1-5",
    "--previous",
    "--sms",
    "--json",
  );
  const schedules: WireSendSchedule[] = JSON.parse(byPattern.stdout);
  assert.deepEqual(
    schedules.map(({ cron }) => cron),
    [...SCHEDULES.map(([, cron]) => cron), "*/30 6-8 * * 1-5"],
  );
  assert.deepEqual(schedules[1].channels, ["email", "sms"]);
  const { period, of, channels } = schedules[9];
  assert.deepEqual([period, of, channels], ["day", "previous", ["sms"]]);
  assert.ok(schedules.every(({ next }) => Date.parse(next!) > Date.now() - 60_000));

  const { stdout, code } = await run();
  assert.equal(code, 0);
  const [head, first, second] = stdout.split("\n");
  assert.match(head, /^ ?#\s+summary of\s+when\s+by\s+next$/);
  assert.match(first, /^ 1\s+the day\s+21:00 every day\s+mail\s+/);
  assert.match(second, /09:05 mon tue wed thu fri\s+mail and SMS/);
  assert.match(stdout, /the month before\s+0 20 1 \* \*/);

  const removed = await run("remove", "2", "--json");
  assert.equal(JSON.parse(removed.stdout).length, 9);
  using db = new DatabaseSync(`${cli.dataDir}/prodtracker.db`);
  db.exec("UPDATE setting SET value = '[]' WHERE name = 'summary_schedules'");
  const none = await run("list");
  assert.deepEqual([none.code, none.stdout], [0, ""]);
  assert.match(none.stderr, /^No summary is sent by itself/);
  assert.deepEqual(JSON.parse((await run("list", "--json")).stdout), []);
});

Deno.test("summary schedule: what cannot be is said in one line, and changes nothing", async () => {
  using cli = new Cli();
  const cases: [string, RegExp][] = [
    ["add day --at 21:00", /Name --email, --sms or both$/],
    ["add day --email", /^Cannot add a schedule: say when with --at or --cron$/],
    ["add day --at 25:00 --email", /--at.*Allowed is HH:MM/],
    ["add day --at 21:00 --days foo --email", /--days.*Allowed are mon/],
    ["add day --at 21:00 --cron 0,21,*,*,* --email", /^Cannot use --cron with --at or --days/],
    ["add month --at 21:00 --days mon --email", /^Cannot use --days with a month/],
    ["add day --cron 0,25,*,*,* --email", /^Cannot use the pattern "0 25 \* \* \*": /],
    [
      "add day --cron 0,0,31,2,* --email",
      /^Cannot use the pattern "0 0 31 2 \*": it never comes up$/,
    ],
    ["add year --at 21:00 --email", /year/],
    ["remove 1", /^Cannot remove schedule "1": there is none$/],
  ];
  for (const [args, says] of cases) {
    const words = args.split(" ").map((word) =>
      word.includes("*") ? word.replaceAll(",", " ") : word
    );
    const { code, stdout, stderr } = await cli.run(["summary", "schedule", ...words]);
    assert.equal(code, 2, `${args}: ${stderr}`);
    assert.equal(stdout, "");
    const [line, ...more] = stderr.trimEnd().split("\n");
    assert.deepEqual(more, []);
    assert.match(line.replace(/^prodtracker: /, ""), says);
  }
  assert.deepEqual(JSON.parse((await cli.run(["summary", "schedule", "--json"])).stdout), []);
});
