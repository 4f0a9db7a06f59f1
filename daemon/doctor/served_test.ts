import assert from "node:assert/strict";
import { startTwilioDouble } from "../../tests/twilio_double.ts";
import { loadConfig } from "../config/load.ts";
import { TooManyError } from "../core/errors.ts";
import { ServedDoctor } from "./served.ts";

Deno.test("ServedDoctor.sendTest() sends an SMS a minute at most, whatever came of the one before", async () => {
  await using twilio = startTwilioDouble();
  const dataDir = await Deno.makeTempDir({ prefix: "prodtracker-doctor-" });
  let nowMs = 0;
  try {
    const doctor = new ServedDoctor({
      config: loadConfig({ dataDir, env: (name) => twilio.env[name] }),
      ...{ env: () => undefined, running: () => undefined, parts: () => [] },
      clock: { monoMs: () => nowMs },
    });
    twilio.answer({ code: 21610, message: "Attempt to send to unsubscribed recipient" });
    const [, refused] = await doctor.sendTest("sms");
    assert.equal(refused.status, "fail");
    assert.match(refused.detail, /21610/);
    nowMs = 59_001;
    await assert.rejects(doctor.sendTest("sms"), (error) => {
      assert.ok(error instanceof TooManyError);
      assert.equal(error.retryAfterS, 1);
      return true;
    });
    assert.equal(twilio.requests.length, 1);
    nowMs = 60_000;
    const [, sent] = await doctor.sendTest("sms");
    assert.equal(sent.status, "ok");
    assert.equal(twilio.requests.length, 2);
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
});
