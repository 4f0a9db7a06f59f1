/**
 * Mail by SMTP.
 * @module
 */
import type { ReadyMail } from "../config/mail.ts";
import type { Notifier, OutgoingMail, SendResult } from "../core/messages.ts";
import { type MailFailure, mailFailure } from "./smtp_failure.ts";
import { type SmtpOptions, talkSmtp } from "./smtp_session.ts";

/** Sends mail from an account, one connection a mail. */
export function createMailNotifier(
  config: ReadyMail,
  options: Omit<SmtpOptions, "signal"> = {},
): Notifier<OutgoingMail> {
  return {
    async send(mail, signal): Promise<SendResult> {
      try {
        const bytes = await composeMail(mail, config);
        const wire = { from: config.from.address, to: mail.to, bytes };
        const answer = await talkSmtp(config, wire, { ...options, signal });
        return { kind: "sent", answer: answer.replaceAll(/\s+/g, " ").trim() };
      } catch (error) {
        const { kind, reason, remedy } = mailFailure(error, config);
        return { kind, reason: remedy === undefined ? reason : `${reason}; ${remedy}` };
      }
    },
  };
}

/** Connects and logs in, without sending anything; `undefined`: the server takes us. */
export async function verifyMail(
  config: ReadyMail,
  options: SmtpOptions = {},
): Promise<MailFailure | undefined> {
  try {
    await talkSmtp(config, undefined, options);
    return undefined;
  } catch (error) {
    return mailFailure(error, config);
  }
}

/** The mail as it goes over the wire, dated now. */
async function composeMail(
  mail: OutgoingMail,
  { from }: ReadyMail,
): Promise<Uint8Array<ArrayBuffer>> {
  const { default: MailComposer } = await import("nodemailer/lib/mail-composer");
  const { Buffer } = await import("node:buffer");
  const composer = new MailComposer({
    from: { name: from.name ?? "ProdTracker", address: from.address },
    // As an object: in a text, a comma would make two of it.
    to: { name: "", address: mail.to },
    subject: withoutControls(mail.subject),
    messageId: mail.messageId,
    date: new Date(),
    // Nobody's holiday note answers it.
    headers: { "Auto-Submitted": "auto-generated", "X-Mailer": "ProdTracker" },
    text: mail.text,
    html: mail.html,
    attachments: mail.pictures?.map(({ cid, pngBase64 }) => ({
      cid,
      content: Buffer.from(pngBase64, "base64"),
      contentType: "image/png",
      contentDisposition: "inline",
      filename: `${cid.replaceAll(/[^\w-]+/g, "_")}.png`,
    })),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return new Uint8Array(await composer.compile().build());
}

/** A line break would end the line of the head that the text stands in. */
function withoutControls(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, " ");
}
