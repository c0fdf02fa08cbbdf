/** The worker as a file beside the page. The single file has `make-inline-worker.ts` in its place. */
export function makeWorker(): Worker {
  return new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "gradient-lab" });
}
