// Largest error of every elementary float32 function over all 2³² arguments, in units of the last place, and how many
// results of the WebAssembly passes differ from the function's.
//   pnpm --filter @unroll/kernels accuracy [--stride N] [function …]
// The whole takes some minutes a function; an odd stride visits every N-th pattern.
import { parseArgs } from "node:util";
import { elementary32 } from "../src/elementary/float32.ts";
import { differing } from "./both.ts";
import { measure32, references } from "./ulp.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { stride: { type: "string", default: "1" } },
});
const stride = Number(values.stride);
const functions: Record<string, (x: number) => number> = { ...elementary32 };
const names = positionals.length > 0 ? positionals : Object.keys(functions);
for (const name of names) {
  if (!(name in functions) || !(stride >= 1)) {
    process.stderr.write(`usage: accuracy [--stride N] [${Object.keys(functions).join(" | ")}]\n`);
    process.exit(2);
  }
}

for (const name of names) {
  const { ulp, at, rounded, count } = measure32(functions[name], references[name], stride);
  const share = (100 * rounded).toFixed(2);
  process.stdout.write(
    `${name.padEnd(9)} ${ulp.toFixed(4)} ULP at ${at}, ${share} % correctly rounded, ${count} arguments\n`,
  );
  if (name === "tanh" || name === "sigmoid") {
    process.stdout.write(`${"".padEnd(9)} WebAssembly: ${differing(name, functions[name], stride)} differ\n`);
  }
}
