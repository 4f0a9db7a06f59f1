import assert from "node:assert/strict";
import { hostOf } from "./host.ts";

Deno.test("hostOf() finds the host of an address, and none where there is none", () => {
  const cases: [string, string | undefined][] = [
    ["https://www.GitHub.com:443/denoland?x#y", "github.com"],
    ["https://user:secret@example.org", "example.org"],
    ["localhost:8000/docs", "localhost"],
    ["http://[::1]:8000/", "[::1]"],
    ["news.ycombinator.com/item?id=1", "news.ycombinator.com"],
    ["https://www.com/", "www.com"],
    ["about:blank", undefined],
    ["file:///home/me/x.html", undefined],
    ["file://server/x.html", undefined],
    ["chrome://settings", undefined],
    ["", undefined],
    ["not an address", undefined],
  ];
  for (const [url, host] of cases) assert.equal(hostOf(url), host, url);
});
