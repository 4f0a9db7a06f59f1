/**
 * Mail: whether the server takes us, and a real mail where one is wished.
 * @module
 */
import type { Config } from "../config/load.ts";
import { mailConfig, type ReadyMail } from "../config/mail.ts";
import type { MailContent } from "../core/messages.ts";
import { createMailNotifier, verifyMail } from "../notifiers/email_smtp.ts";
import type { Check } from "./check.ts";
import { notReady, testResult } from "./message_result.ts";

const WAYS = { implicit: "by TLS", starttls: "by STARTTLS", none: "without TLS" } as const;

/** Whether the mail server takes the login; nothing is sent. */
export async function checkMail({ settings }: Config): Promise<Check> {
  const name = "mail";
  const account = mailConfig(settings);
  if (account.kind !== "ready") return notReady(name, account, "docs/email_setup.md");
  const failure = await verifyMail(account);
  if (failure) return { name, status: "fail", detail: failure.reason, remedy: failure.remedy };
  const login = account.username === undefined ? "without a login" : "with the login";
  const detail = `${account.host}:${account.port} ${WAYS[account.secure]}, ${login}, to ` +
    account.to.join(", ");
  if (account.secure !== "none" || isLoopback(account.host)) return { name, status: "ok", detail };
  const remedy =
    "others can read the password and the mail on the way: set FOCUS_SMTP_USE_TLS=true";
  return { name, status: "warn", detail, remedy };
}

/** Sends a mail to each recipient, and says what the server answered; `sentence` says who sent it. */
export async function* sendTestMail(
  account: ReadyMail,
  sentence = "prodtracker doctor --send-test sent this.",
): AsyncGenerator<Check> {
  const notifier = createMailNotifier(account);
  const domain = account.from.address.slice(account.from.address.lastIndexOf("@") + 1);
  const messageId = `<test.${crypto.randomUUID()}@${domain}>`;
  for (const to of account.to) {
    const mail = { ...testMail(sentence), to, messageId };
    const result = await notifier.send(mail, new AbortController().signal);
    yield testResult("test mail", to, result);
  }
}

function testMail(sentence: string): MailContent {
  return {
    subject: "ProdTracker: a test",
    text: `It works.\n\n${sentence}\n`,
    html: `<p><b>It works.</b></p><p>${sentence}</p>`,
  };
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\./.test(host);
}
