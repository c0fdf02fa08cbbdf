import { OptionError, ValueError } from "@unroll/kernels";

/**
 * How the losses of all steps make one number, L = c Σ w ℓ: c = 1, 1/B, or 1/Σw.
 *
 * c scales the gradient, hence what a learning rate and a clipping threshold mean: figures published for one
 * reduction don't hold for another.
 */
export type Reduction = "sum" | "mean-over-batch" | "mean-over-steps";

/**
 * c of a reduction. If no step counts (Σw = 0), the mean over steps is 0 and so are all gradients, not 0/0: c is 0.
 * @param of batch: B, sequences; weight: Σw as by `countedWeight`
 * @throws OptionError if there is no such reduction, ValueError if the batch is not a positive integer or the
 * weight not a number ≥ 0 with a finite reciprocal
 */
export function reductionScale(
  reduction: Reduction,
  of: { readonly batch: number; readonly weight: number },
): number {
  switch (reduction) {
    case "sum":
      return 1;
    case "mean-over-batch":
      if (!(Number.isInteger(of.batch) && of.batch > 0)) {
        throw new ValueError("reductionScale", "batch", of.batch, "a positive integer");
      }
      return 1 / of.batch;
    case "mean-over-steps":
      if (of.weight === 0) return 0;
      if (!(of.weight > 0 && 1 / of.weight < Number.POSITIVE_INFINITY && 1 / of.weight > 0)) {
        throw new ValueError(
          "reductionScale",
          "weight",
          of.weight,
          "0, or a number whose reciprocal is finite",
        );
      }
      return 1 / of.weight;
    default:
      throw new OptionError(
        "reductionScale",
        "reduction",
        reduction,
        'one of "sum", "mean-over-batch", "mean-over-steps"',
      );
  }
}
