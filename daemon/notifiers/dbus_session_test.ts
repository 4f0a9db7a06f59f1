import assert from "node:assert/strict";
import { DbusNotifications, type DbusOptions } from "./desktop_dbus.ts";
import { HindranceError } from "./desktop_candidate.ts";

/** What listens on a socket and is no bus: what it does with who connects. */
type Stranger = (connection: Deno.Conn) => unknown;

const write = (connection: Deno.Conn, ...parts: (string | number[])[]) => {
  const bytes = parts.map((part) =>
    typeof part === "string" ? new TextEncoder().encode(part) : new Uint8Array(part)
  );
  return connection.write(new Uint8Array(bytes.flatMap((part) => [...part])));
};

/** The head of a message (little-endian, a reply) with a body of `length` bytes. */
const head = (length: number) => {
  const bytes = new Uint8Array(16);
  bytes.set([0x6c, 2, 0, 1]);
  new DataView(bytes.buffer).setUint32(4, length, true);
  return [...bytes];
};

const STRANGERS: readonly [what: string, stranger: Stranger, expected: RegExp][] = [
  ["says nothing", () => undefined, /does not answer \(no answer in 3 s\)/],
  ["hangs up", (connection) => connection.close(), /./],
  ["does not want us", (connection) => write(connection, "REJECTED EXTERNAL\r\n"), /says: auth/],
  ["wants something else", (connection) => write(connection, "DATA\r\n"), /says: auth/],
  [
    "hangs up after the greeting",
    (connection) => write(connection, "OK 0123\r\n").then(() => connection.close()),
    /./,
  ],
  ["talks nonsense", (connection) => write(connection, "OK 0123\r\n", "x".repeat(5_000)), /./],
  ["announces much", (connection) => write(connection, "OK 0\r\n", head(0xffff_fff0)), /./],
  [
    "hangs up within a message",
    (connection) => write(connection, "OK 0\r\n", head(4)).then(() => connection.close()),
    /./,
  ],
];

const ignore = Deno.build.os === "windows";

for (const [what, stranger, expected] of STRANGERS) {
  Deno.test({
    name: `a bus that ${what} is a hindrance, and no more`,
    ignore,
    async fn() {
      const path = `${await Deno.makeTempDir()}/bus`;
      const listener = Deno.listen({ transport: "unix", path });
      const open: Deno.Conn[] = [];
      const serving = (async () => {
        for await (const connection of listener) {
          open.push(connection);
          await stranger(connection);
        }
      })();
      const options: DbusOptions = { env: () => `unix:path=${path}`, holdsProcess: true };
      const notifications = new DbusNotifications(options);
      await assert.rejects(notifications.show({ title: "a", body: "b" }), (error: Error) => {
        assert.ok(error instanceof HindranceError, String(error));
        assert.match(error.message, expected);
        assert.doesNotMatch(error.message, /\n/);
        return true;
      });
      await notifications.close();
      listener.close();
      await serving;
      for (const connection of open) {
        try {
          connection.close();
        } catch { /* it did so itself */ }
      }
      await Deno.remove(path.slice(0, -4), { recursive: true });
    },
  });
}

Deno.test("a bus that is not there is said to be none", async () => {
  for (const address of ["unix:path=/nonexistent/bus", "unix:abstract=prodtracker-no-such-bus"]) {
    const notifications = new DbusNotifications({ env: () => address, holdsProcess: true });
    await assert.rejects(
      notifications.show({ title: "a", body: "b" }),
      /there is no D-Bus session/,
    );
  }
});
