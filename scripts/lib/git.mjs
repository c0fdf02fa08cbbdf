import { execFileSync } from "node:child_process";

/** The lines that git prints; undefined where git fails, such as outside a repository. */
export function git(root, ...args) {
  try {
    const text = execFileSync("git", args, {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      maxBuffer: 2 ** 28,
    });
    return text.split("\n").filter((line) => line !== "");
  } catch {
    return undefined;
  }
}
