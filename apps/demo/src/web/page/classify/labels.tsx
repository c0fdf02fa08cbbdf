import type { VNode } from "preact";
import type { Answer } from "../../../classify/answer.ts";

/** The likeliest labels with their probabilities. */
export function Labels({ answer }: { readonly answer: Answer }): VNode {
  return (
    <table class="labels">
      <caption class="heard">Labels and their probabilities</caption>
      <tbody>
        {answer.labels.slice(0, 5).map(({ label, probability }, i) => (
          <tr key={label} data-first={i === 0}>
            <th scope="row">{label}</th>
            <td class="bar-cell" aria-hidden="true">
              <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                <rect width={100 * probability} height="8" />
              </svg>
            </td>
            <td class="figures">{(100 * probability).toFixed(probability < 0.0995 ? 1 : 0)} %</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
