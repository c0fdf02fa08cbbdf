import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { stripVTControlCharacters } from "node:util";

/** Runs one of the workspace's tools in a folder, without input, and returns all that it wrote, without colors. */
export function run(root, command, words, folder = root) {
  const path = `${join(root, "node_modules", ".bin")}${delimiter}${process.env.PATH}`;
  const quiet = { NO_COLOR: "1", FORCE_COLOR: "0", TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" };
  return new Promise((resolve) => {
    const child = spawn(command, words, {
      cwd: folder,
      env: { ...process.env, ...quiet, PATH: path },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const parts = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => parts.push(part));
    const end = (ok, note) =>
      resolve({ ok, output: stripVTControlCharacters(Buffer.concat(parts).toString("utf8")) + note });
    child.on("error", (error) => end(false, `${command}: ${error.message}\n`));
    child.on("close", (code, signal) => end(code === 0, signal ? `${command} was ended by ${signal}\n` : ""));
  });
}
