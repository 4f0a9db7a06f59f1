/**
 * SMS: whether Twilio takes us, and a real SMS where one is wished.
 * @module
 */
import type { Config } from "../config/load.ts";
import { type ReadySms, smsConfig } from "../config/sms.ts";
import { checkAccount, createSmsNotifier } from "../notifiers/sms_twilio.ts";
import type { Check } from "./check.ts";
import { notReady, split, testResult } from "./message_result.ts";

/** Whether Twilio takes the account; nothing is sent, and nothing costs money. */
export async function checkSms({ settings }: Config): Promise<Check> {
  const name = "SMS";
  const account = smsConfig(settings);
  if (account.kind !== "ready") return notReady(name, account, "docs/sms_setup.md");
  const { apiBase, to } = account;
  try {
    const { status, type } = await checkAccount(account);
    if (status !== "active") {
      const remedy = "see Twilio's console";
      return { name, status: "fail", detail: `the account at ${apiBase} is ${status}`, remedy };
    }
    const trial = type === "Trial" ? "; on trial: to verified numbers only" : "";
    return { name, status: "ok", detail: `${apiBase} takes the account, to ${to}${trial}` };
  } catch (error) {
    const { detail, remedy = "see docs/sms_setup.md" } = split((error as Error).message);
    return { name, status: "fail", detail, remedy };
  }
}

/** Sends an SMS, and says what Twilio answered. */
export async function* sendTestSms(account: ReadySms): AsyncGenerator<Check> {
  const sms = { to: account.to, text: "ProdTracker: a test. It works." };
  const result = await createSmsNotifier(account).send(sms, new AbortController().signal);
  yield testResult("test SMS", account.to, result);
}
