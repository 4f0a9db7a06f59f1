import { ForeignText } from "../../components/foreign_text.tsx";
import { ACTION_WORDS, draftOf, MATCH_WORDS, ruleWords } from "./rules.ts";
import type { WirePrivacyVerdict } from "../privacy_wire.ts";

/** What would be stored of a window, and why. */
export function PrivacyVerdict({ verdict }: { verdict: WirePrivacyVerdict }) {
  const { action, stored, rules, private_window } = verdict;
  return (
    <>
      {stored === null
        ? (
          <p>
            <strong>Nothing is stored.</strong>
          </p>
        )
        : (
          <p>
            <strong>
              {action === null
                ? "Stored as it is."
                : action === "hash_title"
                ? "Stored with a hash in the title's place."
                : "Stored without title and address."}
            </strong>
          </p>
        )}
      {stored !== null && (
        <dl class="verdict-stored">
          {(["app", "title", "url"] as const).map((name) =>
            stored[name] !== null && (
              <div key={name}>
                <dt class="quiet">{MATCH_WORDS[name]}</dt>
                <dd>
                  <ForeignText text={stored[name]} />
                </dd>
              </div>
            )
          )}
        </dl>
      )}
      <ul class="verdict-why quiet">
        {private_window && <li>It is a private window: its title is dropped without any rule.</li>}
        {rules.map((rule) => (
          <li key={rule.number}>
            Rule {rule.number}: {ruleWords(rule)} <ForeignText text={draftOf(rule).text} />,{" "}
            {ACTION_WORDS[rule.action].name.toLowerCase()}
          </li>
        ))}
        {rules.length === 0 && !private_window && <li>No rule matches.</li>}
      </ul>
    </>
  );
}
