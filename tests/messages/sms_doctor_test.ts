/** `doctor` on SMS, by running the program against a double of Twilio's account route. */
import assert from "node:assert/strict";
import { Cli } from "../../cli/testing.ts";
import type { Check } from "../../daemon/mod.ts";

const ACCOUNT = {
  TWILIO_ACCOUNT_SID: "AC0123456789abcdef0123456789abcdef",
  TWILIO_AUTH_TOKEN: "a-token-of-the-tests",
  TWILIO_FROM_NUMBER: "+15550006666",
  FOCUS_SMS_TO: "+15551234567",
};

/** Runs `doctor --json` against a service that answers `reply`; the check "SMS" and the exit code. */
async function smsCheck(reply: () => Response, env: Record<string, string> = ACCOUNT) {
  const requests: { method: string; path: string; authorization: string | null }[] = [];
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const { method, url, headers } = request;
    const authorization = headers.get("authorization");
    requests.push({ method, path: new URL(url).pathname, authorization });
    return reply();
  });
  using cli = new Cli();
  const TWILIO_API_BASE = `http://127.0.0.1:${server.addr.port}/`;
  const { code, stdout, stderr } = await cli.run(["doctor", "--json"], {
    env: { TWILIO_API_BASE, ...env },
  });
  assert.ok(!(stdout + stderr).includes(ACCOUNT.TWILIO_AUTH_TOKEN));
  const check = (JSON.parse(stdout) as Check[]).find(({ name }) => name === "SMS")!;
  return { code, check, requests };
}

Deno.test("doctor logs in at Twilio without sending anything", async () => {
  const full = await smsCheck(() => Response.json({ status: "active", type: "Full" }));
  assert.equal(full.code, 0);
  assert.equal(full.check.status, "ok");
  assert.match(full.check.detail, /takes the account, to \+15551234567$/);
  const { TWILIO_ACCOUNT_SID: sid, TWILIO_AUTH_TOKEN: token } = ACCOUNT;
  assert.deepEqual(full.requests, [{
    method: "GET",
    path: `/2010-04-01/Accounts/${sid}.json`,
    authorization: `Basic ${btoa(`${sid}:${token}`)}`,
  }]);
  const trial = await smsCheck(() => Response.json({ status: "active", type: "Trial" }));
  assert.match(trial.check.detail, /on trial: to verified numbers only$/);
});

const BROKEN: readonly [name: string, reply: () => Response, detail: RegExp][] = [
  [
    "a wrong token",
    () => Response.json({ code: 20003, message: "Authenticate" }, { status: 401 }),
    /refuses the account$/,
  ],
  ["a suspended account", () => Response.json({ status: "suspended" }), /is suspended$/],
  ["a service in trouble", () => new Response("<html>", { status: 503 }), /answers 503$/],
  ["a service that is another", () => new Response("<html>"), /is no account of Twilio's$/],
  [
    "a service that leads elsewhere",
    () => Response.redirect("https://a.test"),
    /cannot be reached$/,
  ],
];

for (const [name, reply, detail] of BROKEN) {
  Deno.test(`doctor fails for ${name}`, async () => {
    const { code, check } = await smsCheck(reply);
    assert.equal(code, 1);
    assert.equal(check.status, "fail");
    assert.match(check.detail, detail);
  });
}

Deno.test("doctor names what is missing of half an account, and asks nobody", async () => {
  const { TWILIO_FROM_NUMBER: _, ...half } = ACCOUNT;
  const { code, check, requests } = await smsCheck(() => new Response(), half);
  assert.equal(code, 1);
  assert.deepEqual([check.detail, check.remedy], [
    "Cannot send SMS: TWILIO_FROM_NUMBER is not set",
    "see docs/sms_setup.md",
  ]);
  assert.deepEqual(requests, []);
});
