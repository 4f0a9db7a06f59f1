import assert from "node:assert/strict";
import { sessionBusAddress } from "./dbus_address.ts";

const TOLD: readonly [told: string, address: string | undefined][] = [
  ["unix:path=/run/user/1000/bus", "unix:path=/run/user/1000/bus"],
  ["unix:path=/run/user/1000/bus,guid=0123", "unix:path=/run/user/1000/bus"],
  ["unix:guid=0123,path=/run/bus", "unix:path=/run/bus"],
  ["unix:abstract=/tmp/dbus-x,guid=0123", "unix:abstract=/tmp/dbus-x"],
  ["unix:path=/tmp/a%20b", "unix:path=/tmp/a b"],
  ["unix:path=/tmp/100%", "unix:path=/tmp/100%"],
  ["tcp:host=localhost,port=1;unix:path=/b;unix:path=/c", "unix:path=/b"],
  ["tcp:host=localhost,port=1", undefined],
  ["autolaunch:", undefined],
  ["unixexec:path=/bin/sh", undefined],
  ["disabled:", undefined],
  ["nonsense", undefined],
];

for (const [told, address] of TOLD) {
  Deno.test(`sessionBusAddress() of ${told} is ${address}`, () => {
    const env = (name: string) => name === "DBUS_SESSION_BUS_ADDRESS" ? told : "/nonexistent";
    assert.equal(sessionBusAddress(env), address);
  });
}

Deno.test("sessionBusAddress() looks in the usual place when it is told nothing", async () => {
  const dir = await Deno.makeTempDir();
  const env = (name: string) => name === "XDG_RUNTIME_DIR" ? dir : undefined;
  assert.equal(sessionBusAddress(env), undefined);
  await Deno.writeTextFile(`${dir}/bus`, "");
  assert.equal(sessionBusAddress(env), `unix:path=${dir}/bus`);
  assert.equal(sessionBusAddress(() => undefined), undefined);
  await Deno.remove(dir, { recursive: true });
});
