import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { focusable } from "./focusable.ts";

interface Props {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: number;
  /** The name of a row and its values. */
  readonly row: (at: number) => readonly [string, ...string[]];
}

const PAGE = 25;

/** The values of a picture as a table, 25 rows at a time; made when it is asked for. */
export function ValuesTable(props: Props): VNode {
  const [open, setOpen] = useState(false);
  return (
    <details class="values" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary class="small">
        Values as a table<span class="heard">: {props.caption}</span>
      </summary>
      {open && <Rows {...props} />}
    </details>
  );
}

function Rows({ caption, columns, rows, row }: Props): VNode {
  const [page, setPage] = useState(0);
  const pages = Math.ceil(rows / PAGE);
  const from = Math.min(page, pages - 1) * PAGE;
  const to = Math.min(rows, from + PAGE);
  return (
    <>
      {pages > 1 && (
        <div class="pages small">
          <button type="button" class="toggle" disabled={from === 0} onClick={() => setPage(page - 1)}>
            Earlier
          </button>
          <span class="figures">
            rows {from + 1} to {to} of {rows}
          </span>
          <button type="button" class="toggle" disabled={to === rows} onClick={() => setPage(page + 1)}>
            Later
          </button>
        </div>
      )}
      <section class="values-scroll" ref={focusable} aria-label={caption}>
        <table class="figures">
          <caption class="heard">{caption}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: to - from }, (_, i) => row(from + i)).map(([name, ...values]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {values.map((value, i) => (
                  <td key={columns[i + 1]}>{value}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
