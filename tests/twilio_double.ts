/**
 * A stand-in for Twilio's REST API on this computer: records what is asked of it, and answers as told. Unlike the
 * real one it checks nothing but the login, and sends nothing.
 * @module
 */
import { waitFor } from "./daemon_process.ts";

export const TWILIO_ACCOUNT = {
  TWILIO_ACCOUNT_SID: "AC0123456789abcdef0123456789abcdef",
  TWILIO_AUTH_TOKEN: "a-token-of-the-tests",
  TWILIO_FROM_NUMBER: "+15550006666",
  FOCUS_SMS_TO: "+15551234567",
} as const;

/** How an SMS is answered. */
export type TwilioAnswer =
  /** 201, as Twilio does. */
  | "taken"
  /** It is read, and perhaps sent; then the connection ends. */
  | "drop"
  /** It is read, and nothing follows. */
  | "hang"
  /** Twilio refuses: 400 unless said otherwise. */
  | { readonly code: number; readonly message: string; readonly status?: number }
  | { readonly retryAfter: string }
  /** These bytes, whatever they are. */
  | { readonly raw: string }
  /** Taken, but only after that. */
  | Promise<void>;

/** An SMS that was asked for. */
export interface TwilioRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly form: Record<string, string>;
}

export interface TwilioDouble extends AsyncDisposable {
  readonly url: string;
  /** The settings of an account here. */
  readonly env: Record<string, string>;
  /** The SMS that were asked for, in order. */
  readonly requests: readonly TwilioRequest[];
  /** What follows, one after the other; then "taken". */
  answer(...answers: TwilioAnswer[]): void;
  /** Takes the next SMS, but says so only when the result is called. */
  hold(): () => void;
  /** Waits until that many SMS were asked for. */
  asked(count: number): Promise<void>;
}

const CRLF = "\r\n";

/** Listens on a free port of this computer, by TLS where there is a certificate, for "localhost". */
export function startTwilioDouble(tls?: Deno.TlsCertifiedKeyPem): TwilioDouble {
  const where = { hostname: "127.0.0.1", port: 0 };
  const listener = tls ? Deno.listenTls({ ...where, ...tls }) : Deno.listen(where);
  const requests: TwilioRequest[] = [];
  let answers: TwilioAnswer[] = [];
  const open = new Set<Deno.Conn>();
  const { TWILIO_ACCOUNT_SID: sid, TWILIO_AUTH_TOKEN: token } = TWILIO_ACCOUNT;

  const serve = async (connection: Deno.Conn) => {
    const request = await readRequest(connection);
    if (!request) return connection.close();
    const reply = async (status: number, body: unknown, more: readonly string[] = []) => {
      const json = JSON.stringify(body);
      const lines = [
        ...[`HTTP/1.1 ${status} `, "Content-Type: application/json", "Connection: close"],
        ...[`Content-Length: ${new TextEncoder().encode(json).length}`, ...more, "", json],
      ];
      await write(connection, lines.join(CRLF));
      connection.close();
    };
    const refuse = (status: number, code: number, message: string, more?: readonly string[]) =>
      reply(status, { code, message, status, more_info: `https://t.test/errors/${code}` }, more);
    if (request.headers.get("authorization") !== `Basic ${btoa(`${sid}:${token}`)}`) {
      return await refuse(401, 20003, "Authenticate");
    }
    if (request.method === "GET") return await reply(200, { sid, status: "active", type: "Full" });
    requests.push(request);
    const answer = answers.shift() ?? "taken";
    if (answer === "hang") return;
    if (answer === "drop") return connection.close();
    if (answer === "taken" || answer instanceof Promise) {
      await answer;
      const { To: to, From: from, Body: body } = request.form;
      const status = "queued", error_code = null, num_segments = "1";
      const id = `SM${String(requests.length).padStart(32, "0")}`;
      return await reply(201, { sid: id, status, to, from, body, error_code, num_segments });
    }
    if ("raw" in answer) {
      await write(connection, answer.raw);
      return connection.close();
    }
    if ("retryAfter" in answer) {
      return await refuse(429, 20429, "Too Many Requests", [`Retry-After: ${answer.retryAfter}`]);
    }
    await refuse(answer.status ?? 400, answer.code, answer.message);
  };

  const serving = (async () => {
    for await (const connection of listener) {
      open.add(connection);
      // A client that went away is what some of the tests are about.
      serve(connection).catch(() => {});
    }
  })();
  const { port } = listener.addr as Deno.NetAddr;
  const url = tls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`;
  return {
    url,
    env: { ...TWILIO_ACCOUNT, TWILIO_API_BASE: url },
    requests,
    answer: (...next) => answers = [...answers, ...next],
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      answers.push(promise);
      return resolve;
    },
    async asked(count) {
      await waitFor(() => requests.length >= count);
    },
    async [Symbol.asyncDispose]() {
      listener.close();
      for (const connection of open) {
        try {
          connection.close();
        } catch { /* it was closed */ }
      }
      await serving;
    },
  };
}

async function write(connection: Deno.Conn, text: string): Promise<void> {
  const writer = connection.writable.getWriter();
  await writer.write(new TextEncoder().encode(text));
  writer.releaseLock();
}

/** A whole request; `undefined`: the connection ended before. */
async function readRequest(connection: Deno.Conn): Promise<TwilioRequest | undefined> {
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(16 * 1024);
  let text = "";
  while (true) {
    const count = await connection.read(buffer);
    if (count === null) return undefined;
    text += decoder.decode(buffer.subarray(0, count), { stream: true });
    const end = text.indexOf(CRLF + CRLF);
    if (end < 0) continue;
    const [start, ...lines] = text.slice(0, end).split(CRLF);
    const headers = new Headers(lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon), line.slice(colon + 1).trim()] as [string, string];
    }));
    const body = text.slice(end + 4);
    // A form is all ASCII: its length in characters is that in bytes.
    if (body.length < Number(headers.get("content-length") ?? 0)) continue;
    const [method, path] = start.split(" ");
    return { method, path, headers, form: Object.fromEntries(new URLSearchParams(body)) };
  }
}
