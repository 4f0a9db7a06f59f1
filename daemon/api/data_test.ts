import assert from "node:assert/strict";
import type { ApiDeps } from "./deps.ts";
import { dataRoutes } from "./data.ts";
import { HttpError } from "./errors.ts";

/** `POST /import` on a store that takes all of it at once. */
function scene() {
  const stored: unknown[] = [];
  const deps = {
    store: {
      import: (events: readonly unknown[]) => {
        stored.push(...events);
        return Promise.resolve(events.map(() => ({ change: "added" })));
      },
    },
    privacy: { filterSubject: (subject: unknown) => subject },
    onImported: () => {},
  } as unknown as ApiDeps;
  const route = dataRoutes(deps).find(({ path }) => path === "/import")!;
  const post = (body: BodyInit) =>
    route.handle({
      ...{ query: { format: "jsonl" }, body: undefined, peer: {}, params: {} },
      request: new Request("http://localhost/import", { method: "POST", body }),
    }) as Promise<{ added: number }>;
  return { stored, post };
}

const line = (i: number) => {
  const [start, end] = [0, 50].map((s) => new Date(Date.UTC(2026, 0, 1, 0, i, s)).toISOString());
  return `${JSON.stringify({ start, end, source: "window", app: "Code" })}\n`;
};

Deno.test("POST /import lets others have their turn, though all of it is there at once", async () => {
  const { post } = scene();
  let turns = 0, isOver = false;
  const turn = () => {
    turns++;
    if (!isOver) setTimeout(turn);
  };
  setTimeout(turn);
  const { added } = await post(Array.from({ length: 2_000 }, (_, i) => line(i)).join(""));
  const during = turns;
  isOver = true;
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(added, 2_000);
  assert.ok(during >= 15, `${during} turns`);
});

Deno.test("POST /import keeps what came before it was stopped, and calls that no error of its own", async () => {
  const { stored, post } = scene();
  let i = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (i === 130) controller.error(new Deno.errors.BadResource("gone"));
      else controller.enqueue(new TextEncoder().encode(line(i++)));
    },
  }, { highWaterMark: 0 });
  await assert.rejects(post(body), (error) => {
    assert.ok(error instanceof HttpError);
    assert.deepEqual([error.status, error.code], [400, "stopped"]);
    return true;
  });
  assert.equal(stored.length, 130);
});
