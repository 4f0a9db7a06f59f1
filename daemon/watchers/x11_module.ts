/**
 * The part of npm `x11` that the watchers use, typed (the package has no types), and its lazy import.
 * @module
 */
import type { Socket } from "node:net";

/** Answers one request; returning true says that an error has been dealt with. */
export type Reply<T> = (error: XError | null | undefined, value: T) => boolean;

/** An error the X server answers with; `error` is its number in the core protocol. */
export interface XError extends Error {
  readonly error?: number;
}

/** What the server tells without being asked; the fields that there are depend on `name`. */
export interface XEvent {
  readonly name: string;
  /** The window it is about. */
  readonly wid?: number;
  /** PropertyNotify: the property. */
  readonly atom?: number;
  /** AlarmNotify: the alarm, and the value of its counter when it went off. */
  readonly alarm?: number;
  readonly counterValue?: number;
}

export interface XProperty {
  /** Atom of the type; 0 when the window has no such property. */
  readonly type: number;
  /** Bits per element: 8, 16 or 32. */
  readonly format: number;
  /** 16 and 32 bit elements are little-endian. */
  readonly data: Uint8Array;
}

/** The SYNC extension. */
export interface XSync {
  readonly TestType: { readonly PositiveTransition: number; readonly NegativeTransition: number };
  ListSystemCounters(
    reply: Reply<readonly { readonly counter: number; readonly name: string }[]>,
  ): void;
  QueryCounter(counter: number, reply: Reply<number>): void;
  CreateAlarm(id: number, values: {
    counter: number;
    value: number;
    testType: number;
    delta: number;
    events: number;
  }): void;
}

export interface XClient {
  /** Known atoms by name. */
  atoms: Record<string, number>;
  on(name: "event", listener: (event: XEvent) => void): void;
  on(name: "error", listener: (error: XError) => void): void;
  require(extension: "sync", reply: (error: Error | null, sync: XSync) => void): void;
  AllocID(): number;
  InternAtom(onlyIfExists: boolean, name: string, reply: Reply<number>): void;
  /** `offset` and `length` count units of 4 bytes; `type` 0 accepts any. */
  GetProperty(
    remove: 0,
    window: number,
    atom: number,
    type: number,
    offset: number,
    length: number,
    reply: Reply<XProperty>,
  ): void;
  /** `mapState` 0 is unmapped. */
  GetWindowAttributes(window: number, reply: Reply<{ readonly mapState: number }>): void;
  GetInputFocus(reply: Reply<{ readonly focus: number }>): void;
  QueryTree(window: number, reply: Reply<{ readonly parent: number }>): void;
  ChangeWindowAttributes(window: number, values: { eventMask: number }): void;
}

export interface XDisplay {
  readonly client: XClient;
  readonly screen: readonly { readonly root: number }[];
}

export interface ParsedDisplay {
  /** "" when DISPLAY names none. */
  readonly protocol: string;
  readonly host: string;
  readonly displayNum: string | number;
  readonly screenNum: string | number;
}

export interface X11Module {
  createClient(
    options: {
      readonly stream: Socket;
      readonly display: string;
      readonly auth: { readonly name: string; readonly data: string };
      readonly disableBigRequests: boolean;
    },
    connected: (error: Error | undefined, display: XDisplay) => void,
  ): XClient;
  /** @throws when the text is not of the form `host:number`. */
  parseDisplay(display: string): ParsedDisplay;
  readonly eventMask: {
    readonly PropertyChange: number;
    readonly FocusChange: number;
    readonly StructureNotify: number;
  };
}

/** Loads the package, on first use: a machine without an X display never pays for it. */
export async function loadX11(): Promise<X11Module> {
  return (await import("x11")).default as X11Module;
}
