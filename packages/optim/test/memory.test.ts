import { clipByGlobalNorm, cosine } from "@unroll/optim";
import { expect, test } from "vitest";
import { create, fixture, type Name, prepare } from "./run.ts";

const { start, gradients } = fixture("pytorch");

/** Bytes of garbage an update leaves: the smallest of several rounds, since other work may fall into one. */
function garbage(update: () => void): number {
  const rounds: number[] = [];
  for (let i = 0; i < 5000; i++) update();
  for (let round = 0; round < 20; round++) {
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < 1000; i++) update();
    const used = (process.memoryUsage().heapUsed - before) / 1000;
    if (used >= 0) rounds.push(used);
  }
  return Math.min(...rounds);
}

test.each(["sgd", "momentum", "nesterov", "rmsprop", "adagrad", "adam", "adamW"] as Name[])(
  "%s and clipping leave no views or arrays behind",
  (name) => {
    const learningRate = cosine(0.1, 0.01, 100_000);
    const optimizer = create(name, { learningRate });
    const { arena, parameters, gradients: g, state } = prepare(optimizer, start, "float32");
    const { kernels } = arena;
    const bytes = garbage(() => {
      g.data.set(gradients[state.step % gradients.length], g.offset);
      clipByGlobalNorm(kernels, g, 1);
      optimizer.update(kernels, parameters, g, state);
    });
    // Numbers that cross a call may be boxed, 16 bytes each, and fifteen of them do; one array of the parameters' length
    // or a view for each vector would be more.
    expect(bytes).toBeLessThan(256);
  },
);
