import { curvesCsv, mapCsv } from "../../core/export/csv.ts";
import { frameJson } from "../../core/export/json.ts";
import type { Frame } from "../../core/frame.ts";
import type { History } from "../../core/lab.ts";
import type { OpenedModel } from "../../core/model/opened-model.ts";
import type { LabState, MapMode } from "../../core/settings.ts";
import type { Section } from "../../core/training/training-options.ts";
import { chainSvg } from "../../render/chain-svg.ts";
import { curvesSvg } from "../../render/curves-svg.ts";
import { mapSvg } from "../../render/map-svg.ts";
import { pngOf } from "./picture.ts";

/** What is on the page when something is saved. */
interface Shown {
  readonly frame: Frame;
  readonly pinned: Frame | undefined;
  readonly mode: MapMode;
  readonly history: History;
  readonly state: LabState;
  readonly sections: readonly Section[];
  readonly model: OpenedModel | undefined;
  /** The selected step. */
  readonly t: number;
}

export interface SavedFile {
  readonly name: string;
  readonly label: string;
  readonly make: (shown: Shown) => Blob | Promise<Blob>;
}

const svg = (text: string): Blob => new Blob([text], { type: "image/svg+xml" });
const csv = (text: string): Blob => new Blob([text], { type: "text/csv" });

const map = ({ frame, mode, pinned }: Shown): string => mapSvg(frame, mode, pinned);
const curves = ({ frame, t, pinned }: Shown): string => curvesSvg(frame, t, pinned);
const chain = ({ frame, t }: Shown): string => chainSvg(frame, t);

/** Pictures and numbers of what is shown, and the lab as it is, to be opened again. */
export const files: readonly SavedFile[] = [
  { name: "map.png", label: "Map, PNG", make: (shown) => pngOf(map(shown)) },
  { name: "map.svg", label: "Map, SVG", make: (shown) => svg(map(shown)) },
  { name: "curves.png", label: "Decay curves, PNG", make: (shown) => pngOf(curves(shown)) },
  { name: "curves.svg", label: "Decay curves, SVG", make: (shown) => svg(curves(shown)) },
  { name: "network.svg", label: "Network, SVG", make: (shown) => svg(chain(shown)) },
  {
    name: "map.csv",
    label: "Map, CSV",
    make: ({ frame, mode, pinned }) => csv(mapCsv(frame, mode, pinned)),
  },
  { name: "curves.csv", label: "Decay curves, CSV", make: ({ frame, t }) => csv(curvesCsv(frame, t)) },
  {
    name: "frame.json",
    label: "All numbers and the link, JSON",
    make: ({ frame, history, model }) =>
      new Blob([frameJson(frame, history, model)], { type: "application/json" }),
  },
  {
    name: "saved.lab.json",
    label: "This lab, to be opened again",
    make: async ({ state, sections, model }) => {
      const { labFile } = await import("../../core/files/lab-file.ts");
      return new Blob([labFile(state, sections, model)], { type: "application/json" });
    },
  },
];

/** Hands a file to the browser, which saves it or asks where to. */
export function download(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `gradient-lab-${name}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
