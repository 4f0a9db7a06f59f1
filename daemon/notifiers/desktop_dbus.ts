/**
 * Notifications by the desktop's own service: org.freedesktop.Notifications on the D-Bus session.
 * @module
 */
import type { Notification, ShownNotification } from "../core/notification.ts";
import { sessionBusAddress } from "./dbus_address.ts";
import { SessionBus, SilentBusError, type Told } from "./dbus_session.ts";
import {
  APP,
  type DesktopCandidate,
  escaped,
  expiryMs,
  HindranceError,
} from "./desktop_candidate.ts";

const NAME = "org.freedesktop.Notifications", PATH = "/org/freedesktop/Notifications";

const SIGNALS = `type='signal',interface='${NAME}',path='${PATH}'`;
/** The service ended, and what it showed with it. */
const OWNERS =
  `type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='${NAME}'`;

/** A program that ends does not wait for a service longer than this. */
const CLOSE_MS = 1_000;

const NO_SESSION = {
  reason: "there is no D-Bus session",
  remedy: "start it inside a desktop session (DBUS_SESSION_BUS_ADDRESS says where it is)",
};
const NO_SERVICE = {
  reason: "no program of this desktop shows notifications",
  remedy: "start one (Debian, Ubuntu: sudo apt install dunst)",
};

export interface DbusOptions {
  readonly env: (name: string) => string | undefined;
  /** Whether the process lives on while one is up. */
  readonly holdsProcess: boolean;
}

/** One that is up. */
class Up {
  #answer = Promise.withResolvers<string | undefined>();
  readonly answer = this.#answer.promise;
  /** Resolves when nothing of it is left. */
  readonly gone = this.#untilGone();

  constructor(
    readonly bus: SessionBus,
    /** The service that shows it, by its unique name: another one would have others under this number. */
    readonly sender: string,
    readonly id: number,
  ) {}

  end(answer?: string): void {
    this.#answer.resolve(answer);
  }

  async takeAway(): Promise<void> {
    this.end();
    await this.gone;
  }

  async #untilGone(): Promise<void> {
    await this.answer;
    // Not every service takes one away because it was answered.
    await this.bus.call({
      destination: this.sender,
      path: PATH,
      interface: NAME,
      member: "CloseNotification",
      signature: "u",
      body: [this.id],
    }, CLOSE_MS).catch(() => {});
  }
}

/** The connection is there only while a notification is. */
export class DbusNotifications implements DesktopCandidate {
  #bus: Promise<SessionBus> | undefined;
  /** Notifications that are up or on their way. */
  #users = 0;
  #up = new Set<Up>();

  constructor(private readonly options: DbusOptions) {}

  async show(notification: Notification): Promise<ShownNotification> {
    this.#users++;
    try {
      const bus = await this.#connect();
      const { sender, body: [id] } = await notify(bus, notification);
      const up = new Up(bus, sender, Number(id));
      this.#up.add(up);
      up.gone.then(() => {
        this.#up.delete(up);
        this.#release();
      });
      if (!bus.isOpen) up.end();
      return { by: "D-Bus", answer: up.answer, close: () => up.takeAway() };
    } catch (error) {
      this.#release();
      throw hindrance(error as Error);
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#up].map((up) => up.takeAway()));
  }

  #connect(): Promise<SessionBus> {
    if (this.#bus) return this.#bus;
    // One that ended, or never began, is nobody's any more.
    const drop = () => {
      if (this.#bus === bus) this.#bus = undefined;
    };
    const bus = this.#open(drop);
    bus.catch(drop);
    return this.#bus = bus;
  }

  async #open(onClose: () => void): Promise<SessionBus> {
    const address = sessionBusAddress(this.options.env);
    if (address === undefined) throw new HindranceError(NO_SESSION.reason, NO_SESSION.remedy);
    const bus = await SessionBus.open(address, {
      holdsProcess: this.options.holdsProcess,
      onSignal: (signal) => this.#hear(signal),
      onClose: () => {
        onClose();
        this.#forget((up) => !up.bus.isOpen);
      },
    });
    try {
      await Promise.all([bus.listen(SIGNALS), bus.listen(OWNERS)]);
      return bus;
    } catch (error) {
      bus.close();
      throw error;
    }
  }

  #hear({ sender, member, body: [first, second, third] }: Told): void {
    if (member === "NameOwnerChanged") {
      if (first === NAME && second !== third) this.#forget((up) => up.sender === second);
    } else if (member === "ActionInvoked" || member === "NotificationClosed") {
      const answer = member === "ActionInvoked" ? String(second) : undefined;
      this.#forget((up) => up.sender === sender && up.id === first, answer);
    }
  }

  #forget(which: (up: Up) => boolean, answer?: string): void {
    for (const up of this.#up) if (which(up)) up.end(answer);
  }

  #release(): void {
    if (--this.#users > 0) return;
    const bus = this.#bus;
    this.#bus = undefined;
    bus?.then((bus) => bus.close(), () => {});
  }
}

/** Asks the service, which may have been changed since, what it can do, and to show it. */
async function notify(bus: SessionBus, notification: Notification): Promise<Told> {
  const { Variant } = await import("@jellybrick/dbus-next");
  const service = { destination: NAME, path: PATH, interface: NAME };
  const { body: [told] } = await bus.call({ ...service, member: "GetCapabilities" });
  const can = new Set(Array.isArray(told) ? told.map(String) : []);
  const { title, body, isUrgent, actions = [] } = notification;
  const text = can.has("body-markup") ? escaped(body) : body;
  return bus.call({
    ...service,
    member: "Notify",
    signature: "susssasa{sv}i",
    body: [
      APP,
      0,
      "",
      // Some show one text only.
      can.has("body") || body === "" ? title : `${title}: ${body}`,
      can.has("body") ? text : "",
      can.has("actions") ? actions.flatMap(({ id, label }) => [id, label]) : [],
      {
        urgency: new Variant("y", isUrgent ? 2 : 1),
        "desktop-entry": new Variant("s", "prodtracker"),
        category: new Variant("s", "x-prodtracker.nudge"),
      },
      expiryMs(notification),
    ],
  });
}

/** Why it could not be shown, in the words of a person who has a desktop. */
function hindrance(error: Error): HindranceError {
  if (error instanceof HindranceError) return error;
  const options = { cause: error };
  if (error instanceof SilentBusError) {
    const reason = `the desktop's notification service does not answer (${error.message})`;
    return new HindranceError(reason, "start it anew", { ...options, isFinal: true });
  }
  if ("type" in error && /\.(ServiceUnknown|NameHasNoOwner|UnknownMethod)$/.test(`${error.type}`)) {
    return new HindranceError(NO_SERVICE.reason, NO_SERVICE.remedy, options);
  }
  if (/ENOENT|ECONNREFUSED/.test(error.message)) {
    return new HindranceError(NO_SESSION.reason, NO_SESSION.remedy, options);
  }
  const reason = `the D-Bus session says: ${error.message.split("\n")[0].slice(0, 200)}`;
  return new HindranceError(reason, "start it as the user of this desktop", options);
}
