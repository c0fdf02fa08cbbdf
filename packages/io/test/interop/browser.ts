import { readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { gzipSync } from "node:zlib";
import { writeSafetensors } from "@unroll/io";
import { writeOnnx } from "@unroll/io/onnx";
import { toPyTorch } from "@unroll/io/pytorch";
import { type SequenceModel, sequenceModel } from "@unroll/model";
import { elman } from "@unroll/rnn-cell";
import { bundle, callExport, inBrowser, type Session } from "@unroll/testing";
import { expect, test } from "vitest";
import type { Measured } from "./page/main.ts";

/** A package of the folder `interop`, which the workspace does not know. */
const NAME = "onnxruntime-web";
const PROGRAM = new URL(`../../../../interop/node_modules/${NAME}/`, import.meta.url);
const { version }: { version: string } = JSON.parse(readFileSync(new URL("package.json", PROGRAM), "utf8"));
/** What a page takes that runs models by WebAssembly: the smallest of its builds. */
const RUNTIME = ["ort.wasm.min.mjs", "ort-wasm-simd-threaded.mjs", "ort-wasm-simd-threaded.wasm"];

const [ROUNDS, TURN] = [31, 40];
const UNITS = [16, 64, 128, 256, 512];
const [OURS, THEIRS] = ["Unroll", "ONNX Runtime Web"];

const program = await bundle(new URL("page/main.ts", import.meta.url));
const runtime = Object.fromEntries(
  RUNTIME.map((name) => [`ort/${name}`, readFileSync(new URL(`dist/${name}`, PROGRAM))]),
);

/** The weights as PyTorch has them, nn.RNN(8, units) and nn.Linear(units, 8), and as a model to write ONNX of. */
function modelOf(units: number): SequenceModel {
  return sequenceModel({ inputs: 8, cells: [elman({ hiddenSize: units })], outputs: 8, seed: units });
}

interface Loaded {
  readonly bytes: number;
  readonly gzipped: number;
}

/** One page with both, and what it loaded: the program of each, and its model. */
async function run(session: Session, units: number) {
  const model = modelOf(units);
  const files = {
    ...program,
    ...runtime,
    "model.safetensors": writeSafetensors(toPyTorch(model), { format: "pt" }),
    "model.onnx": writeOnnx(model),
  };
  const asked = new Set<string>();
  const { page, problems } = await session.open(await session.serve(files));
  page.on("response", (response) => asked.add(new URL(response.url()).pathname.slice(1)));
  const measured = await callExport<Measured>(page, "measure", units, ROUNDS, TURN);
  expect(problems).toEqual([]);
  const sum = (names: readonly string[]): Loaded => {
    const list = names.map((name) => files[name as keyof typeof files]);
    const total = (size: (file: string | Uint8Array) => number): number =>
      list.reduce((sum, file) => sum + size(file), 0);
    return {
      bytes: total((file) => Buffer.byteLength(file)),
      gzipped: total((file) => gzipSync(file, { level: 9 }).length),
    };
  };
  const ort = [...asked].filter((name) => name.startsWith("ort/"));
  await page.close();
  return {
    measured,
    loaded: {
      [OURS]: { program: sum(["main.js"]), model: sum(["model.safetensors"]) },
      [THEIRS]: { program: sum(ort), model: sum(["model.onnx"]) },
    },
    ort,
  };
}

inBrowser("a PyTorch model in a page", (session) => {
  test("through us and through ONNX Runtime Web", async () => {
    const rows: string[][] = [];
    const sizes: string[][] = [];
    for (const units of UNITS) {
      const { measured, loaded, ort } = await run(session, units);
      expect(ort.sort()).toEqual(RUNTIME.map((name) => `ort/${name}`).sort());
      const { outputs, microseconds } = measured;
      for (const list of Object.values(outputs))
        for (const [i, y] of list.entries()) expect(Math.abs(y - outputs[THEIRS]![i]!)).toBeLessThan(1e-5);
      const names = Object.keys(microseconds);
      const ratio = microseconds[THEIRS]! / microseconds[OURS]!;
      if (rows.length === 0) rows.push(["units", ...names, "ONNX Runtime Web / Unroll"]);
      rows.push([String(units), ...names.map((name) => microseconds[name]!.toFixed(2)), ratio.toFixed(1)]);
      const cell = ({ bytes, gzipped }: Loaded): string => `${kilobytes(bytes)} (${kilobytes(gzipped)})`;
      if (sizes.length === 0) {
        sizes.push(["loaded, kB (gzipped)", OURS, THEIRS]);
        sizes.push(["program", cell(loaded[OURS]!.program), cell(loaded[THEIRS]!.program)]);
      }
      sizes.push([`model, ${units} units`, cell(loaded[OURS]!.model), cell(loaded[THEIRS]!.model)]);
    }
    const text = document(rows, sizes, session.browser.version());
    writeFileSync(new URL("../../../../docs/onnx-runtime-web.md", import.meta.url), text);
    process.stdout.write(text);
  });
});

function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0);
}

function document(rows: readonly string[][], sizes: readonly string[][], browser: string): string {
  const processor = `${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`;
  const load = loadavg()[0]!.toFixed(1);
  return `# A PyTorch model in the browser, through Unroll and through ONNX Runtime Web

Written by \`npx pnpm interop browser\`; do not edit. ${new Date().toISOString().slice(0, 10)}, ${processor}, Chromium ${browser}, ${NAME} ${version}.

The network is \`nn.RNN(8, units)\` with \`nn.Linear(units, 8)\`: its state dict as safetensors through \`fromPyTorch\` and \`stream.step\`, and as an
ONNX file with an RNN node through \`session.run\`, WebAssembly on one thread. One page runs both; their outputs agree within 1e-5, and
they are timed in ${ROUNDS} turns of ${TURN} ms each. The machine's load was ${load} processes in the last minute.

Microseconds of one step of one sequence, its state kept from step to step, in the fastest turn:

${markdown(rows)}

What the page loads. The program is all code and WebAssembly that it takes (ours with the code that measures):

${markdown(sizes)}
`;
}

function markdown([head = [], ...rows]: readonly string[][]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, at) => (at === 0 ? "---" : "--:"));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}
