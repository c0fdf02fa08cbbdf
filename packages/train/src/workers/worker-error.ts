import { UnrollError } from "@unroll/kernels";

/**
 * A worker threw, was ended or ran out of memory, or could not be started. Parameters, the optimizer's state and the
 * carried states are as before the step; what `fit` was asked again from there has the bits that would have come.
 */
export class WorkerError extends UnrollError {
  constructor(where: string, worker: number, reason: string, cause?: unknown) {
    super("worker", `${where}: worker ${worker} ${reason}`, { where, worker, reason });
    if (cause !== undefined) this.cause = cause;
  }
}
