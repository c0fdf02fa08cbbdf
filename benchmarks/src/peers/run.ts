import { type Workload, workloads } from "../workloads.ts";
import { compare, type Row } from "./compare.ts";
import type { Comparison } from "./document.ts";
import { startPeers } from "./list.ts";
import { type Problem, streamingProblem, trainingProblem } from "./problem.ts";

/**
 * Measures ourselves beside every peer that is installed. `tell` is told what is going on.
 * @throws Error if a peer computes something else than we do
 */
export async function comparePeers(tell: (line: string) => void): Promise<Comparison> {
  const peers = await startPeers(tell);
  try {
    const training: Record<string, Row> = {};
    for (const [title, problem] of trainingProblems()) {
      tell(title);
      training[title] = await compare(peers, problem, tell);
    }
    const streaming: Record<string, Row> = {};
    for (const H of [16, 64, 128, 256, 512]) {
      tell(`streaming, H = ${H}`);
      streaming[H] = await compare(peers, streamingProblem(H), tell);
    }
    const versions = Object.fromEntries(peers.map(({ name, version }) => [name, version]));
    return { date: new Date().toISOString().slice(0, 10), versions, training, streaming };
  } finally {
    for (const peer of peers) peer.end();
  }
}

/** The workloads, and the smallest with ReLU units, since brain.js has no others. */
function trainingProblems(): [string, Problem][] {
  const title = ({ name, I, H, O, B, T }: Workload): string => `${name}: ${[I, H, O, B, T].join(", ")}`;
  const made = workloads.map((workload): [string, Problem] => {
    const loss = workload.loss.targets === "tokens" ? "cross-entropy" : "squared-error";
    return [title(workload), trainingProblem(workload, loss)];
  });
  const [tiny] = workloads;
  return [...made, [`${title(tiny)}, ReLU`, trainingProblem(tiny, "squared-error", "relu")]];
}
