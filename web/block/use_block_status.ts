/**
 * What is blocked now, as the daemon said it last: on the stream, in a reply, or when it was asked.
 * @module
 */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Api } from "../api.ts";
import { onHeard } from "../heard.ts";
import { useRead } from "../use_read.ts";
import type { WireBlockStatus } from "./wire.ts";

export interface HeardStatus {
  readonly status: WireBlockStatus;
  /** By this browser's clock. */
  readonly heardMs: number;
}

export interface BlockStatus {
  readonly heard: HeardStatus | undefined;
  readonly problem: Error | undefined;
  again(): void;
  /** Takes the status that a write was answered with. */
  take(status: WireBlockStatus): void;
}

/** A schedule may move, or the clock be set, without a word from the stream. */
const EVERY_MS = 60_000;

export function useBlockStatus(api: Api): BlockStatus {
  const heard = useSignal<HeardStatus | undefined>(undefined);
  const take = (status: WireBlockStatus) => heard.value = { status, heardMs: Date.now() };
  const { data, problem, again } = useRead<WireBlockStatus>(api, "/blocker/status", {
    on: ["block"],
    everyMs: EVERY_MS,
  });
  useEffect(() => {
    if (data !== undefined) take(data);
  }, [data]);
  useEffect(() => onHeard("block", (status) => take(status as WireBlockStatus)), []);
  return { heard: heard.value, problem, again, take };
}
