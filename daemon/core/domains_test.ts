import assert from "node:assert/strict";
import fc from "fast-check";
import { isBlockable } from "../blocker/request.ts";
import { expandDomain, normaliseDomain, parseDomainList, withoutAllowed } from "./domains.ts";
import { hostsOfSite, sitesOf } from "./site_lists/mod.ts";
import { BUILT_IN_LISTS } from "./site_lists/names.ts";

const NAMES: readonly [typed: string, name: string | undefined][] = [
  ["reddit.com", "reddit.com"],
  [" Reddit.COM. ", "reddit.com"],
  ["https://www.reddit.com/r/all?x=1#y", "www.reddit.com"],
  ["reddit.com/r/all", "reddit.com"],
  ["reddit.com:443", "reddit.com"],
  ["*.reddit.com", "reddit.com"],
  ["bücher.example", "xn--bcher-kva.example"],
  ["BÜCHER.example", "xn--bcher-kva.example"],
  ["例え.テスト", "xn--r8jz45g.xn--zckzah"],
  ["_dmarc.example.com", "_dmarc.example.com"],
  ["a-b.c--d.example", "a-b.c--d.example"],
  [`${"a".repeat(63)}.com`, `${"a".repeat(63)}.com`],
  [`${"a".repeat(64)}.com`, undefined],
  [`${"abcdefg.".repeat(32)}com`, undefined],
  ["", undefined],
  [".", undefined],
  ["com", undefined],
  ["localhost", undefined],
  ["LOCALHOST", undefined],
  ["foo.localhost", undefined],
  ["localhost.localdomain", undefined],
  ["ip6-loopback", undefined],
  ["127.0.0.1", undefined],
  ["1.2.3", undefined],
  ["0x7f.0.0.1", undefined],
  ["0x7f.0x0.0x0.0x1", undefined],
  ["::1", undefined],
  ["[::1]", undefined],
  ["http://[2001:db8::1]/", undefined],
  ["http://2130706433/", undefined],
  ["exa mple.com", undefined],
  ["example..com", undefined],
  ["-example.com", undefined],
  ["example.c_m", undefined],
  ["example.com\n0.0.0.0 bank.example", undefined],
  ["example.com#comment", "example.com"],
  ["file:///etc/passwd", undefined],
  ["||example.com^", undefined],
];

for (const [typed, name] of NAMES) {
  Deno.test(`normaliseDomain(${JSON.stringify(typed.slice(0, 40))})`, () => {
    assert.equal(normaliseDomain(typed), name);
  });
}

Deno.test("normaliseDomain() gives what the writer of the hosts file takes, and itself again", () => {
  const label = fc.stringMatching(/^[a-zA-Z0-9äöü_-]{1,12}$/);
  const text = fc.oneof(fc.string(), fc.array(label).map((parts) => parts.join(".")), fc.webUrl());
  fc.assert(
    fc.property(text, (typed) => {
      const name = normaliseDomain(typed);
      if (name === undefined) return;
      assert.ok(isBlockable(name), name);
      assert.equal(normaliseDomain(name), name);
      assert.equal(name, name.toLowerCase());
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("normaliseDomain() never takes an address, however it is written", () => {
  fc.assert(fc.property(fc.oneof(fc.ipV4(), fc.ipV4Extended(), fc.ipV6()), (address) => {
    assert.equal(normaliseDomain(address), undefined);
    assert.equal(normaliseDomain(`http://${address}/`), undefined);
  }));
});

Deno.test("parseDomainList() reads hosts format, and one name a line", () => {
  const text = [
    "\ufeff# Title: a list",
    "127.0.0.1 localhost localhost.localdomain",
    "::1 ip6-localhost ip6-loopback",
    "255.255.255.255 broadcasthost",
    "fe80::1%lo0 localhost",
    "0.0.0.0 0.0.0.0",
    "0.0.0.0 ads.example # a comment",
    "0.0.0.0\tads.example\ttwo.example\r",
    "  :: Six.Example  ",
    "bücher.example",
    "",
    "plain.example\r",
  ].join("\n");
  assert.deepEqual(parseDomainList(text), {
    domains: [
      ...["ads.example", "two.example", "six.example", "xn--bcher-kva.example", "plain.example"],
    ],
    badLines: 0,
    firstBadLine: undefined,
  });
});

Deno.test("parseDomainList() counts the lines it cannot use, and names the first", () => {
  const text =
    "good.example\n\n<html>\n0.0.0.0\n0.0.0.0 fine.example 10.0.0.1 b@d!.example\ntwo words";
  assert.deepEqual(parseDomainList(text), {
    domains: ["good.example", "fine.example"],
    badLines: 4,
    firstBadLine: 3,
  });
});

Deno.test("parseDomainList() leaves alone a name that a list sends somewhere", () => {
  const { domains, badLines } = parseDomainList("192.168.1.5 nas.home.example\n0.0.0.0 ad.example");
  assert.deepEqual([domains, badLines], [["ad.example"], 1]);
});

Deno.test("parseDomainList() gives blockable names without doubles for any text", () => {
  const line = fc.oneof(fc.string(), fc.domain(), fc.domain().map((name) => `0.0.0.0 ${name}`));
  fc.assert(fc.property(fc.array(line), fc.constantFrom("\n", "\r\n"), (lines, end) => {
    const { domains, badLines } = parseDomainList(lines.join(end));
    assert.equal(new Set(domains).size, domains.length);
    assert.ok(domains.every(isBlockable));
    assert.ok(badLines <= lines.join(end).split("\n").length);
  }));
});

Deno.test("expandDomain() writes out www, the pages for phones, and what a list knows", () => {
  const none = () => undefined;
  assert.deepEqual(expandDomain("www.example.com", none), [
    ...["example.com", "www.example.com", "m.example.com", "mobile.example.com"],
    "amp.example.com",
  ]);
  assert.deepEqual(expandDomain("old.example.com", none), [
    "old.example.com",
    "www.old.example.com",
  ]);
  assert.ok(expandDomain("bbc.co.uk", none).includes("m.bbc.co.uk"));
  assert.deepEqual(expandDomain("www.com", none).slice(0, 2), ["www.com", "www.www.com"]);
  assert.ok(expandDomain("youtube.com", hostsOfSite).includes("youtu.be"));
});

Deno.test("withoutAllowed() leaves out an allowed name and all below it, and nothing else", () => {
  const names = ["a.com", "m.a.com", "x.m.a.com", "ba.com", "com.a", "b.org"];
  assert.deepEqual(withoutAllowed(names, new Set(["a.com"])), ["ba.com", "com.a", "b.org"]);
  assert.deepEqual(withoutAllowed(names, new Set(["m.a.com"])), [
    ...["a.com", "ba.com", "com.a", "b.org"],
  ]);
  assert.deepEqual(withoutAllowed(names, new Set()), names);
});

Deno.test("the built-in lists hold blockable names only, several dozen sites each, none twice", () => {
  for (const list of BUILT_IN_LISTS) {
    const sites = sitesOf(list);
    assert.ok(sites.size >= 50, `${list}: ${sites.size}`);
    for (const [site, hosts] of sites) {
      assert.equal(normaliseDomain(site), site);
      for (const host of hosts) assert.equal(normaliseDomain(host), host, `${list}: ${host}`);
      assert.equal(new Set(hosts).size, hosts.length);
    }
    const lines = [...sites.keys()];
    assert.equal(new Set(lines).size, lines.length);
  }
});

Deno.test("the built-in lists leave alone what other sites are made of", () => {
  const shared = [
    ...["googleapis.com", "gstatic.com", "google.com", "cloudfront.net", "fbcdn.net", "akamai.net"],
    ...["googlevideo.com", "ytimg.com", "twimg.com", "jsdelivr.net", "amazonaws.com", "apple.com"],
    ...["aws.amazon.com", "github.com", "stackoverflow.com", "wikipedia.org", "microsoft.com"],
  ];
  const all = new Set(BUILT_IN_LISTS.flatMap((list) => [...sitesOf(list).values()].flat()));
  assert.deepEqual(shared.filter((name) => all.has(name)), []);
});
