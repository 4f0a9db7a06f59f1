/** The Focus page's summary by mail: from its check box, by a real mail server, to a mail that is read again. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { WireMessage } from "../../web/wire.ts";
import { waitFor } from "../daemon_process.ts";
import { MAIL_SERVER_NEEDS, type MailServer, startMailServer } from "../mail/mail_server.ts";
import { startTwilioDouble } from "../twilio_double.ts";
import {
  endSession,
  LOOKING,
  NOBODY,
  Stage,
  STAGE_NEEDS,
  startSession,
  untilState,
  WAIT,
} from "./focus_stage.ts";

const ignore = STAGE_NEEDS.ignore || MAIL_SERVER_NEEDS.ignore;
const suffix = STAGE_NEEDS.suffix + MAIL_SERVER_NEEDS.suffix;
const TO = "you@mail.test";

function mailTest(name: string, fn: (stage: Stage, mail: MailServer) => Promise<void>): void {
  Deno.test({
    name: `${name}${suffix}`,
    ignore,
    async fn() {
      await using mail = await startMailServer();
      await using stage = await Stage.open({ film: [LOOKING(50)], env: mail.env() });
      await fn(stage, mail);
    },
  });
}

const mailBox = (page: Page) => page.getByRole("checkbox", { name: "E-mail me the summary" });
const smsBox = (page: Page) => page.getByRole("checkbox", { name: "SMS me the summary" });

mailTest(
  "a session's summary is mailed when it ends, and says what the page says",
  async (stage, mail) => {
    const { page, problems } = await stage.visit();
    await page.getByRole("main").getByText("Settings", { exact: true }).click();
    await mailBox(page).check();
    // What is not set up says what is missing, and where to read on.
    assert.ok(await smsBox(page).isDisabled());
    const hint = page.getByText(/^Cannot send SMS: .*TWILIO_ACCOUNT_SID.*docs\/sms_setup\.md$/);
    assert.equal(
      await smsBox(page).getAttribute("aria-describedby"),
      await hint.getAttribute("id"),
    );
    await page.getByText("When it ends, the summary comes by mail.").waitFor(WAIT);
    await startSession(page);
    await untilState(page, "Focused");
    // The wish is the daemon's from then on, and the box this browser's.
    await page.reload();
    await untilState(page, "Focused");
    await page.getByRole("main").getByText("Settings", { exact: true }).click();
    assert.ok(await mailBox(page).isChecked());
    await endSession(page);
    await page.getByRole("status").getByText(`Sent to ${TO}`).waitFor(WAIT);

    const [session] = await stage.sessions();
    const [sent, ...more] = await mail.mails();
    assert.deepEqual(more, []);
    assert.equal(sent.to, TO);
    assert.match(sent.subject, /focus/i);
    const share = `${Math.round(session.focus_percent!)} %`;
    assert.ok(sent.text.replaceAll("\u202f", " ").includes(share), `${share}: ${sent.text}`);
    const [message] = await stage.daemon.get<WireMessage[]>("/messages");
    assert.deepEqual(
      [message.state, message.topic, message.recipient],
      ["sent", `focus ${session.id}`, TO],
    );
    // Loaded again it is over, and nothing is sent twice.
    await page.reload();
    await page.getByRole("button", { name: "Start", exact: true }).waitFor(WAIT);
    assert.equal((await mail.mails()).length, 1);
    assert.deepEqual(problems, []);
  },
);

mailTest("a mail that waits is followed over a reload until it is sent", async (stage, mail) => {
  await mail.behave({ greylist: true });
  const { page } = await stage.visit();
  await page.getByRole("main").getByText("Settings", { exact: true }).click();
  await mailBox(page).check();
  await startSession(page);
  await untilState(page, "Focused");
  await endSession(page);
  const waiting = page.getByText(
    new RegExp(`^Waiting for ${TO}: .*451.*; the daemon tries again at \\d\\d:\\d\\d$`),
  );
  await waiting.waitFor(WAIT);
  await page.reload();
  await waiting.waitFor(WAIT);
  // The first wait of the outbox is a minute.
  await page.getByText(`Sent to ${TO}`).waitFor({ timeout: 120_000 });
  assert.equal((await mail.mails()).length, 1);
});

mailTest("a mail that is refused is not hidden, and the session is saved", async (stage, mail) => {
  await mail.behave({ recipients: { [TO]: "550 5.1.1 No such user" } });
  const { page } = await stage.visit();
  await page.getByRole("main").getByText("Settings", { exact: true }).click();
  await mailBox(page).check();
  await startSession(page);
  await untilState(page, "Focused");
  await endSession(page);
  await page.getByText(new RegExp(`^Not sent to ${TO}: .*550`)).waitFor(WAIT);
  assert.equal((await stage.sessions())[0].how, "ended");
});

mailTest("chosen during a session, the mail comes though the page is gone", async (stage, mail) => {
  const { page } = await stage.visit();
  await startSession(page);
  await untilState(page, "Focused");
  await page.getByRole("main").getByText("Settings", { exact: true }).click();
  await mailBox(page).check();
  await mailBox(page).uncheck();
  const noted = page.waitForResponse((response) => response.url().endsWith("/send"));
  await mailBox(page).check();
  assert.equal((await noted).status(), 200);
  await waitFor(async () => (await stage.sessions())[0].total_seconds > 0 || undefined);
  await page.close();
  const [{ id }] = await stage.sessions();
  const ended = await stage.daemon.fetch(`/focus/sessions/${id}/end`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: "{}",
  });
  assert.ok(ended.ok, await ended.text());
  assert.equal((await mail.waitForMails(1)).length, 1);
});

Deno.test({
  name: `the summary comes by SMS where that is set up${suffix}`,
  ignore,
  async fn() {
    await using twilio = startTwilioDouble();
    await using stage = await Stage.open({ film: [LOOKING(50)], env: twilio.env });
    const { page } = await stage.visit();
    await page.getByRole("main").getByText("Settings", { exact: true }).click();
    assert.ok(await mailBox(page).isDisabled());
    await smsBox(page).check();
    await page.getByText("When it ends, the summary comes by SMS.").waitFor(WAIT);
    await startSession(page);
    await untilState(page, "Focused");
    await endSession(page);
    await page.getByText("Sent to +15551234567").waitFor(WAIT);
    assert.deepEqual(twilio.requests.map(({ form }) => form.To), ["+15551234567"]);
  },
});

Deno.test({
  name: `without a mail account the boxes are off, and a session sends nothing${suffix}`,
  ignore,
  async fn() {
    await using stage = await Stage.open({ film: [NOBODY(50)] });
    const { page, problems, requests } = await stage.visit("/focus", {
      prepare: `localStorage["prodtracker.focus"] ??= '{"isMailWished":true}'`,
      viewport: { width: 360, height: 740 },
    });
    await page.getByRole("main").getByText("Settings", { exact: true }).click();
    await page.getByText(/^Cannot send mail: .*docs\/email_setup\.md$/).waitFor(WAIT);
    assert.ok(await mailBox(page).isDisabled());
    assert.ok(!await mailBox(page).isChecked());
    assert.equal(await page.getByText(/^When it ends, the summary comes/).count(), 0);
    assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
    await startSession(page);
    await untilState(page, "Away");
    await endSession(page);
    assert.deepEqual(requests.filter((request) => request.url().endsWith("/send")), []);
    assert.deepEqual(problems, []);
  },
});
