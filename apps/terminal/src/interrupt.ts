import { EXIT } from "./errors.ts";

/** What the process needs to be told of Ctrl-C; `process` itself, or a test's own. */
export interface Signals {
  on(signal: "SIGINT" | "SIGTERM", listener: () => void): unknown;
  off(signal: "SIGINT" | "SIGTERM", listener: () => void): unknown;
  exit(code: number): void;
}

/**
 * Runs `work` with a signal that the first Ctrl-C aborts, so that it can end its step and save; the second one ends
 * the process at once, after `leave` has put the terminal in order.
 */
export async function interruptible<T>(
  signals: Signals,
  leave: () => void,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) {
      leave();
      signals.exit(EXIT.interrupted);
    }
    controller.abort();
  };
  signals.on("SIGINT", stop);
  signals.on("SIGTERM", stop);
  try {
    return await work(controller.signal);
  } finally {
    signals.off("SIGINT", stop);
    signals.off("SIGTERM", stop);
  }
}
