import { bundle, callExport, inBrowser } from "@unroll/testing";
import { expect, test } from "vitest";
import type { Frames } from "./main.ts";

// What a page feels of training: npx pnpm --filter @unroll/train frames. The figures need a machine with nothing else to do.

interface TraceEvent {
  readonly name: string;
  readonly cat: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  readonly args: { readonly name?: string };
}

const SECONDS = 8;
const program = await bundle(new URL("./main.ts", import.meta.url));

inBrowser("a page in which mid trains", (session) => {
  test.each([true, false])("draws its frames, isolated: %s", async (isolated) => {
    const { page, problems } = await session.open(await session.serve(program, { isolated }));
    await session.browser.startTracing(page, { categories: ["toplevel", "blink.user_timing", "__metadata"] });
    const frames = await callExport<Frames>(page, "train", 1000 * SECONDS);
    const trace = JSON.parse(String(await session.browser.stopTracing()));
    expect(problems).toEqual([]);
    process.stdout.write(`\n${lines(frames, longestTask(trace.traceEvents)).join("\n")}\n`);
  });
});

/** Milliseconds of the longest task of the page's main thread between the marks "trains" and "trained". */
function longestTask(events: readonly TraceEvent[]): number {
  const mark = (name: string): TraceEvent =>
    events.find((each) => each.name === name && each.cat.includes("user_timing"))!;
  const [begin, end] = [mark("trains"), mark("trained")];
  const tasks = events.filter(
    ({ name, ph, pid, tid, ts }) =>
      name === "ThreadControllerImpl::RunTask" &&
      ph === "X" &&
      pid === begin.pid &&
      tid === begin.tid &&
      ts > begin.ts &&
      ts < end.ts,
  );
  expect(tasks.length).toBeGreaterThan(0);
  return Math.max(...tasks.map(({ dur = 0 }) => dur)) / 1000;
}

function lines({ report, steps, frames, time, longestWait }: Frames, task: number): string[] {
  const shared = report?.shared ? "shared memory" : "memory of its own";
  return [
    `workers                     ${report?.count ?? 0}, ${shared}`,
    `training steps a second     ${((1000 * steps) / time).toFixed(1)}`,
    `frames a second             ${((1000 * frames) / time).toFixed(1)}`,
    `longest wait for a frame    ${longestWait.toFixed(1)} ms`,
    `longest main-thread task    ${task.toFixed(1)} ms`,
  ];
}
