// The program of a run's thread: it imports the module, calls the function once and tells what came of it.
import { jsonOf } from "./sweep/json.ts";
import type { Order, Outcome } from "./sweep/run-in-thread.ts";
import { nodeThreads } from "./workers/node.ts";

const port = nodeThreads()?.parentPort;

async function outcomeOf({ module, call, name, settings }: Order): Promise<Outcome> {
  try {
    const functions = await import(/* @vite-ignore */ module);
    if (typeof functions[call] !== "function")
      return { failed: `${module} exports no function named ${call}` };
    const result = await functions[call](JSON.parse(settings), name);
    return { result: jsonOf("sweep", "result", result) };
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}

// Once: a run that waits for what never comes then ends its thread, which is noticed.
port?.addEventListener(
  "message",
  ({ data }) => void outcomeOf(data as Order).then((outcome) => port.postMessage(outcome)),
  { once: true },
);
port?.start();
