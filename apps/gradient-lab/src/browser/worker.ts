import { Engine } from "../core/engine/engine.ts";
import type { Report, Request } from "../core/engine/messages.ts";

/** The engine in a worker: messages in, messages out. */
const scope = globalThis as unknown as {
  postMessage(report: Report): void;
  onmessage: (event: { data: Request }) => void;
};

// A message to oneself comes after those that wait; a timer of 0 ms would wait for 4.
const turns = new MessageChannel();
const waiting: (() => void)[] = [];
turns.port1.onmessage = () => waiting.shift()?.();

const engine = new Engine((report) => scope.postMessage(report), {
  soon(run) {
    waiting.push(run);
    turns.port2.postMessage(0);
  },
  later(run, milliseconds) {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
  clock: () => performance.now(),
});

scope.onmessage = ({ data }) => engine.receive(data);
