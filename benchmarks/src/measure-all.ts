import { cpus } from "node:os";
import { availableKernels } from "@unroll/kernels";
import { measureMemory } from "./memory.ts";
import { measureNumbers } from "./numbers.ts";
import { measureProducts } from "./products.ts";
import type { Figures } from "./report.ts";
import { measureStreaming } from "./streaming.ts";
import { measureTraining } from "./training.ts";
import { measureVocabulary } from "./vocabulary.ts";
import { measureWorkers, type WorkersFigure } from "./workers.ts";
import { workloads } from "./workloads.ts";

/** All figures of our own. */
export async function measureAll(): Promise<Figures> {
  const kinds = availableKernels();
  const quick = kinds.filter((kind) => kind !== "portable");
  return {
    machine: { node: process.version, cpu: cpus()[0]?.model ?? "unknown", kernels: kinds },
    products: [
      ...measureProducts(128, 32, 1600, kinds),
      ...measureProducts(256, 64, 3200, kinds),
      ...measureProducts(512, 64, 6400, kinds),
    ],
    // The portable kernels take seconds for a large step, and no one would train that with them.
    training: workloads.flatMap((workload) => measureTraining(workload, workload.H < 512 ? kinds : quick)),
    streaming: [16, 64, 128, 256, 512].flatMap((H) => measureStreaming(H, kinds)),
    numbers: quick.flatMap(measureNumbers),
    vocabulary: quick.flatMap((kind) => [2, 10, 100, 1000, 10_000].map((V) => measureVocabulary(V, kind))),
    memory: workloads.map(measureMemory),
    workers: await measureAllWorkers(),
  };
}

/** Two workers beside one and none. */
export async function measureAllWorkers(): Promise<WorkersFigure[]> {
  const figures: WorkersFigure[] = [];
  for (const workload of workloads)
    for (const kernels of availableKernels())
      if (kernels !== "portable") figures.push(await measureWorkers(workload, kernels));
  return figures;
}
