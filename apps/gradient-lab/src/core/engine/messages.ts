import type { Detail, Frame } from "../frame.ts";
import type { History, TrainingStatus } from "../lab.ts";
import type { OpenedModel } from "../model/opened-model.ts";
import type { Settings } from "../settings.ts";
import type { Section } from "../training/training-options.ts";

/** What the page asks of the engine. Plain data; nothing is answered by itself, what is ready is sent. */
export type Request =
  | {
      readonly kind: "show";
      /** Counts up: frames carry it back. */
      readonly number: number;
      readonly settings: Settings;
      /** Estimates will do where exact numbers take long. */
      readonly dragging: boolean;
      /** The course of training starts in these sections, rather than going on. */
      readonly course?: readonly Section[] | undefined;
      /** Options of training were changed: what follows is made with those of the settings. Else those in force are shown. */
      readonly retrain: boolean;
    }
  /** The network of the next requests to show is this one, or the one that is drawn. */
  | { readonly kind: "model"; readonly model: OpenedModel | undefined }
  | { readonly kind: "select"; readonly t: number | null; readonly k: number | null }
  | { readonly kind: "pin"; readonly settings: Settings }
  | { readonly kind: "train"; readonly playing: boolean; readonly speed: number | "max" }
  | { readonly kind: "branch" };

/** What the engine sends. */
export type Report =
  | { readonly kind: "frame"; readonly number: number; readonly frame: Frame }
  | { readonly kind: "pinned"; readonly frame: Frame }
  | { readonly kind: "detail"; readonly detail: Detail }
  | { readonly kind: "progress"; readonly share: number | undefined }
  /** `number` is that of the newest request to show. */
  | {
      readonly kind: "training";
      readonly number: number;
      readonly status: TrainingStatus;
      readonly history: History;
    }
  | { readonly kind: "problem"; readonly sentence: string };

/** Two ends of one connection: a worker and its page, or an engine in the same thread. */
export interface Port {
  send(request: Request): void;
  /** Who gets the reports; set once. */
  onReport: (report: Report) => void;
  close(): void;
}
