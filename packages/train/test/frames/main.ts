import { softmaxCrossEntropy } from "@unroll/losses";
import { sequenceModel } from "@unroll/model";
import { adam } from "@unroll/optim";
import { elman } from "@unroll/rnn-cell";
import { fit, tokenStreams, type WorkersReport } from "@unroll/train";
import { workers } from "@unroll/train/workers";

export interface Frames {
  readonly report: WorkersReport | undefined;
  readonly steps: number;
  readonly frames: number;
  /** Milliseconds. */
  readonly time: number;
  readonly longestWait: number;
}

/** Trains the workload "mid" (65 symbols, 256 units, 64 sequences of 50 steps) for `milliseconds`, and counts frames. */
export async function train(milliseconds: number): Promise<Frames> {
  const symbols = Int32Array.from({ length: 100_000 }, (_, i) => (i * i + 7 * i) % 65);
  const model = sequenceModel({ inputs: 65, cells: [elman({ hiddenSize: 256 })], outputs: 65, seed: 1 });
  const data = tokenStreams(symbols, { size: 65, steps: 50, batch: 64 });
  const options = {
    loss: softmaxCrossEntropy(),
    optimizer: adam({ learningRate: 1e-3 }),
    clip: 1,
    workers: workers(),
    epochs: 1000,
  };
  let report: WorkersReport | undefined;
  let steps = 0;
  let count = counter();
  let begin = 0;
  for await (const event of fit(model, data, options)) {
    report = event.workers;
    steps++;
    // The first steps compile and start.
    if (steps === 5) {
      count.stop();
      count = counter();
      begin = performance.now();
      performance.mark("trains");
    }
    if (steps >= 5 && performance.now() - begin > milliseconds) break;
  }
  performance.mark("trained");
  count.stop();
  return { report, steps: steps - 5, time: performance.now() - begin, ...count.seen };
}

/** Counts frames, and keeps the longest wait for one. */
function counter() {
  const seen = { frames: 0, longestWait: 0 };
  let last = performance.now();
  let handle = requestAnimationFrame(function frame(now) {
    seen.frames++;
    seen.longestWait = Math.max(seen.longestWait, now - last);
    last = now;
    handle = requestAnimationFrame(frame);
  });
  return { seen, stop: () => cancelAnimationFrame(handle) };
}
