// Writes src/portable/float64*: the float32 kernels with the other array type and without the rounding.
// `--check` changes nothing and fails if a file differs. The text is the same twice because one function that
// has seen both array types runs several times slower (docs/decisions).
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const portable = new URL("../src/portable/", import.meta.url);
const check = process.argv.includes("--check");
const names = [
  "float32.ts",
  ...readdirSync(new URL("float32/", portable))
    .filter((n) => !n.includes(".test."))
    .map((n) => `float32/${n}`),
];

let stale = 0;
for (const name of names) {
  const source = readFileSync(new URL(name, portable), "utf8");
  const target = new URL(name.replace("float32", "float64"), portable);
  const derived = format(
    `// Derived from ${name} by scripts/derive-float64.mjs: edit that file, not this one.\n${toFloat64(source)}`,
    target.pathname,
  );
  if (check) {
    if (readOrEmpty(target) !== derived) {
      stale++;
      process.stderr.write(`${target.pathname} is not what derive-float64.mjs writes\n`);
    }
  } else writeFileSync(target, derived);
}
process.exitCode = stale > 0 ? 1 : 0;

function toFloat64(source) {
  return dropRounding(source)
    .replace(/^const f = Math\.fround;\n\n?/m, "")
    .replaceAll("every operation is rounded by `Math.fround`", "no operation needs an extra rounding")
    .replaceAll("Float32", "Float64")
    .replaceAll("float32", "float64")
    .replaceAll("FLOAT32", "FLOAT64");
}

function format(text, path) {
  return execFileSync("biome", ["format", `--stdin-file-path=${path}`], { input: text, encoding: "utf8" });
}

/** f(e) becomes (e); the formatter drops parentheses that are not needed. */
function dropRounding(text) {
  const call = /(?<![\w.$])f\(/.exec(text);
  if (!call) return text;
  const start = call.index + 2;
  let depth = 1;
  let end = start;
  while (depth > 0) {
    const letter = text[end++];
    if (letter === "(") depth++;
    if (letter === ")") depth--;
  }
  const inner = text.slice(start, end - 1);
  return dropRounding(`${text.slice(0, call.index)}(${inner})${text.slice(end)}`);
}

function readOrEmpty(url) {
  try {
    return readFileSync(url, "utf8");
  } catch {
    return "";
  }
}
