/**
 * `completions`: the script that makes a shell complete our commands.
 * @module
 */
import { Argument } from "@commander-js/extra-typings";
import { bashScript } from "../completion_bash.ts";
import type { Define } from "../context.ts";
import { examples } from "../help.ts";
import { print } from "../output.ts";

const SHELLS = ["bash", "zsh", "fish", "powershell"] as const;

export const define: Define = (command) => {
  command
    .addArgument(new Argument("<shell>", "which shell").choices(SHELLS))
    .action(async (shell) => {
      if (shell === "bash") return print(bashScript("prodtracker"));
      const { RootCommand } = await import("@bomb.sh/tab");
      new RootCommand().setup("prodtracker", "prodtracker", shell);
    });
  examples(
    command,
    ["completions bash >> ~/.bashrc", "for every new bash"],
    ["completions zsh > ~/.zfunc/_prodtracker", "for zsh"],
    ["completions fish > ~/.config/fish/completions/prodtracker.fish", "for fish"],
  );
};
