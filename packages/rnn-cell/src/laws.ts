import { accumulation } from "./laws/accumulation.ts";
import { adjoint } from "./laws/adjoint.ts";
import { extent } from "./laws/extent.ts";
import { initialize } from "./laws/initialize.ts";
import type { Law } from "./laws/law.ts";
import { linearity } from "./laws/linearity.ts";
import { overwriting } from "./laws/overwriting.ts";
import { parts } from "./laws/parts.ts";
import { prepare } from "./laws/prepare.ts";
import { purity } from "./laws/purity.ts";
import { rows } from "./laws/rows.ts";
import { sizes } from "./laws/sizes.ts";
import { steps } from "./laws/steps.ts";
import { tokens } from "./laws/tokens.ts";

export { alteredCell } from "./laws/altered-cell.ts";
export { type Law, LawError, type LawOptions } from "./laws/law.ts";

/** What every cell must keep. A cell that keeps all of them trains in any stack, by any way of unrolling. */
export const laws: readonly Law[] = [
  sizes,
  initialize,
  extent,
  purity,
  prepare,
  overwriting,
  rows,
  steps,
  accumulation,
  parts,
  linearity,
  adjoint,
  tokens,
];
