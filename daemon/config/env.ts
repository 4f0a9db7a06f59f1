import type { Env } from "./paths.ts";

/** Nobody else's business: whatever this process starts would inherit them. */
const CREDENTIALS: ReadonlySet<string> = new Set(["FOCUS_SMTP_PASSWORD", "TWILIO_AUTH_TOKEN"]);
const taken = new Map<string, string>();

/** The environment of this process; the one place that reads it. Credentials are out of it once they were read. */
export const systemEnv: Env = (name) => {
  const value = Deno.env.get(name);
  if (!CREDENTIALS.has(name)) return value;
  if (value !== undefined) {
    taken.set(name, value);
    Deno.env.delete(name);
  }
  return taken.get(name);
};
