// The program of the workers: it has no names of its own and does nothing in a main thread.
import { nodeThreads } from "./workers/node.ts";
import { type Port, serve } from "./workers/serve.ts";

const port = nodeThreads()?.parentPort;
const scope = globalThis as unknown as { WorkerGlobalScope?: unknown } & Port;
if (port) serve(port);
else if (scope.WorkerGlobalScope) serve(scope);
