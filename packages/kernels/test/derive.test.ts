import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const folder = new URL("..", import.meta.url).pathname;
const tools = join(folder, "../../node_modules/.bin");
const env = { ...process.env, PATH: `${tools}:${process.env.PATH}` };

test("the float64 kernels are what the script derives from the float32 ones", () => {
  execFileSync(process.execPath, [join(folder, "scripts/derive-float64.mjs"), "--check"], { env });
});

test("a float64 kernel changed by hand is noticed", () => {
  const copy = mkdtempSync(join(folder, "test/.derive-"));
  try {
    for (const part of ["scripts", "src/portable"]) {
      cpSync(join(folder, part), join(copy, part), { recursive: true });
    }
    const changed = join(copy, "src/portable/float64/products.ts");
    const check = (): ReturnType<typeof spawnSync> =>
      spawnSync(process.execPath, [join(copy, "scripts/derive-float64.mjs"), "--check"], {
        env,
        encoding: "utf8",
      });
    expect(check().status).toBe(0);
    writeFileSync(changed, readFileSync(changed, "utf8").replace("c0 + x * p[q]", "c0 - x * p[q]"));
    const { status, stderr } = check();
    expect(status).toBe(1);
    expect(stderr).toContain("float64/products.ts is not what derive-float64.mjs writes");
  } finally {
    rmSync(copy, { recursive: true });
  }
});
