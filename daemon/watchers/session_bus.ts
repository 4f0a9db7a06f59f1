/**
 * A connection to a D-Bus, the system's or the session's: a few calls, and signals. It is our own client, as the
 * package that shows notifications takes 12 MB, and this connection is open as long as the daemon runs.
 * @module
 */
import {
  type BusCall,
  type BusMessage,
  decodeMessage,
  encodeCall,
  messageLength,
} from "./session_wire.ts";

const CONNECT_MS = 3_000;
/** Who is asked is running already; a frozen one is not waited for. */
const CALL_MS = 5_000;
const READ_BYTES = 4_096;
const OWNER_CHANGED = "NameOwnerChanged";
const BUS = {
  destination: "org.freedesktop.DBus",
  path: "/org/freedesktop/DBus",
  interface: "org.freedesktop.DBus",
} as const;

export interface BusOptions {
  /** Called with every signal that was asked for, after the replies that came before it were taken. */
  readonly onSignal: (signal: BusMessage) => void;
  readonly signal: AbortSignal;
}

interface Waiting {
  readonly resolve: (reply: BusMessage) => void;
  readonly reject: (error: Error) => void;
}

/** An open connection; see `Bus.open`. */
export class Bus {
  /** Resolves when it was closed from here, rejects when it broke. */
  readonly ended: Promise<void>;
  readonly #settle = Promise.withResolvers<void>();
  readonly #waiting = new Map<number, Waiting>();
  /** Of the names that are listened for: the connection that has each. */
  readonly #owners = new Map<string, string>();
  #serial = 0;
  #endReason: Error | undefined;
  #reading: Promise<void> = Promise.resolve();
  #writing: Promise<void> = Promise.resolve();

  private constructor(private readonly conn: Deno.Conn, private readonly options: BusOptions) {
    this.ended = this.#settle.promise;
    this.ended.catch(() => {});
    options.signal.addEventListener("abort", this.#abort);
  }

  /**
   * Connects to the Unix socket of an address, "unix:path=…" or "unix:abstract=…".
   * @throws {Error} in one line, why it cannot.
   */
  static async open(address: string, options: BusOptions): Promise<Bus> {
    const conn = await Deno.connect({ transport: "unix", path: socketPath(address) });
    const bus = new Bus(conn, options);
    const timer = setTimeout(() => bus.#fail(new Error("no answer")), CONNECT_MS);
    try {
      const rest = await bus.#authenticate();
      bus.#reading = bus.#read(rest);
      await bus.call({ ...BUS, member: "Hello" });
      return bus;
    } catch (error) {
      bus.#fail(error as Error);
      throw bus.#endReason;
    } finally {
      clearTimeout(timer);
    }
  }

  /** What the other side answers. @throws {Error} its error, or why there is no answer. */
  async call(call: BusCall): Promise<readonly unknown[]> {
    if (this.#endReason) throw this.#endReason;
    const serial = ++this.#serial;
    const { promise, ...waiting } = Promise.withResolvers<BusMessage>();
    this.#waiting.set(serial, waiting);
    const late = () => waiting.reject(new Error(`${call.destination} does not answer`));
    const timer = setTimeout(late, CALL_MS);
    try {
      await Promise.race([this.#write(encodeCall(serial, call)), promise]);
      const { type, errorName, body } = await promise;
      if (type === "error") throw new Error(`${errorName}: ${body[0] ?? ""}`);
      return body;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(serial);
    }
  }

  /** A property of an object. @throws {Error} as `call`. */
  async property(object: Pick<BusCall, "destination" | "path">, of: string, name: string) {
    const member = { interface: "org.freedesktop.DBus.Properties", member: "Get" };
    const [value] = await this.call({ ...object, ...member, args: [of, name] });
    return value;
  }

  /** Asks for the signals that a match rule describes. */
  async listen(rule: string): Promise<void> {
    await this.call({ ...BUS, member: "AddMatch", args: [rule] });
  }

  /** Asks to be told who owns a name, whenever that changes; see `ownerChange`. */
  async listenForOwner(name: string): Promise<void> {
    const { destination, interface: of } = BUS;
    const what = `sender='${destination}',interface='${of}',member='${OWNER_CHANGED}'`;
    await this.listen(`type='signal',${what},arg0='${name}'`);
    const [owner] = await this.call({ ...BUS, member: "GetNameOwner", args: [name] })
      .catch(() => []);
    if (typeof owner === "string") this.#owners.set(name, owner);
  }

  /** Whether the owner of a name sent it: anybody may send anything to anybody, also of a name that is not theirs. */
  isFrom(name: string, { sender }: BusMessage): boolean {
    return sender !== undefined && this.#owners.get(name) === sender;
  }

  /** Of a signal that a name has another owner: which name, and whether it has one. */
  ownerChange(
    { sender, member, body }: BusMessage,
  ): { name: string; isThere: boolean } | undefined {
    if (sender !== BUS.destination || member !== OWNER_CHANGED) return undefined;
    return { name: String(body[0]), isThere: body[2] !== "" };
  }

  /** Closes it; resolves when the socket is. */
  async close(): Promise<void> {
    this.#end(new Error("the connection is closed"), () => this.#settle.resolve());
    await Promise.all([this.#reading, this.#writing]);
  }

  readonly #abort = () => void this.close();

  #fail(error: Error): void {
    this.#end(error, () => this.#settle.reject(error));
  }

  #end(reason: Error, settle: () => void): void {
    if (this.#endReason) return;
    this.#endReason = reason;
    this.options.signal.removeEventListener("abort", this.#abort);
    try {
      this.conn.close();
    } catch { /* it is closed */ }
    settle();
    for (const { reject } of this.#waiting.values()) reject(reason);
  }

  /** Introduces this user; returns what came after the answer. */
  async #authenticate(): Promise<Uint8Array> {
    const uid = [...String(Deno.uid() ?? "")].map((digit) => digit.charCodeAt(0).toString(16));
    await this.#write(new TextEncoder().encode(`\0AUTH EXTERNAL ${uid.join("")}\r\n`));
    const buffer = new Uint8Array(READ_BYTES);
    let length = 0;
    while (true) {
      const read = await this.conn.read(buffer.subarray(length));
      if (read === null || read === 0) throw new Error("it hung up");
      length += read;
      const lineEnd = buffer.subarray(0, length).indexOf(0x0a);
      if (lineEnd < 0) continue;
      const line = new TextDecoder().decode(buffer.subarray(0, lineEnd)).trim();
      if (!line.startsWith("OK")) throw new Error("it does not want this user");
      await this.#write(new TextEncoder().encode("BEGIN\r\n"));
      return buffer.slice(lineEnd + 1, length);
    }
  }

  /** One after the other, as one may be taken in parts. */
  #write(bytes: Uint8Array): Promise<void> {
    const written = this.#writing.then(async () => {
      for (let at = 0; at < bytes.length;) at += await this.conn.write(bytes.subarray(at));
    });
    this.#writing = written.catch(() => {});
    return written;
  }

  async #read(rest: Uint8Array): Promise<void> {
    let held = rest;
    const buffer = new Uint8Array(READ_BYTES);
    try {
      while (!this.#endReason) {
        held = await this.#takeFrom(held);
        const read = await this.conn.read(buffer);
        if (read === null) throw new Error("it hung up");
        const joined = new Uint8Array(held.length + read);
        joined.set(held);
        joined.set(buffer.subarray(0, read), held.length);
        held = joined;
      }
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  /** Takes every whole message; returns what is left. */
  async #takeFrom(bytes: Uint8Array): Promise<Uint8Array> {
    for (let length = messageLength(bytes); length !== undefined; length = messageLength(bytes)) {
      if (bytes.length < length) break;
      const message = decodeMessage(bytes.subarray(0, length));
      bytes = bytes.subarray(length);
      if (message.type === "signal") {
        if (this.ownerChange(message)) {
          this.#owners.set(String(message.body[0]), String(message.body[2]));
        }
        if (!this.#endReason) this.options.onSignal(message);
      } else if (message.replySerial !== undefined) {
        this.#waiting.get(message.replySerial)?.resolve(message);
        // Who waits for it sees it before the signals that came after it.
        await new Promise((resolve) => setTimeout(resolve, 0));
      }
    }
    return bytes;
  }
}

function socketPath(address: string): string {
  const [, kind, path] = /^unix:(path|abstract)=(.+)$/.exec(address) ?? [];
  if (path === undefined) throw new Error(`"${address}" is no Unix socket`);
  return kind === "abstract" ? `\0${path}` : path;
}
