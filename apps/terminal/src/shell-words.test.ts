import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { shellWords } from "./shell-words.ts";

test("a shell reads the words as they were", () => {
  expect(shellWords("--out", "runs/my-book_1.txt")).toBe("--out runs/my-book_1.txt");
  const words = ["Call me ", "it's", "$HOME", 'a"b', "", "*", "é", "a\\b", "x;y"];
  const read = execFileSync("sh", ["-c", `printf '%s\\n' ${shellWords(...words)}`], { encoding: "utf8" });
  expect(read.split("\n").slice(0, -1)).toEqual(words);
});
