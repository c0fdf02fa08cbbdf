/** The worker as a file beside the page. The single file has `make-inline-text-worker.ts` in its place. */
export function makeTextWorker(): Worker {
  return new Worker(new URL("./text-worker.ts", import.meta.url), { type: "module", name: "text" });
}
