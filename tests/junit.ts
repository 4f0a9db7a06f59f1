/**
 * Counting what `deno test --junit-path` wrote.
 * @module
 */

export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  /** Names of the tests that were not run. */
  readonly ignored: readonly string[];
}

/** The tests in a report; the steps of a test are not counted beside it. */
export function countTests(xml: string): TestCounts {
  let passed = 0;
  let failed = 0;
  const ignored: string[] = [];
  for (const [, suite] of xml.matchAll(/<testsuite ([\s\S]*?)<\/testsuite>/g)) {
    const cases = [...suite.matchAll(/<testcase name="([^"]*)"[^>]*>([\s\S]*?)<\/testcase>/g)];
    const names = new Set(cases.map(([, name]) => name));
    for (const [, name, body] of cases) {
      if (isStep(name, names)) continue;
      if (body.includes("<failure")) failed++;
      else if (body.includes("<skipped")) ignored.push(unescapeXml(name));
      else passed++;
    }
  }
  return { passed, failed, ignored };
}

/** Steps are reported as "test > step" in the same suite, beside the test itself. */
function isStep(name: string, names: ReadonlySet<string>): boolean {
  const separator = " &gt; ";
  for (let at = name.indexOf(separator); at > 0; at = name.indexOf(separator, at + 1)) {
    if (names.has(name.slice(0, at))) return true;
  }
  return false;
}

function unescapeXml(text: string): string {
  const characters: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
  return text.replaceAll(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => characters[name]);
}
