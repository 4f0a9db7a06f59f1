/** From a change of focus to the stored event, as a client of the stream sees it after the commit. */
import { startDaemon } from "../daemon_process.ts";
import { startXSession } from "../x_session.ts";
import { bundled, quantile, report, sleep } from "./measure.ts";

await using session = await startXSession();
const daemon = await startDaemon([], {
  entry: await bundled(),
  env: { DISPLAY: session.display },
});
session.run("xterm", "-T", "first");
session.run("xterm", "-T", "second");
await sleep(2_000);
const ids: string[] = [];
for (const title of ["first", "second"]) {
  ids.push(await session.xdotool("search", "--name", `^${title}$`));
}
const waiting: { title: string; seen: (atMs: number) => void }[] = [];
void (async () => {
  const response = await daemon.fetch("/stream");
  let rest = "";
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    const messages = (rest + chunk).split("\n\n");
    rest = messages.pop()!;
    for (const message of messages) {
      if (!message.startsWith("event: event")) continue;
      const { title } = JSON.parse(message.slice(message.indexOf("data: ") + 6));
      if (waiting[0]?.title === title) waiting.shift()!.seen(performance.now());
    }
  }
})().catch(() => {});
await sleep(500);
const samples: number[] = [], cost: number[] = [];
for (let i = 0; i < 60; i++) {
  const title = i % 2 === 0 ? "first" : "second";
  const stored = new Promise<number>((seen) => waiting.push({ title, seen }));
  const startMs = performance.now();
  await session.xdotool("windowfocus", ids[i % 2]);
  cost.push(performance.now() - startMs);
  samples.push(await stored - startMs);
  await sleep(150);
}
report(
  "focus change to stored event, median, xdotool's own time in",
  quantile(samples, 0.5),
  "ms",
  50,
);
report("the same, p95", quantile(samples, 0.95), "ms");
report("xdotool alone, median", quantile(cost, 0.5), "ms");
await daemon.stop();
Deno.removeSync(daemon.dataDir, { recursive: true });
