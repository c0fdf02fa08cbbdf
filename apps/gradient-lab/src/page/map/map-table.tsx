import { figure, ValuesTable } from "@unroll/page-parts";
import type { VNode } from "preact";
import type { ShownMap } from "../../core/curves.ts";
import type { Frame } from "../../core/frame.ts";

/** The map as a table: a row for each t, a column for each k. */
export function MapTable({ frame, map }: { readonly frame: Frame; readonly map: ShownMap }): VNode {
  const { steps, labels } = frame;
  const named = frame.settings.input === "text";
  const name = (letter: string, i: number) => `${letter} = ${i + 1}${named ? ` (${labels[i]})` : ""}`;
  return (
    <ValuesTable
      caption={map.title}
      columns={["step", ...labels.map((_, i) => name("k", i))]}
      rows={steps}
      row={(i) => [name("t", i), ...labels.map((_, j) => (j > i ? "" : figure(map.values[i * steps + j])))]}
    />
  );
}
