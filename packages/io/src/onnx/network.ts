import type { Activation } from "@unroll/activations";
import type { ElementType } from "@unroll/kernels";
import type { Dimension } from "./axes.ts";
import type { Budget } from "./budget.ts";
import type { Matrix } from "./linear-map.ts";
import type { InputSource, Numbers } from "./values.ts";

/** A forward RNN node with all that stood before it on its inputs. */
export interface LayerParts {
  readonly W_xh: Matrix;
  readonly W_hh: Matrix;
  readonly b_h: Float64Array | undefined;
  readonly activation: Activation;
  /** h_0 as the file gives it: as numbers, or as an input; otherwise it is zero. */
  readonly initial: Numbers | InputSource | undefined;
}

/** The network as far as the nodes that were gone through make it. */
export interface Network {
  readonly budget: Budget;
  readonly layers: LayerParts[];
  /** What the first layer reads, and which axes are time and batch. */
  input: NetworkInput | undefined;
}

export interface NetworkInput {
  readonly name: string;
  readonly type: ElementType;
  readonly tokens: boolean;
  readonly time: Dimension;
  readonly batch: Dimension;
}
