/** The worker as a file beside the page. The single file has `make-inline-classify-worker.ts` in its place. */
export function makeClassifyWorker(): Worker {
  return new Worker(new URL("./classify-worker.ts", import.meta.url), { type: "module", name: "classify" });
}
