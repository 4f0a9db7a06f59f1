import assert from "node:assert/strict";
import { join } from "node:path";
import type { FatalError } from "../core/errors.ts";
import { DEFAULT_REGISTRY, npmRegistry, parseNpmrc, readNpmRegistry } from "./npm_registry.ts";

const NOTHING = () => undefined;

Deno.test("parseNpmrc() reads keys and values, without comments and quotes", () => {
  const text = [
    "; a comment",
    "# another",
    "",
    "registry = http://one.test/npm/ ",
    "[a section]",
    'quoted="two words"',
    "single='x'",
    "//one.test/npm/:_authToken=abc=def==",
    "list[]=a",
    "  spaced\t=  value\r",
  ].join("\n");
  assert.deepEqual(parseNpmrc(text, NOTHING), {
    registry: "http://one.test/npm/",
    quoted: "two words",
    single: "x",
    "//one.test/npm/:_authToken": "abc=def==",
    "list[]": "a",
    spaced: "value",
  });
});

Deno.test("parseNpmrc() puts variables in, and leaves what is not set as it stands", () => {
  const env = (name: string) => name === "TOKEN" ? "secret" : undefined;
  assert.deepEqual(parseNpmrc("a=x${TOKEN}y\nb=${OTHER}", env), { a: "xsecrety", b: "${OTHER}" });
});

Deno.test("npmRegistry() has npm's default where nothing is set", () => {
  assert.deepEqual(npmRegistry({}), { url: DEFAULT_REGISTRY, scopes: {}, authorizations: {} });
});

Deno.test("npmRegistry() knows registries of scopes and each way to log in", () => {
  const settings = {
    registry: "https://one.test/npm",
    "@ours:registry": "https://two.test",
    "//one.test/npm/:_authToken": "t",
    "//one.test/npm/:_auth": "bG9naW4=",
    "//two.test/:username": "me",
    "//two.test/:_password": btoa("p:w"),
    "//three.test/:_auth": "YTpi",
  };
  assert.deepEqual(npmRegistry(settings), {
    url: "https://one.test/npm/",
    scopes: { "@ours": "https://two.test/" },
    authorizations: {
      "//one.test/npm/": "Bearer t",
      "//two.test/": `Basic ${btoa("me:p:w")}`,
      "//three.test/": "Basic YTpi",
    },
  });
});

Deno.test("npmRegistry() takes a password as UTF-8, and leaves out a login that has none it can read", () => {
  const password = new TextEncoder().encode("pä:€").toBase64();
  const settings = {
    "//one.test/:username": "mé",
    "//one.test/:_password": password,
    "//two.test/:username": "me",
    "//two.test/:_password": "${UNSET}",
  };
  const login = new TextEncoder().encode("mé:pä:€").toBase64();
  assert.deepEqual(npmRegistry(settings).authorizations, { "//one.test/": `Basic ${login}` });
});

Deno.test("npmRegistry() takes a login out of an address, so that it is never shown", () => {
  const { url, authorizations } = npmRegistry({ registry: "http://me:p%40ss@one.test:8080/npm/" });
  assert.equal(url, "http://one.test:8080/npm/");
  assert.deepEqual(authorizations, { "//one.test:8080/npm/": `Basic ${btoa("me:p@ss")}` });
});

for (const registry of ["nowhere", "file:///etc/", "ftp://one.test/"]) {
  Deno.test(`npmRegistry() refuses the address ${registry} without showing it`, () => {
    assert.throws(() => npmRegistry({ registry }), (error: FatalError) => {
      assert.equal(error.exitCode, 2);
      assert.match(error.message, /npm's setting "registry"/);
      assert.ok(!error.message.includes(registry));
      return true;
    });
  });
}

Deno.test("readNpmRegistry() prefers the environment to the checkout's file, and that to the user's", async () => {
  const dir = await Deno.makeTempDir();
  try {
    const [home, checkout] = [join(dir, "home"), join(dir, "checkout")];
    for (const path of [home, checkout]) await Deno.mkdir(path);
    const env = (set: Record<string, string>) => (name: string) => ({ HOME: home, ...set })[name];
    const url = (set: Record<string, string> = {}) => readNpmRegistry(env(set), checkout).url;
    assert.equal(url(), DEFAULT_REGISTRY);
    await Deno.writeTextFile(
      join(home, ".npmrc"),
      "registry=https://user.test/\n//user.test/:_authToken=u\n",
    );
    assert.equal(url(), "https://user.test/");
    await Deno.writeTextFile(join(checkout, ".npmrc"), "registry=https://checkout.test/\n");
    assert.equal(url(), "https://checkout.test/");
    assert.equal(readNpmRegistry(env({})).url, "https://user.test/");
    assert.equal(url({ npm_config_registry: "https://env.test/" }), "https://env.test/");
    assert.equal(url({ NPM_CONFIG_REGISTRY: "https://env.test/" }), "https://env.test/");
    const { authorizations } = readNpmRegistry(env({}), checkout);
    assert.deepEqual(authorizations, { "//user.test/": "Bearer u" });
    const other = join(dir, "other");
    await Deno.writeTextFile(other, "registry=https://other.test/");
    assert.equal(readNpmRegistry(env({ npm_config_userconfig: other })).url, "https://other.test/");
    assert.throws(
      () => readNpmRegistry(env({ npm_config_userconfig: dir })),
      /Cannot read npm's settings/,
    );
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
