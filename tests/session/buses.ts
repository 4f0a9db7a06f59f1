/**
 * The D-Buses of a desktop session, real ones, with stand-ins for logind and for a screen saver on them.
 * @module
 */
import { Message, type MessageBus, MessageType, sessionBus, Variant } from "@jellybrick/dbus-next";
import { waitFor } from "../daemon_process.ts";
import { busConfig } from "../desktop/notification_session.ts";
import { needs } from "../programs.ts";

export const BUS_NEEDS = needs("dbus-daemon");

/** A dbus-daemon at an address of its own. */
export interface TestBus extends AsyncDisposable {
  readonly address: string;
  /** Kills it (SIGKILL). */
  kill(): Promise<void>;
  /** Starts it again at the same address. */
  start(): Promise<void>;
}

/** Starts one. */
export async function startBus(): Promise<TestBus> {
  const dir = await Deno.makeTempDir({ prefix: "bus_" });
  const socket = `${dir}/bus`;
  await Deno.writeTextFile(`${dir}/bus.conf`, busConfig(socket));
  let child: Deno.ChildProcess | undefined;
  const kill = async () => {
    if (!child) return;
    child.kill("SIGKILL");
    await child.status;
    child = undefined;
    await Deno.remove(socket).catch(() => {});
  };
  const start = async () => {
    child = new Deno.Command("dbus-daemon", {
      args: [`--config-file=${dir}/bus.conf`, "--nofork", "--nopidfile"],
      ...{ stdin: "null", stdout: "null", stderr: "null" },
    }).spawn();
    await waitFor(() => Deno.stat(socket).then(() => true, () => undefined));
  };
  await start();
  return {
    address: `unix:path=${socket}`,
    kill,
    start,
    async [Symbol.asyncDispose]() {
      await kill();
      await Deno.remove(dir, { recursive: true });
    },
  };
}

/** A program on a bus that answers calls as `answer` says, by "interface.member" and arguments. */
interface Service extends Disposable {
  signal(path: string, of: string, member: string, signature: string, body: unknown[]): void;
}

type Answer = (
  member: string,
  args: readonly unknown[],
  path: string,
) => [signature: string, ...body: unknown[]] | undefined;

async function serve(address: string, name: string, answer: Answer): Promise<Service> {
  const bus = sessionBus({ busAddress: address });
  bus.addMethodHandler((message) => {
    if (message.type !== MessageType.METHOD_CALL) return false;
    const answered = answer(
      `${message.interface}.${message.member}`,
      message.body,
      String(message.path),
    );
    if (!answered) return false;
    const [signature, ...body] = answered;
    bus.send(Message.newMethodReturn(message, signature, body));
    return true;
  });
  // A killed bus is no error of the test's.
  bus.on("error" as "connect", () => {});
  await new Promise<void>((resolve) => bus.once("connect", resolve));
  await bus.requestName(name);
  return {
    signal: (path, of, member, signature, body) =>
      void bus.send(Message.newSignal(path, of, member, signature, body)),
    [Symbol.dispose]: () => end(bus),
  };
}

function end(bus: MessageBus): void {
  const { _connection } = bus as unknown as { _connection: { stream: { destroy(): void } } };
  _connection.stream.destroy();
}

const LOGIND = "org.freedesktop.login1", ROOT = "/org/freedesktop/login1";
const SESSION_PATH = `${ROOT}/session/_32`;

export interface LogindStandIn extends Disposable {
  /** The session's screen was locked or unlocked, as the desktop tells logind. */
  hint(isLocked: boolean): void;
  /** `loginctl lock-session`. */
  ask(member: "Lock" | "Unlock"): void;
  sleep(isAsleep: boolean): void;
}

/** Takes logind's name on a bus; its session "2" is this user's. */
export async function startLogind(address: string, isLocked = false): Promise<LogindStandIn> {
  let hinted = isLocked, isAsleep = false;
  const service = await serve(address, LOGIND, (member, args, path) => {
    if (member === "org.freedesktop.DBus.Properties.Get") {
      if (args[1] === "PreparingForSleep") return ["v", new Variant("b", isAsleep)];
      if (args[1] === "Display" && path === `${ROOT}/user/self`) {
        return ["v", new Variant("(so)", ["2", SESSION_PATH])];
      }
      if (args[1] === "LockedHint" && path === SESSION_PATH) return ["v", new Variant("b", hinted)];
    }
    return undefined;
  });
  return {
    hint(isLocked) {
      hinted = isLocked;
      const changed = { LockedHint: new Variant("b", isLocked) };
      const of = "org.freedesktop.DBus.Properties", body = [`${LOGIND}.Session`, changed, []];
      service.signal(SESSION_PATH, of, "PropertiesChanged", "sa{sv}as", body);
    },
    ask: (member) => service.signal(SESSION_PATH, `${LOGIND}.Session`, member, "", []),
    sleep(next) {
      isAsleep = next;
      service.signal(ROOT, `${LOGIND}.Manager`, "PrepareForSleep", "b", [next]);
    },
    [Symbol.dispose]: () => service[Symbol.dispose](),
  };
}

/** Somebody else on a bus who sends everybody what logind and a screen saver would, in their names. */
export async function sendForged(address: string): Promise<void> {
  const bus = sessionBus({ busAddress: address });
  await new Promise<void>((resolve) => bus.once("connect", resolve));
  const name = "org.freedesktop.DBus", path = "/org/freedesktop/DBus";
  const ask = { destination: name, path, interface: name };
  const listed = await bus.call(new Message({ ...ask, member: "ListNames" }));
  const names = listed!.body[0] as string[];
  const hint = { LockedHint: new Variant("b", true) };
  const properties = "org.freedesktop.DBus.Properties", session = `${LOGIND}.Session`;
  const saver = "org.gnome.ScreenSaver";
  for (const destination of names.filter((name) => name.startsWith(":"))) {
    const send = (
      path: string,
      of: string,
      member: string,
      signature = "",
      body: unknown[] = [],
    ) => {
      const signal = Message.newSignal(path, of, member, signature, body);
      signal.destination = destination;
      bus.send(signal);
    };
    send(ROOT, `${LOGIND}.Manager`, "PrepareForSleep", "b", [true]);
    send(SESSION_PATH, session, "Lock");
    send(SESSION_PATH, properties, "PropertiesChanged", "sa{sv}as", [session, hint, []]);
    send(`/org/gnome/ScreenSaver`, saver, "ActiveChanged", "b", [true]);
    send(path, name, "NameOwnerChanged", "sss", [LOGIND, ":1.1", ""]);
  }
  await bus.call(new Message({ ...ask, member: "GetId" }));
  end(bus);
}

export interface SaverStandIn extends Disposable {
  cover(isActive: boolean): void;
}

/** Takes the name of a desktop's screen saver on a bus. */
export async function startSaver(
  address: string,
  desktop: string,
  isActive = false,
): Promise<SaverStandIn> {
  const name = `org.${desktop}.ScreenSaver`;
  let covers = isActive;
  const service = await serve(
    address,
    name,
    (member) => member === `${name}.GetActive` ? ["b", covers] : undefined,
  );
  return {
    cover(isActive) {
      covers = isActive;
      service.signal(`/org/${desktop}/ScreenSaver`, name, "ActiveChanged", "b", [isActive]);
    },
    [Symbol.dispose]: () => service[Symbol.dispose](),
  };
}
