/**
 * What the tests of the daemon's own parts share.
 * @module
 */
import { FakeMachine, MemoryEnforcer } from "../tests/fakes.ts";
import { BlockService } from "./block_service.ts";
import { temporaryStore } from "./store/testing.ts";

/** A minute in milliseconds. */
export const MIN = 60_000;

/** A service on a real store, with an enforcer in memory and clocks that move when told. */
export async function blockScene({ lasting = true } = {}) {
  const stored = temporaryStore();
  const { blocks } = stored.store;
  const machine = new FakeMachine();
  const enforcer = new MemoryEnforcer();
  let changes = 0;
  const open = async () => {
    const service = new BlockService({
      blocks,
      enforcer,
      clock: machine,
      zone: () => 0,
      lasting,
      onChange: () => changes++,
      report: () => {},
    });
    await service.settle();
    return service;
  };
  return {
    ...{ blocks, machine, enforcer, open, service: await open() },
    in: (minutes: number) => machine.wallMs + minutes * MIN,
    changes: () => changes,
    ends: () => blocks.history(20).map(({ ended }) => ended),
    [Symbol.asyncDispose]: () => stored[Symbol.asyncDispose](),
  };
}
