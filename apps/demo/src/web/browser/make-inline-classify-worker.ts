import InlineWorker from "./classify-worker.ts?worker&inline";

/** The worker inside the page, which can be opened from a disk, where no page may load a second file. */
export function makeClassifyWorker(): Worker {
  return new InlineWorker({ name: "classify" });
}
