import assert from "node:assert/strict";
import { usageError } from "./help.ts";

Deno.test("usageError() makes one line of commander's two", () => {
  assert.equal(
    usageError("error: unknown command 'sevre'\n(Did you mean serve?)"),
    'Cannot read the command line: unknown command "sevre"; did you mean serve?',
  );
  assert.equal(
    usageError("error: unknown option '--x'\n(Did you mean one of --a, --b?)"),
    'Cannot read the command line: unknown option "--x"; did you mean --a, --b?',
  );
  assert.equal(
    usageError("error: missing required argument 'file'"),
    'Cannot read the command line: missing required argument "file"',
  );
});
