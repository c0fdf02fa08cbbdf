import { elementary64 } from "@unroll/kernels";
import fc from "fast-check";
import { expect, describe as group, it } from "vitest";
import { type Controls, controls, defaults } from "../controls.ts";
import { isCut } from "../cut.ts";
import type { Frame } from "../frame.ts";
import { linkOf, stateOfLink } from "../link/link.ts";
import { type LabState, type Settings, settingsOf } from "../settings.ts";
import { describe } from "../words/describe.ts";
import { computeFrame, computeMeasured } from "./compute-frame.ts";
import { detailAt } from "./detail.ts";

const small: Settings = { ...defaults, hidden: 6, steps: 9 };
const still = (settings: Settings): Frame => computeFrame(settings, () => 0);
const corner = ({ maps, steps }: Frame): number => maps.measured[(steps - 1) * steps];

group("a frame", () => {
  it("has the same bits every time", () => {
    const settings: Settings = { ...small, trained: 3, truncate: 4, clip: "value", threshold: 0.01 };
    expect(still(settings)).toEqual(still(settings));
  });

  it("of a linear orthogonal network is the gain to the power of the lag, and the bound is reached", () => {
    const frame = still({ ...small, cell: "linear", gain: 0.5 });
    for (let t = 0; t < 9; t++)
      for (let k = 0; k < 9; k++) {
        const at = t * 9 + k;
        if (k > t) expect(frame.maps.measured[at]).toBeNaN();
        else
          for (const map of [frame.maps.measured, frame.maps.product, frame.maps.bound, frame.maps.carried])
            expect(map[at]).toBeCloseTo((t - k) * Math.log10(0.5), 9);
      }
    expect(frame.status.halfLife).toBeCloseTo(1, 9);
    expect(frame.status.headline).toBe("Vanishing: halves every 1 step.");
    expect(frame.status.detail).toBe("‖∂h9/∂h1‖ = 0.0039; the bound allows 0.0039: it is reached.");
    expect(frame.status.answer).toBe("0.39 %");
  });

  it("keeps the order of the ladder: bound, product of norms, norm of the product, loss gradient", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...controls.cell.choices),
        fc.double({ min: 0.2, max: 2, noNaN: true }),
        fc.nat(99),
        (cell, gain, seed) => {
          const { maps } = still({ ...small, cell: cell.value, gain, seed, init: "gaussian", noise: 0.5 });
          for (let at = 0; at < 81; at++) {
            if (Number.isNaN(maps.measured[at])) continue;
            const ladder = [maps.bound[at], maps.product[at], maps.measured[at], maps.carried[at]];
            for (let rung = 1; rung < ladder.length; rung++)
              expect(Number.isNaN(ladder[rung]) || ladder[rung] <= ladder[rung - 1] + 1e-9).toBe(true);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it("shows X2: spectral radius 0 at a fixed point, and yet ‖∂h_t/∂h_k‖ = 2^(d-1) 10 √2", () => {
    const frame = still({ ...defaults, init: "x2", hidden: 2, gain: 1, noise: 0, steps: 20 });
    for (let d = 1; d < 20; d++) {
      const expected = Math.log10(2 ** (d - 1) * 10 * Math.SQRT2);
      expect(frame.maps.measured[19 * 20 + 19 - d]).toBeCloseTo(expected, 6);
    }
    expect(frame.spectrum.radius).toBe(0);
    expect(frame.status.regime).toBe("exploding");
  });

  it("shows X3: gradients that vanish at norm 2, at the rate -1.79353 a step", () => {
    const frame = still({ ...small, init: "identity", gain: 2, noise: 0, start: 0.5, steps: 60 });
    const { measured } = frame.maps;
    const [late, later] = [measured[59 * 60 + 20], measured[59 * 60 + 19]];
    expect(later - late).toBeCloseTo(-1.79353 * Math.LOG10E, 5);
    expect(frame.spectrum.norm).toBe(2);
  });

  it("shows X4: growth tenfold before the decay", () => {
    const frame = still({ ...defaults, init: "x4", hidden: 2, gain: 1, cell: "linear", noise: 0, steps: 13 });
    const norms = Array.from({ length: 13 }, (_, d) => 10 ** frame.maps.measured[12 * 13 + 12 - d]);
    const expected = [
      1, 10.025, 10.006, 7.502, 5.001, 3.125, 1.875, 1.094, 0.625, 0.352, 0.195, 0.107, 0.059,
    ];
    for (const [d, norm] of norms.entries()) expect(norm).toBeCloseTo(expected[d], 3);
  });

  it("counts all gradient without truncation, and less with it", () => {
    const full = still({ ...small, steps: 12, truncate: 12 });
    expect(full.truncation?.kept).toBeCloseTo(1, 12);
    expect(full.truncation?.sentence).toBe("Truncation to 12 steps cuts nothing here.");
    const errors = [1, 2, 4, 8].map(
      (truncate) => still({ ...small, steps: 12, truncate }).truncation?.relativeError ?? 0,
    );
    expect(errors).toEqual([...errors].sort((a, b) => b - a));
    expect(errors[3]).toBeGreaterThan(0);
  });

  it("carries under truncation what is not cut: by hand from the map of the loss gradient", () => {
    for (const cut of ["sliding", "chunked"] as const) {
      const settings: Settings = { ...small, steps: 10, truncate: 4, cut };
      const { frame, trace } = computeMeasured(settings, () => 0);
      const [T, n] = [10, 6];
      for (let k = 1; k <= T; k++) {
        // δ̂_k = Σ_t Φ(t,k)ᵀ e_t over the t that reach k.
        const sum = new Float64Array(n);
        for (let t = k; t <= T; t++) {
          if (isCut(settings, t, k)) continue;
          let v = trace.localGradients.slice((t - 1) * n, t * n);
          for (let step = t - 1; step >= k; step--) {
            const J = trace.jacobians.subarray(step * n * n, (step + 1) * n * n);
            v = Float64Array.from({ length: n }, (_, c) =>
              v.reduce((all, x, r) => all + x * J[r * n + c], 0),
            );
          }
          for (let i = 0; i < n; i++) sum[i] += v[i];
        }
        const norm = Math.sqrt(sum.reduce((all, x) => all + x * x, 0));
        expect(10 ** frame.chain.truncatedGradient[k - 1]).toBeCloseTo(norm, 12);
      }
    }
  });

  it("measures the Frobenius norm as a root mean square, and the loss gradient as the map of carried gradients", () => {
    const spectral = still(small);
    const frobenius = still({ ...small, norm: "frobenius" });
    const loss = still({ ...small, norm: "loss" });
    expect(loss.maps.measured).toEqual(spectral.maps.carried);
    expect(frobenius.maps.measured[0]).toBeCloseTo(0, 12);
    expect(corner(frobenius)).toBeLessThan(corner(spectral));
    expect(spectral.maps.share.reduce((sum, share) => sum + (share || 0), 0)).toBeCloseTo(1, 12);
  });

  it("says what clipping does", () => {
    const free = still(small);
    const norm = still({ ...small, clip: "norm", threshold: 0.01 });
    expect(free.clip.sentence).toBeUndefined();
    expect(norm.clip.before).toBe(free.clip.before);
    expect(norm.clip.after).toBeCloseTo(0.01, 12);
    expect(norm.clip.factor).toBeCloseTo(0.01 / free.clip.before, 12);
    expect(norm.clip.cosine).toBeCloseTo(1, 12);
    const value = still({ ...small, clip: "value", threshold: 0.01 });
    expect(value.clip.changed).toBeGreaterThan(0);
    expect(value.clip.cosine).toBeLessThan(1);
  });

  it("of any settings is made without complaint, in words without NaN", () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        const measured = computeMeasured(settings, () => 0);
        const { frame } = measured;
        const { question, answer, headline, detail } = frame.status;
        const detailed = detailAt(measured, frame.steps, 1);
        const pictures = (["map", "chain", "curves", "spectrum", "saturation"] as const).map((name) =>
          describe(frame, name),
        );
        for (const words of [
          question,
          answer,
          headline,
          detail,
          detailed.sentence,
          detailed.answer,
          ...pictures,
        ])
          expect(words).not.toMatch(/NaN|undefined|null|not a number/);
        for (const share of frame.maps.share)
          expect(Number.isNaN(share) || (share >= 0 && share <= 1)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

group("a detail", () => {
  it("has the singular values of J_t and of the product, whose largest is the norm on the map", () => {
    const measured = computeMeasured({ ...small, init: "gaussian" }, () => 0);
    const { frame } = measured;
    const detail = detailAt(measured, 7, 3);
    expect(detail.productSingularValues[0]).toBeCloseTo(frame.maps.measured[6 * 9 + 2], 9);
    expect(detail.jacobianSingularValues[0]).toBeCloseTo(frame.chain.jacobianNorm[6], 9);
    expect(elementary64.exp(detail.productSingularValues[0] / Math.LOG10E)).toBeGreaterThan(0);
    expect(detail.saturation.counts.reduce((sum, count) => sum + count)).toBe(6);
    expect(detail.question).toBe("How much of step 3 still reaches step 7?");
  });
});

const anySettings = fc
  .record(
    Object.fromEntries(
      Object.entries(controls)
        .filter(([name]) => name !== "speed")
        .map(([name, control]: [string, Controls[keyof Controls]]) => {
          if (control.kind === "choice")
            return [name, fc.constantFrom(...control.choices.map(({ value }) => value))];
          if (control.kind === "text") return [name, fc.string({ maxLength: 20 })];
          const most = { hidden: 8, steps: 24, trained: 3, truncate: 24 }[name] ?? control.maximum;
          const { minimum: min, integer } = control;
          const numbers = integer
            ? fc.integer({ min, max: most })
            : fc.double({ min, max: most, noNaN: true });
          return [name, control.besides ? fc.oneof(numbers, fc.constant(control.besides.value)) : numbers];
        }),
    ),
  )
  .map((values) => settingsOf(stateOfLink(linkOf({ ...defaults, ...values } as LabState)).state));
