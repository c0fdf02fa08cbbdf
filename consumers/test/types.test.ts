import { beforeAll, describe, expect, test } from "vitest";
import { compile, example, node, write } from "../src/consumer.ts";
import { packages } from "../src/packages.ts";

const doors = packages().flatMap((one) => one.doors);
const everything = doors.map((door, at) => `import * as door${at} from "${door}";`).join("\n");
const names = `console.log([${doors.map((_, at) => `door${at}`)}].map((door) => Object.keys(door).length));`;

/** A program that imports every door, and the example of every README, are compiled at once. */
const resolutions = ["bundler", "nodenext"] as const;
const errors: Record<string, string[]> = {};
beforeAll(() => {
  const examples = packages().flatMap((one) => {
    const found = example(one);
    return found ? [write(`${one.folder.split("/").at(-1)}-example.ts`, found.program)] : [];
  });
  const files = [write("everything.ts", `${everything}\n${names}\n`), ...examples];
  for (const resolution of resolutions) errors[resolution] = compile(files, resolution);
}, 120_000);

test.each(resolutions)("all doors and all READMEs' examples are well typed with %s", (resolution) => {
  expect(errors[resolution]).toEqual([]);
});

test("a wrong use of a package is a type error: declarations are found, not any", () => {
  const wrong = `${everything}\n${doors.map((_, at) => `door${at}.noSuchName;`).join("\n")}\n`;
  const found = compile([write("wrong.ts", wrong)], "nodenext");
  expect(found.filter((line) => line.includes("error TS2339"))).toHaveLength(doors.length);
});

describe("the README's example runs in plain Node and prints what it should", () => {
  test.each(packages())("$name", (one) => {
    expect(node(`${one.folder.split("/").at(-1)}-example.js`)).toBe(example(one)?.printed);
  });
});
