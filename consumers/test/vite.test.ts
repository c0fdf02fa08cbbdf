import { describe, expect, test } from "vitest";
import { bundle } from "../src/bundle.ts";
import { node, write } from "../src/consumer.ts";
import { packages } from "../src/packages.ts";

const all = packages();
const ours = new Set(all.map(({ name }) => name));

test("a bundle of everything runs", async () => {
  const doors = all.flatMap((one) => one.doors);
  const imports = doors.map((door, at) => `import * as door${at} from "${door}";`).join("\n");
  const program = `${imports}\nconsole.log([${doors.map((_, at) => `door${at}`)}].map((door) => Object.keys(door).length).join());\n`;
  const { code } = await bundle(program);
  expect(node(write("bundle.mjs", code))).toBe(node(write("unbundled.mjs", program)));
});

describe.each(all)("$name", ({ name, doors }) => {
  test.each(doors)("%s does nothing at import: without a name nothing is left of it", async (door) => {
    expect((await bundle(`import "${door}";`)).code).toBe("");
    expect((await bundle(`import "${door}";`, name)).code).toBe("");
  });

  test.each(doors)("one name of %s brings only what it needs", async (door) => {
    const whole = await bundle(`export * from "${door}";`);
    const sizes: [number, string][] = [];
    for (const one of Object.keys(await import(/* @vite-ignore */ door))) {
      const part = await bundle(`export { ${one} } from "${door}";`);
      expect(part.packages.filter((other) => ours.has(other) && !reach(name).includes(other))).toEqual([]);
      sizes.push([part.code.length, one]);
    }
    const [size, one] = sizes.reduce((a, b) => (b[0] < a[0] ? b : a));
    if (sizes.length > 1) expect(size, `bytes of ${one}, the smallest`).toBeLessThan(whole.code.length / 2);
  });
});

/** A package and all that it depends on. */
function reach(name: string): string[] {
  const siblings = all.find((one) => one.name === name)?.siblings;
  return [name, ...(siblings ?? []).flatMap(reach)];
}
