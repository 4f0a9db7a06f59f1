/** Debian's cron runs the built program, from the empty environment that it gives. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { waitFor } from "../daemon_process.ts";
import { MAIL_SERVER_NEEDS, startMailServer } from "../mail/mail_server.ts";
import { CRON_NEEDS, installProgram, startCron } from "./cron_world.ts";

Deno.test({
  name: "cron: each minute runs it, one mail arrives, and nothing is said" +
    `${CRON_NEEDS.suffix}${MAIL_SERVER_NEEDS.suffix}`,
  ignore: CRON_NEEDS.ignore || MAIL_SERVER_NEEDS.ignore,
  async fn() {
    const dir = await Deno.makeTempDir({ prefix: "prodtracker-cron-" });
    try {
      await using server = await startMailServer();
      const program = await installProgram(dir);
      const { DENO_CERT: _, ...env } = server.env("plain");
      const good = await homeWith(join(dir, "good"), env);
      const half = await homeWith(join(dir, "half"), { FOCUS_SMTP_HOST: "localhost" });
      const job = `${program} summary --day --email`;
      // Two begin at the same moment; a third cannot send anything.
      await using cron = await startCron(dir, (world) =>
        [
          `HOME=${good}`,
          `* * * * * env > ${world}/env; ${job}; echo $? >> ${world}/codes`,
          `* * * * * ${job}; echo $? >> ${world}/codes`,
          `HOME=${half}`,
          `* * * * * ${job}; echo $? >> ${world}/half_codes`,
          "",
        ].join("\n"));
      const codes = (file: string) => cron.read(file).split("\n").filter(Boolean);
      await waitFor(() => codes("codes").length >= 3 || undefined, 200_000);
      assert.deepEqual(new Set(codes("codes")), new Set(["0"]));
      const given = cron.read("env").split("\n").map((line) => line.split("=")[0]).filter(Boolean);
      assert.deepEqual(given.toSorted(), ["HOME", "LOGNAME", "PATH", "PWD", "SHELL"]);
      const mails = await server.mails();
      assert.equal(mails.length, 1, "however often it ran");
      assert.deepEqual(mails[0].envelope.to, ["you@mail.test"]);

      // What a job says cron mails to its user: only the third did, in one line.
      const said = await waitFor(() => {
        const bodies = cron.outputMails().split("From: root").slice(1)
          .map((mail) => mail.split("\n\n").slice(1).join("\n\n"));
        return bodies.length >= codes("half_codes").length && bodies.length > 0
          ? bodies
          : undefined;
      });
      const line =
        "prodtracker: Cannot send mail: FOCUS_EMAIL_FROM and FOCUS_EMAIL_TO are not set; " +
        "see docs/email_setup.md\n";
      assert.deepEqual(new Set(said), new Set([line]));
      assert.deepEqual(new Set(codes("half_codes")), new Set(["2"]));
    } finally {
      await Deno.remove(dir, { recursive: true });
    }
  },
});

/** A home whose data directory, where the program looks by itself, has these settings. */
async function homeWith(home: string, settings: Record<string, string>): Promise<string> {
  const dataDir = join(home, ".local", "share", "prodtracker");
  await Deno.mkdir(dataDir, { recursive: true });
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  await Deno.writeTextFile(join(dataDir, ".env"), lines.join(""), { mode: 0o600 });
  return home;
}
