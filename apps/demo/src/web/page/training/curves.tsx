import { figure, type Line, LineChart, ValuesTable } from "@unroll/page-parts";
import { extremes, wholeDecades } from "@unroll/page-parts/plot";
import type { VNode } from "preact";
import type { History } from "../../engine/course.ts";
import { joined } from "./joined.ts";

interface CurvesProps {
  readonly history: History;
  /** `Bits per character` */
  readonly measure: string;
  /** What is measured on the validation part, if it is something else. */
  readonly validation?: string | undefined;
}

/** How training went: the loss, what was measured on the validation part, and the size of the gradient. */
export function Curves({ history, measure, validation }: CurvesProps): VNode {
  const { update, loss, gradientNorm, clippedNorm } = history;
  const measured = joined(history.evaluations, update);
  const training: Line = { label: "training", color: "--line-carried", values: loss };
  const watched: Line = { label: "validation", color: "--line-bound", width: 2.5, values: measured };
  const norms: readonly Line[] = [
    { label: "before", color: "--line-bound", dash: "5 3", values: gradientNorm.map(Math.log10) },
    { label: "clipped", color: "--line-measured", width: 2, values: clippedNorm.map(Math.log10) },
  ];
  const newest = history.evaluations.at(-1);
  return (
    <div class="curves">
      <Chart title={measure} x={update} lines={validation ? [training] : [training, watched]} />
      {validation && history.evaluations.length > 1 && (
        <Chart title={validation} x={update} lines={[watched]} />
      )}
      <div>
        <h3>Norm of the gradient</h3>
        <LineChart
          x={update}
          lines={norms}
          range={wholeDecades(norms)}
          logarithmic
          xTitle="updates"
          room={54}
        />
      </div>
      <ValuesTable
        caption={`${measure} and the norm of the gradient over the updates`}
        columns={["updates", "training", "gradient", "clipped"]}
        rows={update.length}
        row={(i) => [
          String(Math.round(update[i]!)),
          ...[loss, gradientNorm, clippedNorm].map((values) => figure(values[i]!)),
        ]}
      />
      {newest && (
        <p class="heard">
          {validation ?? measure} on the validation part after {newest.step} updates: {figure(newest.value)}.
        </p>
      )}
    </div>
  );
}

function Chart({
  title,
  x,
  lines,
}: {
  readonly title: string;
  readonly x: Float64Array;
  readonly lines: readonly Line[];
}): VNode {
  const [low, high] = extremes(...lines.map(({ values }) => values));
  const room = (high - low || 1) / 12;
  return (
    <div>
      <h3>{title}</h3>
      <LineChart x={x} lines={lines} range={[low - room, high + room]} room={68} />
    </div>
  );
}
