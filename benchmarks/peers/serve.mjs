import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";

/**
 * The protocol of every peer: lines of JSON on standard input, one answer to each on standard output.
 *
 * - `{}` → `{ version }`
 * - `{ make: problem }` → `{ result }`, what is compared with the other peers: `{ loss, gradientNorm? }` of a training
 *   step, `{ outputs }` of the first steps of a stream; `{ cannot: "why" }` if the peer has no such thing
 * - `{ time: calls }` → `{ milliseconds }` of one run of what was made last
 *
 * @param {string} version
 * @param {Record<"training" | "streaming", (problem: object) => Promise<{ result: object, run: () => unknown } | { cannot: string }>>} peer
 */
export async function serve(version, peer) {
  let run = () => undefined;
  for await (const line of createInterface({ input: process.stdin })) {
    const { make, time } = JSON.parse(line);
    if (make) {
      const { sizes, activation, loss, weights, inputs, targets } = make;
      const made = await peer[make.kind]({
        ...sizes,
        activation,
        loss,
        weights: Object.fromEntries(Object.entries(weights).map(([name, text]) => [name, floats(text)])),
        inputs: floats(inputs),
        targets: loss === "cross-entropy" ? new Int32Array(bytes(targets)) : floats(targets),
      });
      run = made.run;
      answer({ result: made.result, cannot: made.cannot });
    } else if (time) {
      const start = performance.now();
      for (let i = 0; i < time; i++) {
        const pending = run();
        if (pending) await pending;
      }
      answer({ milliseconds: (performance.now() - start) / time });
    } else answer({ version });
  }
}

/** The version of an installed package. */
export function versionOf(name) {
  const entry = createRequire(import.meta.url).resolve(name);
  for (let folder = dirname(entry); ; folder = dirname(folder)) {
    try {
      const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      if (manifest.name === name) return manifest.version;
    } catch {
      // No package.json here; the next folder up may have it.
    }
  }
}

const bytes = (text) => Uint8Array.from(Buffer.from(text, "base64")).buffer;
const floats = (text) => new Float32Array(bytes(text));

function answer(value) {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
