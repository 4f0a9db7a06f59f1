/**
 * `pair`: lets a phone tell this computer what it is doing.
 * @module
 */
import type { Command } from "@commander-js/extra-typings";
import { setupLink } from "../../daemon/core/setup_link.ts";
import { connect, type Context, type Define } from "../context.ts";
import { examples } from "../help.ts";
import { note, print, printJson, terminal } from "../output.ts";
import { bold, dim, green, red, yellow } from "../style.ts";
import { table } from "../table.ts";
import { clean } from "../text.ts";
import { clock, duration } from "../words.ts";

/** `POST /phone/pair_admin` */
interface Paired {
  readonly device_id: string;
  readonly name: string;
  readonly secret: string;
  readonly url: string | null;
}

/** One of `GET /phone/devices` */
interface Device {
  readonly device_id: string;
  readonly name: string;
  readonly paired: string;
  readonly revoked: string | null;
  readonly last_seen: string | null;
}

export const define: Define = (command, context) => {
  definePair(command, context);
  defineToken(command.command("token"), context);
  defineList(command.command("list"), context);
  defineRevoke(command.command("revoke"), context);
  examples(
    command,
    ["pair pixel-8 --name 'My phone'", "a QR code for the phone to scan"],
    ["pair token pixel-8", "a token with which the phone pairs itself"],
    ["pair list", "who is paired, and when it was heard of last"],
    ["pair revoke pixel-8", "lost it"],
  );
};

function definePair(command: Command, context: Context): void {
  command.argument("[device_id]", "a name of your choice: letters, digits, . _ : -")
    .option("--name <text>", "what people call it (default: the id)")
    .option("--rotate", "give a phone that is paired already a new secret")
    .option("--bearer", "for a phone that cannot sign: it may send its secret, by TLS only")
    .option("--svg", "print the QR code as SVG, and nothing else")
    .option("--light", "for a terminal with dark text on light ground")
    .option("--json", "print JSON")
    .action(async (deviceId, { name, rotate, bearer, svg, light, json }) => {
      if (deviceId === undefined) return command.help();
      const client = await connect(context);
      const paired = await client.send<Paired>("POST", "/phone/pair_admin", {
        device_id: deviceId,
        name: name ?? deviceId,
        rotate,
        bearer,
      });
      const link = setupLink(paired);
      if (json) return printJson({ ...paired, setup: link });
      const { qrLines, qrSvg } = await import("../qr.ts");
      if (svg) return print(qrSvg(link));
      print(...qrLines(link, { inverse: light }), "");
      print(...configLines(paired), "");
      if (paired.url === null) {
        note(
          yellow(
            "PC_IP is not set: the phone does not know where to reach this computer; see docs/phone_setup.md",
          ),
        );
      }
      note(`${green("Paired.")} The secret is shown this once; scan the code, or copy it`);
    });
}

function configLines({ device_id, secret, url }: Paired): string[] {
  return table([{}, {}], [
    [{ text: "device_id", paint: bold }, device_id],
    [{ text: "secret", paint: bold }, secret],
    [{ text: "url", paint: bold }, url ?? "(set PC_IP)"],
  ], 200);
}

function defineToken(command: Command, context: Context): void {
  command.summary("make a one-time token").description(
    "Makes a token with which a phone pairs itself, once, within ten minutes.",
  )
    .argument("<device_id>", "the phone it is for")
    .option("--json", "print JSON")
    .action(async (deviceId, { json }) => {
      const client = await connect(context);
      const body = { device_id: deviceId };
      const made = await client.send<{ token: string; expires: string }>(
        "POST",
        "/phone/token",
        body,
      );
      if (json) return printJson(made);
      print(made.token);
      note(dim(`Good until ${clock(made.expires)}, once, for ${clean(deviceId)}`));
    });
}

function defineList(command: Command, context: Context): void {
  command.summary("show the phones").description("Shows the phones that are or were paired.")
    .option("--json", "print JSON")
    .action(async ({ json }) => {
      const client = await connect(context);
      const devices = await client.get<Device[]>("/phone/devices");
      if (json) return printJson(devices);
      if (devices.length === 0) {
        return note("No phone is paired; prodtracker pair <device_id> does it");
      }
      const columns = [
        { title: "device" },
        { title: "name", shrinkTo: 8 },
        { title: "last seen" },
        {},
      ];
      print(...table(columns, devices.map(deviceRow), terminal.columns));
    });
}

function deviceRow({ device_id, name, last_seen, revoked }: Device) {
  const ago = last_seen === null
    ? "never"
    : `${duration((Date.now() - Date.parse(last_seen)) / 1000)} ago`;
  const state = revoked === null
    ? { text: "paired", paint: green }
    : { text: "revoked", paint: red };
  return [device_id, name, ago, state];
}

function defineRevoke(command: Command, context: Context): void {
  command.summary("take a phone's secret away").description(
    "Takes a phone's secret away; what it told stays.",
  )
    .argument("<device_id>", "the phone")
    .option("--json", "print JSON")
    .action(async (deviceId, { json }) => {
      const client = await connect(context);
      const done = await client.send("POST", "/phone/revoke", { device_id: deviceId });
      if (json) printJson(done);
      else print(`${clean(deviceId)} is no longer paired`);
    });
}
