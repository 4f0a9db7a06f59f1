/**
 * A connection to the D-Bus session that ends quietly, and whose calls end in time.
 * @module
 */
import type { Message, MessageBus } from "@jellybrick/dbus-next";
import type { EventEmitter } from "node:events";
import type { Socket } from "node:net";

export interface MethodCall {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly signature?: string;
  readonly body?: readonly unknown[];
}

/** A signal, or the reply to a call. */
export interface Told {
  /** The unique name of who sent it. */
  readonly sender: string;
  readonly member: string;
  readonly body: readonly unknown[];
}

export interface SessionBusOptions {
  readonly onSignal: (signal: Told) => void;
  /** Called once, however it ends. */
  readonly onClose: () => void;
  /** Whether the process lives on for it. */
  readonly holdsProcess: boolean;
}

/** A service may have to be started by the call. */
const CALL_MS = 5_000;
const CONNECT_MS = 3_000;

/** Nobody answered in time, or the bus went away. */
export class SilentBusError extends Error {
  override name = "SilentBusError";
}

export class SessionBus {
  #isOpen = true;
  /** The calls that wait, to be told when it ends. */
  #waiting = new Set<(error: Error) => void>();

  private constructor(
    private readonly bus: MessageBus,
    private readonly newMessage: (call: MethodCall) => Message,
    private readonly options: SessionBusOptions,
  ) {}

  /** @throws {Error} when nobody answers there, or the bus does not want this user. */
  static async open(address: string, options: SessionBusOptions): Promise<SessionBus> {
    const dbus = await import("@jellybrick/dbus-next");
    const bus = dbus.sessionBus({ busAddress: address, authMethods: ["EXTERNAL"] });
    const newMessage = ({ body = [], ...call }: MethodCall) =>
      new dbus.Message({ ...call, body: [...body] });
    const session = new SessionBus(bus, newMessage, options);
    // An error of the bus is its end; without a listener it would be the program's.
    bus.on("error" as "connect", ((error: Error) => session.#end(error)) as () => void);
    connectionOf(bus).on("end", () => session.#end(new SilentBusError("the D-Bus session ended")));
    connectionOf(bus).on("connect", () => session.#guardReader());
    bus.on("message", (message) => session.#take(message));
    try {
      const connected = new Promise<void>((resolve) => bus.once("connect", resolve));
      await session.#inTime(connected, CONNECT_MS);
    } catch (error) {
      session.close();
      throw error;
    }
    if (!options.holdsProcess) connectionOf(bus).stream?.unref();
    return session;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** @throws {Error} what the other side answered; {@linkcode SilentBusError} when it did not. */
  async call(call: MethodCall, limitMs = CALL_MS): Promise<Told> {
    if (!this.#isOpen) throw new SilentBusError("the D-Bus session ended");
    const reply = await this.#inTime(this.bus.call(this.newMessage(call)), limitMs);
    return { sender: reply?.sender ?? "", member: call.member, body: reply?.body ?? [] };
  }

  /** Asks for the signals that a match rule describes. */
  async listen(rule: string): Promise<void> {
    await this.call({
      destination: "org.freedesktop.DBus",
      path: "/org/freedesktop/DBus",
      interface: "org.freedesktop.DBus",
      member: "AddMatch",
      signature: "s",
      body: [rule],
    });
  }

  close(): void {
    this.#end(new SilentBusError("the D-Bus session was closed"));
  }

  /** What the package's reader throws at a broken message would be nobody's to catch. */
  #guardReader(): void {
    const { stream } = connectionOf(this.bus);
    if (!stream) return;
    const on = stream.on.bind(stream) as (event: string, listener: () => void) => Socket;
    stream.on = ((event: string, listener: () => void) =>
      on(
        event,
        event !== "readable" ? listener : () => {
          try {
            listener();
          } catch (error) {
            this.#end(error as Error);
          }
        },
      )) as Socket["on"];
  }

  #take(message: Message): void {
    const SIGNAL = 4;
    if (message.type !== SIGNAL) return;
    const { sender, member, body } = message;
    // Who waits for a reply that came just before sees it first.
    setTimeout(() => this.#isOpen && this.options.onSignal({ sender, member, body }), 0);
  }

  #end(error: Error): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    connectionOf(this.bus).stream?.destroy();
    for (const fail of this.#waiting) fail(error);
    this.options.onClose();
  }

  /** What `promise` resolves with, unless it takes longer or the connection ends. */
  async #inTime<T>(promise: Promise<T>, limitMs: number): Promise<T> {
    const { promise: ended, reject } = Promise.withResolvers<never>();
    const late = () => reject(new SilentBusError(`no answer in ${limitMs / 1_000} s`));
    const timer = setTimeout(late, limitMs);
    this.#waiting.add(reject);
    try {
      return await Promise.race([promise, ended]);
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(reject);
    }
  }
}

/** The package has no other way to learn of the end, to cut it short, or to let the process go. */
function connectionOf(bus: MessageBus): EventEmitter & { readonly stream?: Socket } {
  return (bus as unknown as { _connection: EventEmitter & { stream?: Socket } })._connection;
}
