import { median } from "../side-by-side.ts";
import type { Peer, Result } from "./peer.ts";
import type { Problem } from "./problem.ts";

/** Peer → milliseconds of one run; a peer that has no such thing has no entry. */
export type Row = Readonly<Record<string, number>>;

const ROUNDS = 7;
const TURN = 200; // milliseconds
const TOO_LONG = 10_000; // milliseconds: such a run is timed once

/**
 * Lets every peer compute a problem, the first of them giving what all must agree with, and times them side by side: in
 * each round every one gets its turn, in changing order; the figure is the median over the rounds.
 * @throws Error that names a peer whose result differs
 */
export async function compare(
  peers: readonly Peer[],
  problem: Problem,
  tell: (line: string) => void,
): Promise<Row> {
  let expected: Result | undefined;
  const able: { peer: Peer; calls: number; times: number[] }[] = [];
  for (const peer of peers) {
    const result = await peer.make(problem);
    if (typeof result === "string") {
      tell(`  ${peer.name} ${result}`);
      continue;
    }
    expected ??= result;
    agree(peer.name, result, expected);
    able.push({ peer, calls: await callsFor(peer), times: [] });
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < able.length; i++) {
      const { peer, calls, times } = able[(i + round) % able.length];
      if (times[0] > TOO_LONG) continue;
      times.push(await peer.time(calls));
    }
  }
  const row = Object.fromEntries(able.map(({ peer, times }) => [peer.name, median(times)]));
  for (const [name, milliseconds] of Object.entries(row))
    tell(`  ${name}: ${milliseconds.toPrecision(3)} ms`);
  return row;
}

/** Calls that take about a turn, after a warm-up. */
async function callsFor(peer: Peer): Promise<number> {
  for (let calls = 1; ; calls *= 4) {
    const each = await peer.time(calls);
    if (each * calls >= TURN / 4) return Math.max(1, Math.round(TURN / each));
  }
}

/** The same numbers up to the rounding of float32 sums of different order. */
function agree(name: string, got: Result, expected: Result): void {
  const differ = (what: string, a: number, b: number, tolerance: number): void => {
    if (!(Math.abs(a - b) <= tolerance * Math.max(Math.abs(b), 1e-3)))
      throw new Error(`${name} computes another ${what}: ${a}, expected ${b}`);
  };
  if (expected.loss !== undefined) differ("loss", got.loss ?? Number.NaN, expected.loss, 1e-5);
  if (expected.gradientNorm !== undefined && got.gradientNorm !== undefined)
    differ("gradient norm", got.gradientNorm, expected.gradientNorm, 1e-4);
  expected.outputs?.forEach((y, i) => {
    differ(`output ${i}`, got.outputs?.[i] ?? Number.NaN, y, 1e-3);
  });
}
