import type { Detail, Frame } from "../frame.ts";
import type { History } from "../lab.ts";
import { describe, describeTraining } from "./describe.ts";

/** All that the pictures show, as lines of text. */
export function report(frame: Frame, history: History, selected?: Detail): string {
  const { status, truncation, clip } = frame;
  const question = ({ question, answer }: Pick<Detail, "question" | "answer">): string =>
    `${question} ${answer}`;
  const lines = [
    question(status),
    status.headline,
    status.detail,
    ...(selected ? ["", question(selected), selected.sentence] : []),
    "",
    ...(["chain", "curves", "spectrum", "saturation"] as const).map((picture) => describe(frame, picture)),
    truncation?.sentence,
    clip.sentence,
    ...(frame.update > 0 ? [describeTraining(history)] : []),
  ];
  return lines.filter((line) => line !== undefined).join("\n");
}
