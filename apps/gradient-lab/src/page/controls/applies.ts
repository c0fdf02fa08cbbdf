import type { Controls } from "../../core/controls.ts";
import type { LabState } from "../../core/settings.ts";

/** What describes a network that is drawn. */
const DRAWN: readonly (keyof Controls)[] = ["cell", "hidden", "init", "gain", "input", "noise", "start"];

/** Whether a control changes anything in this state, perhaps of an opened model; one that doesn't is not shown. */
export function applies(name: keyof Controls, state: LabState, opened: boolean): boolean {
  if (opened && DRAWN.includes(name)) return false;
  switch (name) {
    case "noise":
      return state.input === "noise" || state.input === "constant";
    case "text":
      return state.input === "text";
    case "cut":
      return state.truncate !== null;
    case "threshold":
      return state.clip !== "off";
    case "hidden":
      return !/^x\d$/.test(state.init);
    case "trained":
      return false;
    default:
      return true;
  }
}
