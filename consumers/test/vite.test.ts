import { describe, expect, test } from "vitest";
import { bundle } from "../src/bundle.ts";
import { node, write } from "../src/consumer.ts";
import { packages } from "../src/packages.ts";

const all = packages();

test("a bundle of everything runs", async () => {
  const doors = all.flatMap((one) => one.doors);
  const imports = doors.map((door, at) => `import * as door${at} from "${door}";`).join("\n");
  const program = `${imports}\nconsole.log([${doors.map((_, at) => `door${at}`)}].map((door) => Object.keys(door).length).join());\n`;
  const { code } = await bundle(program);
  expect(node(write("bundle.mjs", code))).toBe(node(write("unbundled.mjs", program)));
});

describe.each(all)("$name", ({ name, doors }) => {
  test("nothing is done at import: nothing is left of it without a name", async () => {
    for (const door of doors) {
      expect((await bundle(`import "${door}";`)).code).toBe("");
      const { code } = await bundle(`import "${door}";`, { distrust: true });
      expect(code).toBe("");
    }
  });

  test("one name brings only what it needs", async () => {
    for (const door of doors) {
      const names = Object.keys(await import(/* @vite-ignore */ door));
      const whole = await bundle(`export * from "${door}";`);
      const parts = [];
      for (const one of names) parts.push({ one, ...(await bundle(`export { ${one} } from "${door}";`)) });
      for (const { packages } of parts) expect(reach(name)).toEqual(expect.arrayContaining([...packages]));
      const smallest = Math.min(...parts.map(({ code }) => code.length));
      if (names.length > 1) expect(smallest).toBeLessThan(whole.code.length / 2);
    }
  });
});

/** A package and all that it depends on. */
function reach(name: string): string[] {
  const siblings = all.find((one) => one.name === name)?.siblings;
  return [name, ...(siblings ?? []).flatMap(reach)];
}
