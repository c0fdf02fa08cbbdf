import { figure } from "@unroll/page-parts";
import type { VNode } from "preact";
import { describe } from "../../core/words/describe.ts";
import { usePage } from "../parts/page.ts";
import { Panel } from "../parts/panel.tsx";
import { EigenDisc } from "./eigen-disc.tsx";
import { Histogram } from "./histogram.tsx";
import { SingularValues } from "./singular-values.tsx";

/** What the weights are made of, and the selected step. */
export function SpectrumPanel(): VNode {
  const { lab, selected } = usePage();
  const frame = lab.frame.value;
  const detail = lab.detail.value;
  const { t, k } = selected.value;
  return (
    <Panel
      name="spectrum-panel"
      title="Inside the weights"
      about="Eigenvalues and singular values turn and stretch the gradient; saturated units block it."
    >
      {frame && (
        <div class="spectrum">
          <figure>
            <EigenDisc words={describe(frame, "spectrum")} spectrum={frame.spectrum} detail={detail} />
            <figcaption class="small">
              <h3>Eigenvalues</h3>
              <p class="soft">
                <span class="dot" /> of W, ρ = {figure(frame.spectrum.radius)}; <span class="ring" /> of J at
                step {t}
              </p>
            </figcaption>
          </figure>
          <figure>
            <SingularValues spectrum={frame.spectrum} detail={detail} />
            <figcaption class="small">
              <h3>Singular values</h3>
              <p class="soft">
                <span class="dot" /> W, largest {figure(frame.spectrum.norm)}; <span class="ring" /> J;{" "}
                <span class="plus" /> from step {t} to {k}
              </p>
            </figcaption>
          </figure>
          <figure>
            <Histogram
              histogram={detail?.saturation ?? frame.saturation}
              words={describe(frame, "saturation")}
            />
            <figcaption class="small">
              <h3>Open or saturated</h3>
              <p class="soft">
                slope of the {frame.hidden} units at step {t}: 0 lets nothing back, 1 lets all
              </p>
            </figcaption>
          </figure>
        </div>
      )}
    </Panel>
  );
}
