import type { Api } from "../api.ts";
import { query, setQuery } from "../router.ts";
import { DefaultPack } from "./default_pack.tsx";
import { OwnRulesPanel } from "./own_rules_panel.tsx";
import { Rejudging } from "./rejudging.tsx";
import { NO_DRAFT, sourceOf } from "./rule_draft.ts";
import { RuleDialog } from "./rule_dialog.tsx";
import { TryPanel } from "./try_panel.tsx";
import { UncategorisedPanel } from "./uncategorised_panel.tsx";
import { useRules } from "./use_rules.ts";

/** What counts as signal and what as noise: what no rule knows yet, your rules, those of the program. */
export function RulesView({ api }: { api: Api }) {
  const own = useRules(api);
  const source = sourceOf(query.value);
  return (
    <div class="page two-columns rules-page">
      <div class="whole rules-head">
        <h1 class="page-title">Rules</h1>
        <Rejudging api={api} />
      </div>
      <UncategorisedPanel api={api} />
      <div class="rules-side">
        <OwnRulesPanel api={api} own={own} />
        <TryPanel api={api} />
      </div>
      <DefaultPack api={api} />
      {source && own.rules && (
        <RuleDialog
          key={JSON.stringify(source)}
          api={api}
          own={own}
          rules={own.rules}
          source={source}
          onClose={() => setQuery(NO_DRAFT, "replace")}
        />
      )}
    </div>
  );
}
