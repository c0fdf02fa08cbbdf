import { figure, type Line, LineChart, ValuesTable } from "@unroll/page-parts";
import { extremes, wholeDecades } from "@unroll/page-parts/plot";
import type { VNode } from "preact";
import type { History } from "../../core/lab.ts";
import { describeTraining } from "../../core/words/describe.ts";
import { rounded } from "../../core/words/numbers.ts";
import { Transport } from "../header/transport.tsx";
import { usePage } from "../parts/page.ts";
import { Panel } from "../parts/panel.tsx";

/** What training does: loss, gradient norms, spectral radius and norm, over the updates. */
export function TrainingPanel(): VNode {
  const { lab, narrow } = usePage();
  const { training, frame } = lab;
  const history = training.history.value;
  const clip = frame.value?.clip;
  const truncation = frame.value?.truncation;
  return (
    <Panel name="training-panel" title="Training">
      {narrow.value && <Transport />}
      {history.update.length < 2 ? (
        <p class="soft small">
          Train, and the loss and the size of the gradient appear here, update by update.
        </p>
      ) : (
        <Curves history={history} update={training.status.value.update} />
      )}
      {clip && (
        <p class="small figures">
          Norm of the gradient: {rounded(clip.before)}
          {clip.sentence ? `, after clipping ${rounded(clip.after)}. ${clip.sentence}` : "."}
        </p>
      )}
      {truncation && <p class="small figures">{truncation.sentence}</p>}
    </Panel>
  );
}

function Curves({ history, update }: { readonly history: History; readonly update: number }): VNode {
  const loss: readonly Line[] = [{ label: "loss", color: "--line-measured", width: 2, values: history.loss }];
  const gradients: readonly Line[] = [
    { label: "before", color: "--line-bound", dash: "5 3", values: history.gradientNorm.map(Math.log10) },
    { label: "after", color: "--line-carried", width: 2, values: history.clippedNorm.map(Math.log10) },
  ];
  const weights: readonly Line[] = [
    { label: "σ", color: "--line-bound", dash: "5 3", values: history.norm },
    { label: "ρ", color: "--line-measured", width: 2, values: history.radius },
  ];
  const at = { x: history.update, markX: update };
  return (
    <>
      <p class="heard">{describeTraining(history)}</p>
      <h3>Loss</h3>
      <LineChart {...at} lines={loss} range={[0, 1.05 * extremes(history.loss)[1] || 1]} room={34} />
      <h3>Gradient, before and after clipping</h3>
      <LineChart {...at} lines={gradients} range={wholeDecades(gradients)} logarithmic room={48} />
      <h3>Recurrent weights</h3>
      <LineChart
        {...at}
        x={history.spectrumUpdate}
        xTitle="updates"
        lines={weights}
        range={aroundOne(weights)}
        markY={1}
        room={20}
      />
      <ValuesTable
        caption="Loss and gradient norm over the updates"
        columns={["update", "loss", "|g|", "clipped"]}
        rows={history.update.length}
        row={(i) => [
          String(history.update[i]),
          ...[history.loss, history.gradientNorm, history.clippedNorm].map((values) => figure(values[i])),
        ]}
      />
      <ValuesTable
        caption="Spectral radius ρ and norm σ of the recurrent weights"
        columns={["update", "ρ", "σ"]}
        rows={history.spectrumUpdate.length}
        row={(i) => [
          String(history.spectrumUpdate[i]),
          ...[history.radius, history.norm].map((values) => figure(values[i])),
        ]}
      />
    </>
  );
}

function aroundOne(lines: readonly Line[]): [number, number] {
  const [low, high] = extremes(...lines.map(({ values }) => values));
  return [Math.min(0.9, low - 0.05), Math.max(1.1, high + 0.05)];
}
