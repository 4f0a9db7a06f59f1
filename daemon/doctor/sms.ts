/**
 * SMS: whether Twilio takes us, and a real SMS where one is wished.
 * @module
 */
import type { Config } from "../config/load.ts";
import { type ReadySms, smsConfig } from "../config/sms.ts";
import type { Check } from "./checks.ts";
import { notReady } from "./message_result.ts";

const REPLY_MS = 15_000;

/** Whether Twilio takes the account; nothing is sent, and nothing costs money. */
export async function checkSms({ settings }: Config): Promise<Check> {
  const name = "SMS";
  const account = smsConfig(settings);
  if (account.kind !== "ready") return notReady(name, account, "docs/sms_setup.md");
  return { name, ...await checkAccount(account) };
}

interface TwilioAccount {
  readonly status?: string;
  readonly type?: string;
}

async function checkAccount(account: ReadySms): Promise<Omit<Check, "name">> {
  const { accountSid, authToken, apiBase, to } = account;
  let response: Response;
  try {
    response = await fetch(`${apiBase}/2010-04-01/Accounts/${accountSid}.json`, {
      headers: { Authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}` },
      redirect: "error",
      signal: AbortSignal.timeout(REPLY_MS),
    });
  } catch {
    return { status: "fail", detail: `${apiBase} cannot be reached` };
  }
  const { status = "", type = "" }: TwilioAccount = await response.json().catch(() => ({}));
  if (response.status === 401) {
    const remedy = "check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN; see docs/sms_setup.md";
    return { status: "fail", detail: `${apiBase} refuses the account`, remedy };
  }
  if (!response.ok) return { status: "fail", detail: `${apiBase} answers ${response.status}` };
  if (status === "") return { status: "fail", detail: `${apiBase} is no account of Twilio's` };
  if (status !== "active") {
    const remedy = "see the console of Twilio";
    return { status: "fail", detail: `the account at ${apiBase} is ${status}`, remedy };
  }
  const trial = type === "Trial" ? ", on trial: to verified numbers only" : "";
  return { status: "ok", detail: `${apiBase} takes the account, to ${to}${trial}` };
}
