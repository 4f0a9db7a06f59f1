/**
 * A phone, as the tests play it.
 * @module
 */
import { createHmac } from "node:crypto";
import type { DaemonProcess } from "../daemon_process.ts";

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown> & { error?: { code: string; message: string } };
  readonly headers: Headers;
}

export interface Beat {
  readonly timestamp: number;
  readonly screen_on: boolean;
  readonly foreground_app: string | null;
}

/** HMAC-SHA256 in hex. */
export function hmac(secret: string, text: string): string {
  return createHmac("sha256", secret).update(text).digest("hex");
}

/** A device that is paired with a daemon. */
export class Phone {
  constructor(private readonly url: string, readonly id: string, readonly secret: string) {}

  static async pair(daemon: DaemonProcess, id: string): Promise<Phone> {
    const response = await send(daemon, "/phone/pair_admin", { device_id: id, name: id });
    const { secret } = await response.json();
    return new Phone(daemon.url, id, secret);
  }

  /** The same device at another address. */
  at(url: string): Phone {
    return new Phone(url, this.id, this.secret);
  }

  /** A heartbeat's body, signed over its canonical JSON. */
  signed(beat: Beat): string {
    const { timestamp, screen_on, foreground_app } = beat;
    const fields = { device_id: this.id, foreground_app, screen_on, timestamp };
    return JSON.stringify({ ...fields, signature: hmac(this.secret, JSON.stringify(fields)) });
  }

  beat(beat: Beat): Promise<Answer> {
    return this.post("/phone/heartbeat", this.signed(beat));
  }

  /** A request signed over its raw body, at `t` seconds. */
  raw(path: string, body: string, t = Math.floor(Date.now() / 1000)): Promise<Answer> {
    const v1 = hmac(this.secret, `${t}.POST.${path}.${body}`);
    return this.post(path, body, { "X-Signature": `t=${t},v1=${v1}` });
  }

  async post(path: string, body: string, headers: HeadersInit = {}): Promise<Answer> {
    const response = await fetch(this.url + path, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers },
      body,
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text === "" ? {} : JSON.parse(text),
      headers: response.headers,
    };
  }
}

/** Sends JSON with the admin token. */
export function send(daemon: DaemonProcess, path: string, body: unknown): Promise<Response> {
  const headers = { "Content-Type": "application/json" };
  return daemon.fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
}

export function nowS(): number {
  return Math.floor(Date.now() / 1000);
}
