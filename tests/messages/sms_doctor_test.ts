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
async function smsCheck(
  reply: (request: Request) => Response | Promise<Response>,
  env: Record<string, string> = ACCOUNT,
  ...options: string[]
) {
  const requests: { method: string; path: string; authorization: string | null }[] = [];
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const { method, url, headers } = request;
    const authorization = headers.get("authorization");
    requests.push({ method, path: new URL(url).pathname, authorization });
    return reply(request);
  });
  using cli = new Cli();
  const TWILIO_API_BASE = `http://127.0.0.1:${server.addr.port}/`;
  const { code, stdout, stderr } = await cli.run(["doctor", "--json", ...options], {
    env: { TWILIO_API_BASE, ...env },
  });
  assert.ok(!(stdout + stderr).includes(ACCOUNT.TWILIO_AUTH_TOKEN));
  const checks: Check[] = JSON.parse(stdout);
  const of = (wanted: string) => checks.find(({ name }) => name === wanted)!;
  return { code, check: of("SMS"), test: of("test SMS"), requests };
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
    /answered error 20003: Authenticate$/,
  ],
  [
    "a suspended account",
    () => Response.json({ status: "suspended", type: "Full" }),
    /is suspended$/,
  ],
  ["a service in trouble", () => new Response("<html>", { status: 503 }), /answered status 503$/],
  ["a service that is another", () => new Response("<html>"), /does not answer as Twilio does$/],
  [
    "a service that leads elsewhere",
    () => Response.redirect("https://a.test"),
    /answered status 302$/,
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

Deno.test("doctor --send-test sends one SMS, and says what Twilio answered", async () => {
  const bodies: URLSearchParams[] = [];
  const twilio = (answer: () => Response) => async (request: Request) => {
    if (request.method === "GET") return Response.json({ status: "active", type: "Full" });
    bodies.push(new URLSearchParams(await request.text()));
    return answer();
  };
  const taken = () => Response.json({ sid: "SM1", status: "queued" }, { status: 201 });
  const well = await smsCheck(twilio(taken), ACCOUNT, "--send-test");
  assert.equal(well.code, 0);
  assert.deepEqual([well.test.status, well.test.detail], ["ok", "+15551234567: queued, SM1"]);
  assert.deepEqual(bodies.map((body) => Object.fromEntries(body)), [{
    To: "+15551234567",
    From: "+15550006666",
    Body: "ProdTracker: a test. It works.",
  }]);
  const refusal = { code: 21608, message: "The number is unverified." };
  const refused = () => Response.json(refusal, { status: 400 });
  const badly = await smsCheck(twilio(refused), ACCOUNT, "--send-test");
  assert.equal(badly.code, 1);
  assert.match(badly.test.detail, /^\+15551234567: .* error 21608: The number is unverified$/);
  assert.match(badly.test.remedy!, /verify FOCUS_SMS_TO/);
});

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
