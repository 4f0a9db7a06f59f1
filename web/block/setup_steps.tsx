import { ForeignText } from "../components/foreign_text.tsx";
import { say } from "../saying.ts";
import { folderSteps } from "./setup_words.ts";
import type { WireBlockMeans } from "./wire.ts";

interface SetupStepsProps {
  readonly means: WireBlockMeans;
}

/** The right to block, given once by root: how, and what that puts where. */
export function SetupSteps({ means }: SetupStepsProps) {
  const { installed, command, hindrance, steps } = means.setup;
  // What is protected from root as well is protected from what setup installs.
  const isNeeded = !installed && means.checks[0]?.status === "off";
  const words = installed
    ? "It was run here: root has given the right to block."
    : means.possible
    ? "It is not needed: the hosts file can be written as things are."
    : isNeeded
    ? "It gives the right to block, once, by a person who may act as root."
    : "It cannot help as things are: what protects the hosts file stops root, too.";
  return (
    <div class="setup">
      <h3>block setup</h3>
      <p class="quiet">{words}</p>
      {hindrance !== null && (
        <p>
          <ForeignText text={hindrance} />
        </p>
      )}
      {command !== null && isNeeded && (
        <p class="setup-command">
          <code>{command}</code>
          <button type="button" class="second" onClick={() => copy(command)}>Copy</button>
        </p>
      )}
      {steps.length > 0 && (
        <details>
          <summary>What it puts where</summary>
          <dl class="setup-list">
            {folderSteps(steps).map(({ path, what, count }) => (
              <div key={`${path} ${what}`}>
                <dt>
                  <ForeignText text={path} />
                </dt>
                <dd class="quiet">{count > 1 ? `${what}, ${count} files` : what}</dd>
              </div>
            ))}
          </dl>
          <p class="quiet">
            <code>prodtracker block setup --uninstall</code> takes it all away.
          </p>
        </details>
      )}
    </div>
  );
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    say("Copied.");
  } catch {
    say("This browser does not let a page copy. Select the command, and copy it by hand.");
  }
}
