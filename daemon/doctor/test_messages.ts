/**
 * Real messages for `doctor --send-test`.
 * @module
 */
import type { Config } from "../config/load.ts";
import { mailConfig } from "../config/mail.ts";
import { smsConfig } from "../config/sms.ts";
import type { Check } from "./check.ts";
import { sendTestMail } from "./mail.ts";
import { sendTestSms } from "./sms.ts";

/** Sends a message by each channel that was found well. */
export async function* sendTests(
  config: Config,
  found: { readonly mail: Check; readonly sms: Check },
): AsyncGenerator<Check> {
  if (found.mail.status === "off" && found.sms.status === "off") {
    const detail = "Cannot send a test: neither mail nor SMS has an account";
    const remedy = "see docs/email_setup.md and docs/sms_setup.md";
    yield { name: "test", status: "fail", detail, remedy };
    return;
  }
  const mail = mailConfig(config.settings);
  const sms = smsConfig(config.settings);
  if (mail.kind === "ready" && found.mail.status !== "fail") yield* sendTestMail(mail);
  if (sms.kind === "ready" && found.sms.status !== "fail") yield* sendTestSms(sms);
}
