import type { Context } from "./context.ts";
import type { Eyes, FocusTerminal } from "./focus_host.ts";
import { Progress } from "./output.ts";
import { bytes } from "./words.ts";

/** Sees to it that the models are there, and says how far it is. */
export async function fetchModels(
  host: Pick<FocusTerminal, "fetchModels">,
  { checkoutRoot, signal }: Context,
): Promise<void> {
  using progress = new Progress();
  await host.fetchModels({
    ...{ checkoutRoot, signal },
    onProgress: ({ doneBytes, totalBytes }) =>
      progress.update(`Fetching the models: ${bytes(doneBytes)} of ${bytes(totalBytes)}`),
  });
}

/** The models, fetched if they are not there, and loaded until the command ends. */
export async function openEyes(host: FocusTerminal, context: Context): Promise<Eyes> {
  await fetchModels(host, context);
  using progress = new Progress();
  progress.update("Loading the models …");
  const eyes = await host.openEyes();
  context.cleanups.defer(() => eyes.close());
  return eyes;
}
