import type { VNode } from "preact";
import type { Detail, Spectrum } from "../../core/frame.ts";

interface Props {
  readonly spectrum: Spectrum;
  readonly detail: Detail | undefined;
  readonly words: string;
}

/** Eigenvalues in the plane, with the circle of radius 1: inside shrinks, outside grows. */
export function EigenDisc({ spectrum, detail, words }: Props): VNode {
  const reach = Math.max(1.25, 1.1 * largest(spectrum), detail ? 1.1 * largest(detail) : 0);
  const scale = 70 / reach;
  const dots = (values: Pick<Spectrum, "eigenvaluesRe" | "eigenvaluesIm">, name: string, radius: number) =>
    Array.from(values.eigenvaluesRe, (re, i) => (
      <circle
        key={`${name} ${i}`}
        class={name}
        cx={scale * re}
        cy={-scale * values.eigenvaluesIm[i]}
        r={radius}
      />
    ));
  return (
    <svg viewBox="-80 -75 160 150" role="img" aria-label={words}>
      <path class="rule" d="M-78 0h156M0 -73v146" />
      <circle class="unit" r={scale} />
      <text class="mark" x={scale + 3} y={-4}>
        1
      </text>
      {dots(spectrum, "point", 2.6)}
      {detail && dots(detail, "point-ring", 3)}
    </svg>
  );
}

function largest({
  eigenvaluesRe,
  eigenvaluesIm,
}: Pick<Spectrum, "eigenvaluesRe" | "eigenvaluesIm">): number {
  return eigenvaluesRe.reduce((most, re, i) => {
    const size = Math.hypot(re, eigenvaluesIm[i]);
    return Number.isFinite(size) ? Math.max(most, size) : most;
  }, 0);
}
