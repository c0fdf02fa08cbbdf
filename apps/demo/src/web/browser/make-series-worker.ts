/** The worker as a file beside the page. The single file has `make-inline-series-worker.ts` in its place. */
export function makeSeriesWorker(): Worker {
  return new Worker(new URL("./series-worker.ts", import.meta.url), { type: "module", name: "series" });
}
