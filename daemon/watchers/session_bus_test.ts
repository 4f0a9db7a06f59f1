import assert from "node:assert/strict";
import { Bus } from "./session_bus.ts";

/** What listens on a socket and is no bus: what it does with who connects. */
type Stranger = (connection: Deno.Conn) => unknown;

const write = (connection: Deno.Conn, ...parts: (string | number[])[]) =>
  connection.write(
    new Uint8Array(
      parts.flatMap((part) =>
        typeof part === "string" ? [...new TextEncoder().encode(part)] : part
      ),
    ),
  );

const STRANGERS: readonly [what: string, stranger: Stranger, expected: RegExp][] = [
  ["says nothing", () => undefined, /^no answer$/],
  ["hangs up", (connection) => connection.close(), /./],
  ["does not want us", (connection) => write(connection, "REJECTED EXTERNAL\r\n"), /not want/],
  ["has no end of line", (connection) => write(connection, "x".repeat(5_000)), /./],
  [
    "talks nonsense after the greeting",
    (connection) => write(connection, "OK 0123\r\n", "x".repeat(5_000)),
    /no D-Bus message/,
  ],
  [
    "announces much",
    (connection) =>
      write(connection, "OK 0\r\n", [0x6c, 2, 0, 1, 0xf0, 0xff, 0xff, 0xff], Array(8).fill(0)),
    /a D-Bus message of \d+ bytes/,
  ],
  [
    "hangs up within a message",
    async (connection) => {
      await write(connection, "OK 0\r\n", [0x6c, 2, 0, 1, 4, 0, 0, 0]);
      connection.close();
    },
    /./,
  ],
];

for (const [what, stranger, expected] of STRANGERS) {
  Deno.test({
    name: `a bus that ${what} is refused in one line`,
    ignore: Deno.build.os === "windows",
    async fn() {
      const dir = await Deno.makeTempDir();
      const listener = Deno.listen({ transport: "unix", path: `${dir}/bus` });
      const open: Deno.Conn[] = [];
      const serving = (async () => {
        for await (const connection of listener) {
          open.push(connection);
          await stranger(connection);
        }
      })();
      const { signal } = new AbortController();
      const opening = Bus.open(`unix:path=${dir}/bus`, { onSignal() {}, signal });
      await assert.rejects(opening, (error: Error) => {
        assert.match(error.message, expected);
        assert.doesNotMatch(error.message, /\n/);
        return true;
      });
      listener.close();
      await serving;
      for (const connection of open) {
        try {
          connection.close();
        } catch { /* it did so itself */ }
      }
      await Deno.remove(dir, { recursive: true });
    },
  });
}

Deno.test("an address that is no Unix socket is not connected to", async () => {
  const { signal } = new AbortController();
  for (const address of ["tcp:host=localhost,port=9", "", "unix:path="]) {
    await assert.rejects(Bus.open(address, { onSignal() {}, signal }), /is no Unix socket/);
  }
});
