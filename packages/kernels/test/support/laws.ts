import { elementwiseLaws } from "./laws/elementwise.ts";
import { productLaws } from "./laws/products.ts";
import { reductionLaws } from "./laws/reductions.ts";
import { rowLaws } from "./laws/rows.ts";
import { tokenLaws } from "./laws/tokens.ts";
import { updateLaws } from "./laws/updates.ts";
import type { Subject } from "./workspace.ts";

/** Something every implementation of the kernels must do. `run` throws if the subject doesn't. */
export interface Law {
  readonly name: string;
  readonly run: (subject: Subject) => void;
}

export const laws: readonly Law[] = [
  {
    name: "the kernels are of the kind and type that is tested",
    run({ kind, type, arena }) {
      const { kernels } = arena().commit();
      if (kernels.kind !== kind) throw new Error(`the kernels are ${kernels.kind}, expected ${kind}`);
      if (kernels.type !== type) throw new Error(`the kernels are of ${kernels.type}, expected ${type}`);
    },
  },
  ...productLaws,
  ...tokenLaws,
  ...elementwiseLaws,
  ...rowLaws,
  ...reductionLaws,
  ...updateLaws,
];
