/**
 * What the user set of the loop, checked and stored.
 * @module
 */
import type { BlockerPort } from "./api/blocker.ts";
import { normaliseDomain } from "./core/domains.ts";
import { type LoopConfig, loopConfigOf } from "./core/loop_config.ts";
import type { Settings } from "./store/settings.ts";

const CONFIG = "loop", SNOOZED_UNTIL = "loop_snoozed_until";

export class LoopSettings {
  #config: LoopConfig;

  constructor(
    private readonly settings: Settings,
    private readonly blocker: Pick<BlockerPort, "lists">,
  ) {
    this.#config = loopConfigOf(settings.get(CONFIG));
  }

  get config(): LoopConfig {
    return this.#config;
  }

  /** @throws {RangeError} for a list that is not there, or a name that cannot be blocked. */
  async setConfig(config: LoopConfig): Promise<void> {
    const checked = this.#checked(config);
    await this.settings.set(CONFIG, checked);
    this.#config = checked;
  }

  get snoozedUntilMs(): number | undefined {
    return (this.settings.get(SNOOZED_UNTIL) as number | null | undefined) ?? undefined;
  }

  setSnoozedUntil(untilMs: number | undefined): Promise<void> {
    return this.settings.set(SNOOZED_UNTIL, untilMs ?? null);
  }

  #checked(config: LoopConfig): LoopConfig {
    const known = new Set(this.blocker.lists().map(({ name }) => name));
    const unknown = config.block.lists.find((name) => !known.has(name));
    if (unknown !== undefined) {
      throw new RangeError(`Cannot set the loop: there is no list ${JSON.stringify(unknown)}`);
    }
    const domains = config.block.domains.map((name) => {
      const domain = normaliseDomain(name);
      if (domain !== undefined) return domain;
      throw new RangeError(`Cannot set the loop: ${JSON.stringify(name)} is no site's name`);
    });
    return { ...config, block: { ...config.block, domains } };
  }
}
