/**
 * Loads what a view is made of when it is first shown: its script and its style are of no use to the others.
 * @module
 */
import type { ComponentType } from "preact";
import type { Api } from "./api.ts";
import type { View } from "./router.ts";

/** The views that are not in the first script. */
export type LaterView = Exclude<View, "today">;

/** What a view's `mod.tsx` exports. */
export interface ViewModule {
  readonly View: ComponentType<{ api: Api }>;
  /** What is to be done once when it has been loaded. */
  readonly prepare?: (api: Api) => void;
}

const SCRIPTS: Record<LaterView, () => Promise<ViewModule>> = {
  trends: () => import("./trends/mod.tsx"),
  focus: () => import("./focus/mod.ts"),
  phone: () => import("./phones/mod.tsx"),
  block: () => import("./block/mod.tsx"),
  rules: () => import("./rules/mod.tsx"),
  edits: () => import("./edits/mod.tsx"),
  settings: () => import("./settings/mod.tsx"),
};

/** What was loaded, for the next time; a failed one is forgotten. */
const loaded = new Map<LaterView, Promise<ViewModule>>();

/** Loads a view once. @throws when a file cannot be had; the next call tries again. */
export function loadView(name: LaterView, api: Api): Promise<ViewModule> {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const loading = Promise.all([SCRIPTS[name](), loadStyle(name)]).then(([module]) => {
    module.prepare?.(api);
    return module;
  });
  loaded.set(name, loading);
  loading.catch(() => loaded.delete(name));
  return loading;
}

/** The address that the page's head has for something. */
export function addressIn(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? "";
}

function loadStyle(name: LaterView): Promise<void> {
  return new Promise((resolve, reject) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = addressIn(`style-${name}`);
    link.onload = () => resolve();
    link.onerror = () => {
      link.remove();
      reject(new Error(`Cannot load "${link.href}"`));
    };
    document.head.append(link);
  });
}
