/**
 * The privacy rules in force.
 * @module
 */
import type { PrivacyPort, PrivacyPreview, PrivacyVerdict } from "./api/privacy.ts";
import { UnavailableError } from "./core/errors.ts";
import { parsePrivacyRule, parsePrivacyRules, type PrivacyRule } from "./core/privacy.ts";
import {
  compilePrivacy,
  type Filtered,
  type PrivacyFilter,
  type TitleHasher,
  unite,
} from "./core/privacy_filter.ts";
import type { FocusedWindow, Subject } from "./core/types.ts";
import { keepRules, readKept, SETTING } from "./privacy_rules_file.ts";
import { openTitleHasher } from "./os/privacy_key.ts";
import type { Store } from "./store/mod.ts";

export interface PrivacyServiceOptions {
  readonly store: Store;
  readonly dataDir: string;
  /** The rules have changed. */
  readonly onChange: () => void;
  readonly report: (status: "ok" | "degraded" | "off", detail: string) => void;
}

/** What is in force. */
interface InForce {
  readonly filter: PrivacyFilter;
  /** Why titles are dropped that no rule asks for; `undefined`: all is well. */
  readonly problem?: string;
}

export class PrivacyService implements PrivacyPort {
  #inForce: InForce;
  #hasher: Promise<TitleHasher> | undefined;
  #replacing: Promise<unknown> = Promise.resolve();

  private constructor(private readonly options: PrivacyServiceOptions, filter: PrivacyFilter) {
    this.#inForce = { filter };
  }

  /** The rules as they were kept. What of them cannot be read has every title dropped; {@linkcode tell} says so. */
  static async open(options: PrivacyServiceOptions): Promise<PrivacyService> {
    const service = new PrivacyService(options, await compilePrivacy([], { dropAllTitles: true }));
    service.#inForce = await service.#readAll();
    return service;
  }

  /**
   * The rules in force.
   * @throws {UnavailableError} when they could not be read.
   */
  get rules(): readonly PrivacyRule[] {
    const { filter, problem } = this.#inForce;
    if (problem !== undefined) throw new UnavailableError(problem);
    return filter.rules;
  }

  /** Reports what is in force. */
  tell(): void {
    const { filter, problem } = this.#inForce;
    const { length } = filter.rules;
    if (problem !== undefined) this.options.report("degraded", problem);
    else this.options.report("ok", length === 1 ? "1 rule" : `${length || "no"} rules`);
  }

  /** What of a window may be known; `undefined`: nothing. */
  readonly filter = (window: FocusedWindow): FocusedWindow | undefined =>
    this.#inForce.filter.apply(window);

  /**
   * Whether any rule, or its being a private window, keeps a window out of screenshots; what cannot be told of it
   * counts as matching.
   */
  isPrivate(window: FocusedWindow): boolean {
    return this.#inForce.filter.mayBePrivate(window);
  }

  /** What of an imported or stored subject, or of a phone's app, may be kept; `undefined`: nothing. */
  readonly filterSubject = (subject: Subject): Subject | undefined =>
    this.#inForce.filter.apply(subject);

  /**
   * Puts other rules in force, for the window in front as well; when it resolves they are stored, and nothing that is
   * stored from then on has not gone through them.
   * @throws {RangeError} when a pattern cannot be used, and what storing throws; the rules are as they were then.
   */
  replace(rules: readonly PrivacyRule[]): Promise<void> {
    const replacing = this.#replacing.then(() => this.#replace(rules));
    this.#replacing = replacing.catch(() => {});
    return replacing;
  }

  async #replace(rules: readonly PrivacyRule[]): Promise<void> {
    const { store, dataDir, onChange } = this.options;
    const before = this.#inForce;
    const next = await this.#compile(rules);
    // Whatever sets out for the database meanwhile goes through both.
    this.#inForce = { ...before, filter: unite(before.filter, next) };
    try {
      keepRules(dataDir, rules);
      await store.settings.set(SETTING, rules);
    } catch (error) {
      this.#inForce = before;
      throw error;
    }
    this.#inForce = { filter: next };
    this.tell();
    onChange();
  }

  /** What would be known of a subject, by `rules` or by those in force. */
  async test(
    subject: Filtered,
    rules: readonly PrivacyRule[] | undefined,
  ): Promise<PrivacyVerdict> {
    const filter = rules === undefined ? this.#inForce.filter : await this.#compile(rules);
    const { action, matching, isPrivateWindow } = filter.decide(subject);
    return {
      action,
      isPrivateWindow,
      matching: matching.map((index) => ({ number: index + 1, rule: filter.rules[index] })),
      stored: filter.apply<Subject>(subject),
    };
  }

  /** What `rules`, or those in force, would change of what was recorded. */
  async preview(rules: readonly PrivacyRule[] | undefined): Promise<PrivacyPreview> {
    const { store, dataDir } = this.options;
    const { filter, problem } = this.#inForce;
    // A pattern that cannot be used is refused here, where its error keeps its kind.
    const tried = rules === undefined ? filter : await this.#compile(rules);
    return await store.reader.call("privacyPreview", tried.rules, {
      dataDir,
      dropAllTitles: rules === undefined && problem !== undefined,
    });
  }

  async #readAll(): Promise<InForce> {
    const kept = readKept(this.options.store, this.options.dataDir);
    const good: PrivacyRule[] = [];
    const wrong = [...kept.problems];
    try {
      const filter = await this.#compile(parsePrivacyRules(kept.rules));
      if (wrong.length === 0) return { filter };
      good.push(...filter.rules);
    } catch (error) {
      wrong.push((error as Error).message);
      // One by one: what can be used is, besides dropping every title.
      for (const [index, value] of kept.rules.entries()) {
        try {
          const rule = parsePrivacyRule(value, index);
          await compilePrivacy([rule]);
          good.push(rule);
        } catch { /* it is what is wrong */ }
      }
    }
    const problem = `The privacy rules cannot be read, so every title and URL is dropped: ${
      wrong.join("; ")
    }. Set them anew: prodtracker rules privacy remove --all, then add yours`;
    const hasher = await this.#hasherFor(good).catch(() => undefined);
    return { filter: await compilePrivacy(good, { hasher, dropAllTitles: true }), problem };
  }

  async #compile(rules: readonly PrivacyRule[], problem?: string): Promise<PrivacyFilter> {
    const hasher = await this.#hasherFor(rules);
    return await compilePrivacy(rules, { hasher, dropAllTitles: problem !== undefined });
  }

  /** Loaded when a rule hashes; it then also knows what was hashed before. */
  async #hasherFor(rules: readonly PrivacyRule[]): Promise<TitleHasher | undefined> {
    if (!rules.some(({ action }) => action === "hash_title")) return await this.#hasher;
    try {
      return await (this.#hasher ??= openTitleHasher(this.options.dataDir));
    } catch (error) {
      this.#hasher = undefined;
      throw new UnavailableError(`Cannot hash titles: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }
}
