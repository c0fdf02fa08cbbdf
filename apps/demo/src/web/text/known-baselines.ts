import type { Baseline } from "../../text/baselines.ts";
import known from "./moby-dick-baselines.json";

/** What n-grams reach on the text with this SHA-256, if that is known before counting. */
export function knownBaselines(sha256: string): readonly Baseline[] | undefined {
  return sha256 === known.sha256 ? known.baselines : undefined;
}
