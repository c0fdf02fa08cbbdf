import type { MemoryFigure } from "./memory.ts";
import type { NumbersFigure } from "./numbers.ts";
import type { ProductFigure } from "./products.ts";
import type { StreamingFigure } from "./streaming.ts";
import { table } from "./table.ts";
import type { TrainingFigure } from "./training.ts";
import type { VocabularyFigure } from "./vocabulary.ts";
import type { WorkersFigure } from "./workers.ts";

/** All that was measured. */
export interface Figures {
  readonly machine: { readonly node: string; readonly cpu: string; readonly kernels: readonly string[] };
  readonly products: readonly ProductFigure[];
  readonly training: readonly TrainingFigure[];
  readonly streaming: readonly StreamingFigure[];
  readonly numbers: readonly NumbersFigure[];
  readonly vocabulary: readonly VocabularyFigure[];
  readonly memory: readonly MemoryFigure[];
  readonly workers: readonly WorkersFigure[];
}

const one = (value: number): string => value.toFixed(1);
const two = (value: number): string => value.toFixed(2);
const percent = (share: number): string => `${Math.round(100 * share)} %`;
const megabytes = (bytes: number): string => two(bytes / 1e6);

/** The figures as tables for people. */
export function report(figures: Figures): string {
  const { machine, products, training, streaming, numbers, vocabulary, memory, workers } = figures;
  return [
    `${machine.cpu}, Node ${machine.node}, one core\n`,
    table(
      ["product", "kernels", "GFLOP/s", "peak", "of it"],
      products.map(({ product, kernels, gigaflops, peak }) => [
        product,
        kernels,
        one(gigaflops),
        one(peak),
        percent(gigaflops / peak),
      ]),
    ),
    table(
      ["training step", "kernels", "ms", "GFLOP/s", "of its product", "× portable"],
      training.map(({ workload, kernels, milliseconds, gigaflops, product }) => [
        workload,
        kernels,
        two(milliseconds),
        one(gigaflops),
        percent(gigaflops / product),
        times(
          milliseconds,
          training.find((row) => row.workload === workload && row.kernels === "portable"),
        ),
      ]),
    ),
    table(
      ["stream, H", "kernels", "µs a step"],
      streaming.map(({ H, kernels, microseconds }) => [String(H), kernels, two(microseconds)]),
    ),
    table(
      ["loss at the last of 1000 steps", "kernels", "ms", "ratio"],
      numbers.map(({ network, kernels, milliseconds, ratio }) => [
        network,
        kernels,
        two(milliseconds),
        two(ratio),
      ]),
    ),
    table(
      ["vocabulary", "kernels", "tokens, ms", "one-hot, ms", "gather, µs", "scatter, µs"],
      vocabulary.map(({ V, kernels, tokens, oneHot, gather, scatter }) => [
        String(V),
        kernels,
        two(tokens),
        two(oneHot),
        one(gather),
        one(scatter),
      ]),
    ),
    table(
      ["memory, MB", "parameters", "streaming", "training", "with Adam", "and checkpoints"],
      memory.map(({ workload, parameters, streaming, training, withAdam, checkpointed }) => [
        workload,
        String(parameters),
        ...[streaming, training, withAdam, checkpointed].map(megabytes),
      ]),
    ),
    workersTable(workers),
  ].join("\n");
}

/** Training steps by workers. */
export function workersTable(workers: readonly WorkersFigure[]): string {
  return table(
    ["training step", "kernels", "no worker, ms", "one, ms", "two, ms", "two × one"],
    workers.map(({ workload, kernels, none, one: single, two: both }) => [
      workload,
      kernels,
      ...[none, single, both].map(two),
      two(single / both),
    ]),
  );
}

/** How many times faster than the portable kernels; empty where they did not run. */
function times(milliseconds: number, portable: TrainingFigure | undefined): string {
  return portable ? one(portable.milliseconds / milliseconds) : "";
}
