import type { Surroundings } from "@unroll/terminal";
import { frameJson } from "../../core/export/json.ts";
import { detailAt } from "../../core/frame/detail.ts";
import { report } from "../../core/words/report.ts";
import { compute } from "../compute.ts";
import type { RunOptions } from "../program.ts";

/** Says what the page shows for a link or a file, in words or as the JSON that the page saves. */
export async function runCommand(
  what: string,
  options: RunOptions,
  surroundings: Surroundings,
): Promise<void> {
  const { state, course, beyond, ...measured } = await compute(what, options, surroundings);
  const { frame } = measured;
  const history = course.history();
  const { t, k } = state;
  const selected = t !== null || k !== null ? detailAt(measured, t ?? frame.steps, k ?? 1) : undefined;
  const text = options.json
    ? frameJson(frame, history, beyond.model)
    : `${report(frame, history, selected)}\n`;
  surroundings.stdout.write(text);
}
