import { type NodeThreads, nodeThreads } from "./workers/node.ts";

/** A thread of Node or of a browser, with the differences taken away. */
export interface Thread {
  post(message: unknown, transfer?: Transferable[]): void;
  /** Called for each message; and once if it ends by itself, with the reason. */
  listen(hear: (message: unknown) => void, ended: (reason: string) => void): void;
  /** Whether the process waits for it. */
  hold(held: boolean): void;
  /** Ends it, and resolves when it has ended. */
  end(): Promise<void>;
}

/** Where to find the program of the workers if the bundler did not, and how much memory Node gives to one. */
export interface ThreadOptions {
  readonly script?: URL | string | undefined;
  readonly resourceLimits?: Readonly<Record<string, number>> | undefined;
}

/** Starts a thread that runs `train.worker.ts`. */
export function startThread(options: ThreadOptions): Thread {
  const node = nodeThreads();
  return node ? startInNode(node, options) : startInBrowser(options);
}

function startInNode({ Worker: Thread }: NodeThreads, { script, resourceLimits }: ThreadOptions): Thread {
  const beside = import.meta.url.replace(/[^/]*$/, "train.worker.js");
  const worker = new Thread(asUrl(script ?? beside), { execArgv: [], resourceLimits });
  let ending: Promise<unknown> | undefined;
  let reason: string | undefined;
  worker.on("error", (error: Error) => {
    reason = `ended: ${error.message}`;
  });
  return {
    post: (message, transfer = []) => worker.postMessage(message, transfer),
    listen(hear, ended) {
      worker.on("message", hear);
      worker.on("exit", (code: number) => {
        if (!ending) ended(reason ?? `ended with code ${code}`);
      });
    },
    hold: (held) => (held ? worker.ref() : worker.unref()),
    async end() {
      ending ??= worker.terminate();
      await ending;
    },
  };
}

function startInBrowser({ script }: ThreadOptions): Thread {
  const worker = script
    ? new Worker(script, { type: "module" })
    : new Worker(new URL("./train.worker.ts", import.meta.url), { type: "module" });
  return {
    post: (message, transfer = []) => worker.postMessage(message, transfer),
    listen(hear, ended) {
      worker.onmessage = ({ data }) => hear(data);
      worker.onerror = (event) => {
        event.preventDefault();
        ended(`ended: ${event.message ?? "its program could not be loaded"}`);
      };
    },
    hold: () => undefined,
    async end() {
      worker.terminate();
    },
  };
}

function asUrl(script: URL | string): URL {
  return typeof script === "string" ? new URL(script) : script;
}
