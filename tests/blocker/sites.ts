/**
 * A small internet on the loopback of a namespace: a name server, the same by HTTPS, and a site on IPv4 and
 * on IPv6.
 * @module
 */
import { join } from "node:path";

export const SITE = "site.example";
export const NAMES = [SITE, `www.${SITE}`];
const V4 = "127.0.0.5", V6 = "fd00::5";

export interface Internet {
  /** Questions asked by HTTPS so far. */
  readonly dohQuestions: () => number;
  readonly dohUrl: string;
  /** The digest of the key of the name server's certificate, for a browser to trust. */
  readonly dohKey: string;
}

export async function openInternet(folder: string): Promise<Internet> {
  await output("ip", "addr", "add", `${V6}/128`, "dev", "lo");
  // With loopback addresses alone, glibc believes that there is no IPv4 at all.
  await output("ip", "addr", "add", "192.0.2.1/32", "dev", "lo");
  const socket = Deno.listenDatagram({ hostname: "127.0.0.1", port: 53, transport: "udp" });
  (async () => {
    for await (const [question, from] of socket) await socket.send(answer(question), from);
  })();
  for (const hostname of [V4, V6]) {
    Deno.serve(
      { hostname, port: 80, onListen() {} },
      () => new Response(`reached ${hostname}`, { headers: { connection: "close" } }),
    );
  }
  const cert = join(folder, "cert.pem"), key = join(folder, "key.pem");
  await output(
    ...["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"] as const,
    ...["-keyout", key, "-out", cert, "-subj", "/CN=doh", "-addext", "subjectAltName=IP:127.0.0.1"],
  );
  let asked = 0;
  Deno.serve({
    hostname: "127.0.0.1",
    port: 8443,
    cert: Deno.readTextFileSync(cert),
    key: Deno.readTextFileSync(key),
    onListen() {},
  }, async (request) => {
    asked++;
    const text = new URL(request.url).searchParams.get("dns");
    const question = text === null
      ? new Uint8Array(await request.arrayBuffer())
      : Uint8Array.fromBase64(text, { alphabet: "base64url" });
    return new Response(answer(question), {
      headers: { "content-type": "application/dns-message", "cache-control": "max-age=1" },
    });
  });
  const digest = `openssl x509 -in ${cert} -pubkey -noout | openssl pkey -pubin -outform der |` +
    " openssl dgst -sha256 -binary | base64";
  const dohKey = (await output("sh", "-c", digest)).stdout.trim();
  return { dohQuestions: () => asked, dohUrl: "https://127.0.0.1:8443/dns-query", dohKey };
}

/** The reply to a question: both kinds of address for the site's names, "no such name" for others. */
function answer(question: Uint8Array): Uint8Array<ArrayBuffer> {
  let at = 12;
  const labels: string[] = [];
  while (question[at] > 0) {
    labels.push(new TextDecoder().decode(question.subarray(at + 1, at + 1 + question[at])));
    at += question[at] + 1;
  }
  const type = question[at + 1] * 256 + question[at + 2];
  const isOurs = NAMES.includes(labels.join(".").toLowerCase());
  const data = !isOurs
    ? undefined
    : type === 1
    ? [127, 0, 0, 5]
    : type === 28
    ? [0xfd, ...new Array(14).fill(0), 5]
    : undefined;
  const head = [
    ...question.subarray(0, 2),
    0x81,
    isOurs ? 0x80 : 0x83,
    0,
    1,
    0,
    data ? 1 : 0,
    0,
    0,
    0,
    0,
  ];
  const record = data ? [0xc0, 12, 0, type, 0, 1, 0, 0, 0, 1, 0, data.length, ...data] : [];
  return Uint8Array.from([...head, ...question.subarray(12, at + 5), ...record]);
}

/** A program's exit code and output. */
export async function output(program: string, ...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(program, { args }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** What getent, curl (both kinds of address) and node make of the site; "reached" or how they failed. */
export async function programsReach(): Promise<Record<string, string>> {
  const url = `http://${SITE}/`;
  const curl = async (kind: string) => {
    const { code, stdout } = await output("curl", kind, "-s", "-m", "5", url);
    return code === 0 && stdout.startsWith("reached") ? "reached" : `failed ${code}`;
  };
  const [getent, curl4, curl6, node] = await Promise.all([
    output("getent", "ahosts", SITE).then(({ stdout }) => {
      const addresses = new Set(
        stdout.split("\n").map((line) => line.split(/\s/)[0]).filter(Boolean),
      );
      if (addresses.has(V4) || addresses.has(V6)) return "reached";
      return [...addresses].every((each) => each === "0.0.0.0" || each === "::") ? "nowhere" : "?";
    }),
    curl("-4"),
    curl("-6"),
    output(
      ...["node", "-e"] as const,
      `fetch("${url}").then((r) => r.text()).then(() => console.log("reached"),
        (error) => console.log(error.cause.code ?? error.cause.errors?.[0].code))`,
    ).then(({ stdout }) => stdout.trim()),
  ]);
  return { getent, curl4, curl6, node };
}

export const ALL_REACHED = {
  getent: "reached",
  curl4: "reached",
  curl6: "reached",
  node: "reached",
};
