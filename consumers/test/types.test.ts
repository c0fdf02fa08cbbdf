import { describe, expect, test } from "vitest";
import { compile, example, node, write } from "../src/consumer.ts";
import { packages } from "../src/packages.ts";

const doors = packages().flatMap((one) => one.doors);
const everything = doors.map((door, at) => `import * as door${at} from "${door}";`).join("\n");
const names = `console.log([${doors.map((_, at) => `door${at}`)}].map((door) => Object.keys(door).length));`;

test.each(["nodenext", "bundler"] as const)("the declarations of all doors hold with %s", (resolution) => {
  expect(compile(write("everything.ts", `${everything}\n${names}\n`), resolution)).toBe("");
});

test("a wrong use of a package is a type error: declarations are found, not any", () => {
  const wrong = `${everything}\n${doors.map((_, at) => `door${at}.noSuchName;`).join("\n")}\n`;
  expect(compile(write("wrong.ts", wrong), "nodenext").match(/error TS2339/g)).toHaveLength(doors.length);
});

describe("the README's example compiles, runs in plain Node and prints what it should", () => {
  test.each(packages())("$name", (one) => {
    const { program, printed } = example(one);
    const file = write("example.ts", program);
    expect(compile(file, "bundler")).toBe("");
    expect(compile(file, "nodenext")).toBe("");
    expect(node(file.replace(/\.ts$/, ".js"))).toBe(printed);
  });
});
