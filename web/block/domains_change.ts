/**
 * Changes to one's sites and list files. Each is stored as one list, so a change is made to the list as it is now.
 * @module
 */
import type { Api } from "../api.ts";
import type { WireDomains } from "./wire.ts";

/** What is replaced. */
export interface DomainsUpdate {
  readonly blocked?: readonly string[];
  readonly allowed?: readonly string[];
  readonly files?: readonly { readonly name: string; readonly path: string }[];
}

export type DomainsChange = (known: WireDomains) => DomainsUpdate;
export type SiteKind = "blocked" | "allowed";

/** Makes a change, stores it, and does what it says on the screen; `false`: it failed, which is said elsewhere. */
export type RunChange = (
  change: DomainsChange,
  said: string,
  undo?: DomainsChange,
) => Promise<boolean>;

/** Stores a change. @throws {ApiError} what the daemon refuses: then nothing has changed. */
export async function changeDomains(api: Api, change: DomainsChange): Promise<WireDomains> {
  const known = await api.get<WireDomains>("/blocker/domains");
  return await api.send<WireDomains>("PUT", "/blocker/domains", change(known));
}

export const addSites = (kind: SiteKind, sites: readonly string[]): DomainsChange => (known) => ({
  [kind]: [...new Set([...known[kind], ...sites])],
});

export const removeSite = (kind: SiteKind, site: string): DomainsChange => (known) => ({
  [kind]: known[kind].filter((name) => name !== site),
});

/** Adds a list file, in place of one of the same name. */
export const addFile = (name: string, path: string): DomainsChange => (known) => ({
  files: [...filesOf(known).filter((file) => file.name !== name), { name, path }],
});

export const removeFile = (name: string): DomainsChange => (known) => ({
  files: filesOf(known).filter((file) => file.name !== name),
});

function filesOf({ lists }: WireDomains): { name: string; path: string }[] {
  return lists.flatMap(({ name, path }) => path === null ? [] : [{ name, path }]);
}

/** What a list is called after its file when nobody names it: "ads" for "/home/me/ads.txt". */
export function listNameOf(path: string): string {
  return path.replace(/^.*[\\/]/, "").replace(/\.[^.]*$/, "");
}
