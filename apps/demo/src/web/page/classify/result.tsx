import { focusable } from "@unroll/page-parts";
import type { VNode } from "preact";
import type { ClassifyResult } from "../../classify/messages.ts";

/** How good the network is among simple rules, and who was taken for whom. */
export function Result({ result }: { readonly result: ClassifyResult }): VNode {
  const { classes, baselines, network, confusion } = result;
  const percent = (share: number): string => (100 * share).toFixed(1);
  const most = Math.max(1, ...confusion.flatMap((row, i) => row.filter((_, j) => j !== i)));
  return (
    <>
      <table class="scores figures">
        <caption class="small soft">
          In % of the test part, which nobody learned from. More are better.
        </caption>
        <thead>
          <tr>
            <th scope="col">rule</th>
            <th scope="col">right</th>
            <th scope="col">mean of the labels</th>
          </tr>
        </thead>
        <tbody>
          {[...baselines, network].map((rule) => (
            <tr key={rule.name} data-own={rule === network}>
              <th scope="row">{rule === network ? `this network: ${rule.name}` : rule.name}</th>
              <td>{percent(rule.accuracy)}</td>
              <td>{percent(rule.macroRecall)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <details class="values">
        <summary class="small">Who was taken for whom</summary>
        <section class="values-scroll" ref={focusable} aria-label="Who was taken for whom">
          <table class="confusion figures">
            <caption class="heard">A row for what it is, a column for what was said</caption>
            <thead>
              <tr>
                <td />
                {classes.map((label) => (
                  <th key={label} scope="col">
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {classes.map((label, i) => (
                <tr key={label}>
                  <th scope="row">{label}</th>
                  {classes.map((said, j) => {
                    const count = confusion[i]![j]!;
                    return (
                      <td
                        key={said}
                        data-right={i === j}
                        style={{ "--strength": `${i === j ? 0 : Math.round((40 * count) / most)}%` }}
                      >
                        {count === 0 ? "" : i === j ? `${count} ✓` : count}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </>
  );
}
