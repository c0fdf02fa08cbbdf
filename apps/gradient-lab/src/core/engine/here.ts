import { Engine } from "./engine.ts";
import type { Port } from "./messages.ts";

/** An engine in this thread: for tests, and where there are no workers. Reports come later, as a worker's do. */
export function engineHere(): Port {
  let closed = false;
  const queue: (() => void)[] = [];
  const soon = (run: () => void): void => {
    queue.push(run);
    if (queue.length === 1) setTimeout(turn, 0);
  };
  const turn = (): void => {
    queue.shift()?.();
    if (queue.length > 0 && !closed) setTimeout(turn, 0);
  };
  const port: Port = {
    send: (request) => soon(() => engine.receive(request)),
    onReport: () => {},
    close() {
      closed = true;
    },
  };
  const later = (run: () => void, milliseconds: number): (() => void) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  };
  const engine = new Engine((report) => port.onReport(report), {
    soon,
    later,
    clock: () => performance.now(),
  });
  return port;
}
