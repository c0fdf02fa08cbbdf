import { figure } from "@unroll/page-parts";
import type { VNode } from "preact";
import type { SeriesFigures } from "../../../series/result.ts";

interface Props {
  readonly figures: SeriesFigures | undefined;
  readonly column: number;
}

/** Mean absolute errors on the test part, the network among simple rules. */
export function ErrorsTable({ figures, column }: Props): VNode | null {
  if (!figures) return null;
  const { horizons, baselines, network } = figures;
  const rows = [...baselines, network];
  const best = horizons.map((_, h) => Math.min(...rows.map(({ errors }) => errors[h]![column]!.mae)));
  return (
    <section class="scores-scroll" aria-label="Errors on the test part">
      <table class="scores figures">
        <caption class="small soft">
          Mean absolute error on the test part, which nobody learned from. Fewer are better; the best of each
          column is bold.
        </caption>
        <thead>
          <tr>
            <th scope="col">rule</th>
            {horizons.map((horizon) => (
              <th key={horizon} scope="col">
                {horizon} ahead
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((rule) => (
            <tr key={rule.name} data-own={rule === network}>
              <th scope="row">{rule === network ? `this network: ${rule.name}` : rule.name}</th>
              {horizons.map((horizon, h) => {
                const { mae } = rule.errors[h]![column]!;
                return (
                  <td key={horizon} data-best={mae === best[h]}>
                    {figure(mae)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
