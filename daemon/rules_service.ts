/**
 * The rules in force: the user's, stored, before the default pack; and the past judged again by them.
 * @module
 */
import { type Classifier, createClassifier, RULES_VERSION } from "./core/classify.ts";
import { listRules } from "./core/default_rules/listing.ts";
import { sha256 } from "./core/secrets.ts";
import { compileRules } from "./core/rule_pattern.ts";
import { parseRules, type Rule } from "./core/rules.ts";
import type { Classification, Subject } from "./core/types.ts";
import type { Judge, Store } from "./store/mod.ts";
import type { RulesPort } from "./api/deps.ts";
import type { RulesPreview, Uncategorised, UncategorisedQuestion } from "./api/rules_preview.ts";

export interface RulesServiceOptions {
  readonly onProgress: (progress: RulesPort["progress"]) => void;
  readonly onFailure: (error: unknown) => void;
}

/** Names the rules that a subject was judged by: the pack's version and a digest of the user's. */
export async function rulesVersion(rules: readonly Rule[]): Promise<string> {
  const digest = await sha256(JSON.stringify(rules));
  return `${RULES_VERSION}:${digest.subarray(0, 8).toHex()}`;
}

export class RulesService implements RulesPort {
  #rules: readonly Rule[];
  #classifier: Classifier;
  #version: string;
  #store: Store | undefined;
  #progress = { done: 0, total: 0, running: false };
  #stop = new AbortController();
  #work: Promise<void> = Promise.resolve();

  private constructor(
    classifier: Classifier,
    version: string,
    private readonly options: RulesServiceOptions,
  ) {
    this.#rules = [];
    this.#classifier = classifier;
    this.#version = version;
  }

  /** A service without the user's rules yet: what a store needs to open. */
  static async create(options: RulesServiceOptions): Promise<RulesService> {
    return new RulesService(await createClassifier([]), await rulesVersion([]), options);
  }

  /** Takes the user's rules from the store and goes on with judging the past where it stopped. */
  async attach(store: Store): Promise<void> {
    this.#store = store;
    const rules = parseRules(store.ruleTexts().map((text) => JSON.parse(text)));
    if (rules.length > 0) await this.#take(rules);
    store.setJudge(this.judge);
    if (!store.isPastJudged) this.#reclassify();
  }

  get judge(): Judge {
    const classifier = this.#classifier;
    return {
      version: this.#version,
      classify: (subject) => classifier.classify(subject),
    };
  }

  get rules(): readonly Rule[] {
    return this.#rules;
  }

  /** The default pack written down as rules: made when asked for, as there are a thousand. */
  get defaults(): readonly Rule[] {
    return listRules();
  }

  get progress(): RulesPort["progress"] {
    return this.#progress;
  }

  readonly classify = (subject: Subject): Classification => this.#classifier.classify(subject);

  explain(subject: Subject): ReturnType<RulesPort["explain"]> {
    return this.#classifier.explain(subject);
  }

  /** What `rules`, or those in force, would change of the past. */
  async preview(rules: readonly Rule[] | undefined): Promise<RulesPreview> {
    // A pattern that cannot be used is refused here, where its error keeps its kind.
    if (rules) await compileRules(rules);
    const inForce = { rules: this.#rules, version: this.#version };
    return await this.#store!.reader.call("rulesPreview", rules ?? this.#rules, inForce);
  }

  /** The time that no rule knows. */
  uncategorised(question: UncategorisedQuestion): Promise<Uncategorised> {
    return this.#store!.reader.call("uncategorised", this.#rules, question);
  }

  async replace(rules: readonly Rule[]): Promise<void> {
    const store = this.#store!;
    await this.#take(rules, () => store.setRuleTexts(rules.map((rule) => JSON.stringify(rule))));
    store.setJudge(this.judge);
    this.#reclassify();
  }

  /** Judges by `rules` from now on, once they are compiled and `keep` has stored them. */
  async #take(rules: readonly Rule[], keep = () => Promise.resolve()): Promise<void> {
    const [classifier, version] = await Promise.all([createClassifier(rules), rulesVersion(rules)]);
    await keep();
    this.#rules = rules;
    this.#classifier = classifier;
    this.#version = version;
  }

  /** Resolves once the past is judged by the rules in force. */
  async settled(): Promise<void> {
    let work;
    do await (work = this.#work); while (work !== this.#work);
  }

  /** Stops between two batches; the rest is done at the next start. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#work;
  }

  #reclassify(): void {
    this.#stop.abort();
    const stop = this.#stop = new AbortController();
    const total = this.#store!.staleSubjects();
    this.#tell({ done: 0, total, running: !this.#store!.isPastJudged });
    this.#work = this.#work.then(async () => {
      try {
        for await (const { done, total } of this.#store!.reclassify(stop.signal)) {
          this.#tell({ done, total, running: true });
        }
        if (!stop.signal.aborted) this.#tell({ ...this.#progress, running: false });
      } catch (error) {
        this.#tell({ ...this.#progress, running: false });
        this.options.onFailure(error);
      }
    });
  }

  #tell(progress: RulesPort["progress"]): void {
    this.#progress = progress;
    this.options.onProgress(progress);
  }
}
