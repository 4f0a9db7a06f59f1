/// <reference lib="deno.ns" />
import assert from "node:assert/strict";
import { type Api, createApi } from "./api.ts";
import { codeOf, followOtherTab, signInWithToken } from "./login.ts";
import { isLoginOpen, loginMessage, token } from "./state.ts";
import { storeToken } from "./token_storage.ts";

/** The real client against a daemon that knows one token. */
function apiOf(goodToken: string): Api {
  return createApi({
    token: () => undefined,
    fetch: (_path, init) => {
      const given = new Headers(init?.headers).get("X-Admin-Token");
      return Promise.resolve(new Response("{}", { status: given === goodToken ? 200 : 401 }));
    },
  });
}

Deno.test("codeOf() finds the one-time code and takes nothing else for one", () => {
  assert.equal(codeOf("#code=abc-_1"), "abc-_1");
  assert.equal(codeOf("#main"), undefined);
  assert.equal(codeOf("#code="), undefined);
  assert.equal(codeOf(""), undefined);
});

Deno.test("signInWithToken() keeps what the daemon accepts, pasted with blanks around it", async () => {
  assert.equal(await signInWithToken(apiOf("good"), "  good\n"), true);
  assert.equal(token.value, "good");
  assert.equal(loginMessage.value, undefined);
});

Deno.test("signInWithToken() says why it refuses and keeps what was", async () => {
  token.value = "before";
  assert.equal(await signInWithToken(apiOf("good"), "bad"), false);
  assert.match(loginMessage.value ?? "", /does not accept/);
  // Not sendable in a header at all: `fetch` would throw.
  assert.equal(await signInWithToken(apiOf("good"), "schlüssel ☃"), false);
  assert.match(loginMessage.value ?? "", /one word/);
  assert.equal(token.value, "before");
});

Deno.test("signInWithToken() tells a lost daemon from a wrong token", async () => {
  const api = createApi({
    token: () => undefined,
    fetch: () => Promise.reject(new TypeError("refused")),
  });
  assert.equal(await signInWithToken(api, "good"), false);
  assert.match(loginMessage.value ?? "", /could not be reached/);
});

Deno.test("followOtherTab() needs no sign-in here after one there, and says nothing of an older one", () => {
  loginMessage.value = "Your session has ended. Sign in again.";
  isLoginOpen.value = true;
  storeToken("theirs");
  followOtherTab();
  assert.deepEqual([token.value, isLoginOpen.value], ["theirs", false]);
  assert.equal(loginMessage.value, undefined);
  storeToken(undefined);
  followOtherTab();
  assert.equal(token.value, undefined);
});
