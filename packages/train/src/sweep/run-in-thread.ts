import { startThread } from "../start-thread.ts";
import type { CheckedRun } from "./run.ts";

/** What a thread is told: the function `call` of a module, and the run with its settings as JSON. */
export interface Order extends CheckedRun {
  readonly module: string;
  readonly call: string;
}

/** What came of a run: the result as JSON, or why there is none. */
export type Outcome = { readonly result: string } | { readonly failed: string };

/**
 * Runs it in a thread of its own, so that nothing is left for the next run; the thread has ended when this resolves or
 * rejects. A thread that ends by itself is a failed run. Rejects with the signal's reason.
 */
export async function runInThread(
  order: Order,
  script: URL | string | undefined,
  signal: AbortSignal,
): Promise<Outcome> {
  signal.throwIfAborted();
  const thread = startThread({ script: script ?? import.meta.url.replace(/[^/]*$/, "sweep.worker.js") });
  let aborted: (() => void) | undefined;
  try {
    return await new Promise<Outcome>((resolve, reject) => {
      aborted = () => reject(signal.reason);
      signal.addEventListener("abort", aborted);
      thread.listen(
        (message) => resolve(message as Outcome),
        (reason) => resolve({ failed: `its thread ${reason}` }),
      );
      thread.post(order);
    });
  } finally {
    if (aborted) signal.removeEventListener("abort", aborted);
    await thread.end();
  }
}
