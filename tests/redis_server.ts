/**
 * A real Redis of the test's own, with a password, on a free port.
 * @module
 */
import { waitFor } from "./daemon_process.ts";

export const REDIS_PASSWORD = "a-password-of-the-tests";

export interface RedisServer extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
  /** SIGKILL; what it held is gone. */
  kill(): Promise<void>;
  /** Starts it again on the same port. */
  restart(): Promise<void>;
  /** Runs a command; its answer as text. */
  ask(...command: string[]): Promise<string>;
}

export async function startRedis(): Promise<RedisServer> {
  const folder = await Deno.makeTempDir({ prefix: "prodtracker-redis-" });
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  let child: Deno.ChildProcess | undefined;
  const ask = async (...command: string[]) => {
    const { stdout, stderr } = await new Deno.Command("redis-cli", {
      args: ["-p", String(port), "--no-auth-warning", ...command],
      env: { REDISCLI_AUTH: REDIS_PASSWORD },
    }).output();
    return new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  };
  const start = async () => {
    child = new Deno.Command("redis-server", {
      args: [
        ...["--port", String(port), "--bind", "127.0.0.1", "--requirepass", REDIS_PASSWORD],
        ...["--save", "", "--appendonly", "no", "--dir", folder],
      ],
      stdout: "null",
      stderr: "null",
    }).spawn();
    await waitFor(async () => (await ask("PING")).startsWith("PONG") || undefined);
  };
  const kill = async () => {
    child?.kill("SIGKILL");
    await child?.status;
    child = undefined;
  };
  await start();
  return {
    port,
    url: `redis://:${REDIS_PASSWORD}@127.0.0.1:${port}/0`,
    kill,
    restart: start,
    ask,
    async [Symbol.asyncDispose]() {
      await kill();
      await Deno.remove(folder, { recursive: true });
    },
  };
}
