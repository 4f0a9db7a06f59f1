/**
 * What the doctor says of a channel, and of a message that it sent.
 * @module
 */
import type { NotReady } from "../config/mail.ts";
import type { SendResult } from "../core/messages.ts";
import type { Check } from "./check.ts";

/** How the test of a channel went; `name` is of the check. */
export function testResult(name: string, recipient: string, result: SendResult): Check {
  if (result.kind === "sent") {
    return { name, status: "ok", detail: `${recipient}: ${result.answer || "it was taken"}` };
  }
  const { detail, remedy } = split(result.reason);
  const said = `${recipient}: ${detail}`;
  // A server that wants to see it twice is well: the outbox comes again.
  if (result.kind !== "later") return { name, status: "fail", detail: said, remedy };
  return { name, status: "warn", detail: said, remedy: remedy ?? "try again in some minutes" };
}

/** What is said of a channel without an account, or with half of one. */
export function notReady(name: string, { kind, hindrance }: NotReady, page: string): Check {
  if (kind === "half") return { name, status: "fail", ...split(hindrance) };
  const remedy = `to have summaries sent, see ${page}`;
  return { name, status: "off", detail: "no account is set", remedy };
}

/** "what was found; what to do" in its two parts. */
export function split(line: string): { readonly detail: string; readonly remedy?: string } {
  const at = line.indexOf("; ");
  return at < 0 ? { detail: line } : { detail: line.slice(0, at), remedy: line.slice(at + 2) };
}
