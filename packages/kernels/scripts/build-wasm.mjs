// Compiles assembly/ to WebAssembly and writes the bytes, as hexadecimal digits, to src/generated/wasm.ts (not committed).
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import asc from "assemblyscript/asc";

const root = new URL("../", import.meta.url);
const MODULES = {
  RELAXED: { entry: "assembly/products.ts", features: "simd,relaxed-simd" },
  SIMD: { entry: "assembly/index.ts", features: "simd" },
};

let text = "// Written by scripts/build-wasm.mjs from assembly/.\n";
for (const [name, { entry, features }] of Object.entries(MODULES)) {
  const bytes = await compile(entry, features);
  text += `\n/** ${entry} with ${features}: ${bytes.length} bytes. */\n`;
  text += `export const ${name}: string =\n  "${Buffer.from(bytes).toString("hex")}";\n`;
}
const target = new URL("src/generated/wasm.ts", root);
mkdirSync(new URL(".", target), { recursive: true });
writeFileSync(`${target.pathname}.part`, text);
renameSync(`${target.pathname}.part`, target.pathname);

async function compile(entry, features) {
  let bytes;
  const { error, stderr } = await asc.main(
    [
      entry,
      "--baseDir",
      root.pathname,
      "--outFile",
      "out.wasm",
      "--enable",
      features,
      "--runtime",
      "stub",
    ].concat("--importMemory", "--maximumMemory", "65536", "--noAssert", "-O3s", "--converge"),
    { writeFile: (name, contents) => (bytes = name.endsWith(".wasm") ? contents : bytes) },
  );
  if (error) throw new Error(`${entry} (${features}):\n${stderr.toString()}`, { cause: error });
  return bytes;
}
