/**
 * Types of the camera and the pipeline, which only `focus` itself may load.
 * @module
 */
import type { focusTerminal } from "../daemon/mod.ts";

/** What `daemon/mod.ts` gives to `focus`. */
export type FocusTerminal = Awaited<ReturnType<typeof focusTerminal>>;
export type Eyes = Awaited<ReturnType<FocusTerminal["openEyes"]>>;
export type CameraSource = Awaited<ReturnType<FocusTerminal["sourceOf"]>>;
export type LookOptions = Parameters<Eyes["look"]>[1];
export type AttentionOptions = LookOptions["attention"];
export type WatchUpdate = ReturnType<Eyes["look"]> extends AsyncGenerator<infer T> ? T : never;
export type Seen = Extract<WatchUpdate, { kind: "seen" }>;
export type Observation = Seen["observation"];
