import { OptionError } from "@unroll/kernels";
import type { Loss } from "@unroll/losses";
import type { SequenceModel } from "@unroll/model";
import { integer, knownOptions } from "../data/options.ts";
import { Crew } from "./crew.ts";
import { type Description, describe, partsOf } from "./description.ts";
import { processors } from "./node.ts";
import { usefulWorkers } from "./useful.ts";
import { inThread, type Work, type Workers } from "./work.ts";

export interface WorkersOptions {
  /** How many; as many as are useful for the size of the model and its batches unless given, none for small ones. */
  readonly count?: number | undefined;
  /** Address of a module with cells, activations and losses of your own: see `WorkerModule`. */
  readonly module?: URL | string | undefined;
  /** Address of the workers' program, "train.worker.js" of this package, where a bundler doesn't find it by itself. */
  readonly script?: URL | string | undefined;
}

/**
 * Workers for `fit` and `evaluate`: they share the model's memory and leave the bits that one thread would leave,
 * however many they are. Where no memory can be shared (a page that is not cross-origin isolated), one worker runs, off
 * the main thread. What runs is said in every event.
 * @throws OptionError
 */
export function workers(options: WorkersOptions = {}): Workers {
  knownOptions("workers", options, ["count", "module", "script"]);
  const { count, module, script } = options;
  if (count !== undefined) integer("workers", "count", count, 0);
  return {
    async start(model: SequenceModel, loss: Loss, room): Promise<Work> {
      const cores = processors();
      const wanted = count ?? usefulWorkers(model, room, cores);
      if (wanted === 0)
        return inThread(
          model,
          count === 0 ? undefined : "the model and its batches are too small for workers",
        );
      if (model.unrolled.onBackwardStep) return inThread(model, "a hook watches the steps back");
      const described = description(model, loss, module === undefined);
      if (typeof described === "string") return inThread(model, described);
      const shared = canShare();
      const size = shared ? Math.min(wanted, room.batch) : 1;
      const crew = await Crew.start({
        description: described,
        module: module === undefined ? undefined : String(module),
        size,
        shared,
        cores,
        script,
      });
      const note = shared ? undefined : "the page is not cross-origin isolated: no memory can be shared";
      model.reserve({ ...model.plan, threads: size, apart: !shared });
      return {
        report: { count: size, shared, ...(note !== undefined && { note }) },
        gradient: (batch, objective) => model.gradientBy(crew.run, batch, objective),
        evaluate: (batch, by, states) => model.evaluateBy(crew.run, batch, by, states),
        end: () => crew.end(),
      };
    },
  };
}

/** What workers must know, or why they can't. */
function description(model: SequenceModel, loss: Loss, alone: boolean): Description | string {
  try {
    const described = structuredClone(describe(model, loss));
    if (alone) partsOf(described);
    return described;
  } catch (error) {
    if (error instanceof OptionError) return `without a module workers can't make it: ${error.message}`;
    return `it can't be sent to workers: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function canShare(): boolean {
  return typeof SharedArrayBuffer === "function" && (globalThis.crossOriginIsolated ?? true);
}
