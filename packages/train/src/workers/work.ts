import type { Loss } from "@unroll/losses";
import type { Batch, Objective, SequenceModel, States } from "@unroll/model";

/** Where the arithmetic of a run takes place. */
export interface WorkersReport {
  /** Workers that run; 0: this thread does everything itself. */
  readonly count: number;
  /** Whether they share memory. Without it one worker runs, off this thread. */
  readonly shared: boolean;
  /** Why there are fewer than could be, in a sentence. */
  readonly note?: string | undefined;
}

/** Workers that can be asked to work for a model; made by `workers` of "@unroll/train/workers". */
export interface Workers {
  /**
   * Starts them for one run. Its batches have at most T steps and B sequences.
   * @throws WorkerError if they can't be started
   */
  start(
    model: SequenceModel,
    loss: Loss,
    room: { readonly steps: number; readonly batch: number },
  ): Promise<Work>;
}

/** Workers at work for one run, or the thread that does it itself. */
export interface Work {
  readonly report: WorkersReport;
  /** As those of the model. */
  gradient(batch: Batch, objective: Objective): number | Promise<number>;
  evaluate(
    batch: Batch,
    loss: Loss,
    states: States,
  ): { sum: number; weight: number } | Promise<{ sum: number; weight: number }>;
  /** Ends the workers. */
  end(): Promise<void>;
}

/** This thread does everything itself. */
export function inThread(model: SequenceModel, note?: string): Work {
  return {
    report: { count: 0, shared: false, ...(note !== undefined && { note }) },
    gradient: (batch, objective) => model.gradient(batch, objective),
    evaluate: (batch, loss, states) => model.evaluate(batch, loss, states),
    end: async () => undefined,
  };
}
