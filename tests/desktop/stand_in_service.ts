/**
 * A notification service of a desktop that is not dunst: it can what it is told to can, and shows nothing.
 * @module
 */
import { Message, type MessageBus, MessageType, sessionBus } from "@jellybrick/dbus-next";

const NAME = "org.freedesktop.Notifications", PATH = "/org/freedesktop/Notifications";

export interface StandInService extends Disposable {
  /** The arguments of every Notify, in order. */
  readonly notified: unknown[][];
  /** The numbers of every CloseNotification. */
  readonly closed: unknown[];
  /** Tells everybody, as the service does. */
  signal(member: "ActionInvoked" | "NotificationClosed", id: number, second: string | number): void;
  /** Resolves when the bus has taken all that it said. */
  delivered(): Promise<void>;
}

export interface StandInOptions {
  readonly capabilities: readonly string[];
  /** Called before the reply to Notify; it may signal at once after it. */
  readonly onNotify?: (id: number, service: StandInService) => void;
  /** Of a program that is not the service at all. @default true */
  readonly ownsName?: boolean;
}

/** Connects to a bus; its numbers begin with 41. */
export async function startStandIn(
  busAddress: string,
  { capabilities, onNotify, ownsName = true }: StandInOptions,
): Promise<StandInService> {
  const bus = sessionBus({ busAddress });
  const notified: unknown[][] = [], closed: unknown[] = [];
  const service: StandInService = {
    notified,
    closed,
    signal(member, id, second) {
      const signature = member === "ActionInvoked" ? "us" : "uu";
      bus.send(Message.newSignal(PATH, NAME, member, signature, [id, second]));
    },
    async delivered() {
      const name = "org.freedesktop.DBus", path = "/org/freedesktop/DBus";
      await bus.call(new Message({ destination: name, path, interface: name, member: "GetId" }));
    },
    [Symbol.dispose]: () => end(bus),
  };
  bus.addMethodHandler((message) => {
    if (message.type !== MessageType.METHOD_CALL || message.interface !== NAME) return false;
    const reply = (signature: string, ...body: unknown[]) =>
      bus.send(Message.newMethodReturn(message, signature, body));
    if (message.member === "GetCapabilities") reply("as", capabilities);
    else if (message.member === "Notify") {
      const id = 40 + notified.push(message.body);
      reply("u", id);
      onNotify?.(id, service);
    } else {
      closed.push(message.body[0]);
      reply("");
    }
    return true;
  });
  await new Promise<void>((resolve) => bus.once("connect", resolve));
  if (ownsName) await bus.requestName(NAME);
  return service;
}

function end(bus: MessageBus): void {
  const { _connection } = bus as unknown as { _connection: { stream: { destroy(): void } } };
  _connection.stream.destroy();
}
