import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { availableKernels } from "@unroll/kernels";
import { measurePeak, measureProducts } from "./products.ts";
import { measureStreaming } from "./streaming.ts";
import { table } from "./table.ts";
import { measureTraining } from "./training.ts";
import { workloads } from "./workloads.ts";

/** `npx pnpm bench [--json]`: everything on one core, without workers. */
const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });
const kinds = availableKernels();
const machine = { node: process.version, cpu: cpus()[0]?.model ?? "unknown", kernels: kinds };

const peak = measurePeak();
const products = [
  ...measureProducts(128, 32, 1600, kinds),
  ...measureProducts(256, 64, 3200, kinds),
  ...measureProducts(512, 64, 6400, kinds),
];
// The portable kernels take seconds for a large step, and no one would train that with them.
const training = workloads.flatMap((workload) =>
  measureTraining(workload, workload.H < 512 ? kinds : kinds.filter((kind) => kind !== "portable")),
);
const streaming = [16, 64, 128, 256, 512].flatMap((H) => measureStreaming(H, kinds));

if (values.json) console.log(JSON.stringify({ machine, peak, products, training, streaming }));
else {
  const one = (value: number): string => value.toFixed(1);
  console.log(`${machine.cpu}, Node ${machine.node}, one core`);
  console.log(`multiply-adds without loads, not fused: ${one(peak)} GFLOP/s\n`);
  console.log(
    table(
      ["product", "kernels", "GFLOP/s", "of the peak"],
      products.map(({ product, kernels, gigaflops }) => [
        product,
        kernels,
        one(gigaflops),
        `${Math.round((100 * gigaflops) / peak)} %`,
      ]),
    ),
  );
  console.log(
    table(
      ["training step", "kernels", "ms", "GFLOP/s", "memory, MB"],
      training.map(({ workload, kernels, milliseconds, gigaflops, bytes }) => [
        workload,
        kernels,
        milliseconds.toFixed(2),
        one(gigaflops),
        one(bytes / 1e6),
      ]),
    ),
  );
  console.log(
    table(
      ["stream, H", "kernels", "µs a step"],
      streaming.map(({ H, kernels, microseconds }) => [String(H), kernels, microseconds.toFixed(2)]),
    ),
  );
}
