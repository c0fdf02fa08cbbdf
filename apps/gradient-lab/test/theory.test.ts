import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { computeFrame } from "../src/core/frame/compute-frame.ts";
import type { Frame } from "../src/core/frame.ts";
import { stateOfLink } from "../src/core/link/link.ts";
import { mean, shareWithin } from "../src/core/stories/figures.ts";
import { rounded, roundedPower } from "../src/core/words/numbers.ts";

const page = readFileSync(new URL("../../../docs/theory.md", import.meta.url), "utf8");

/** What stands behind a name on the page. */
const FIGURES: Readonly<Record<string, (frame: Frame) => string>> = {
  bound: ({ status }) => roundedPower(status.bound),
  "‖W‖": ({ spectrum }) => rounded(spectrum.norm),
  "ρ(W)": ({ spectrum }) => rounded(spectrum.radius),
  "λ₁": ({ spectrum }) => rounded(spectrum.lyapunov),
  "Π‖J‖": ({ maps, steps }) => roundedPower(maps.product[(steps - 1) * steps]),
  "largest on the way": ({ maps }) =>
    roundedPower(Math.max(...maps.measured.filter((x) => !Number.isNaN(x)))),
  "mean slope": ({ chain }) => rounded(mean(chain.openness)),
  "within 10 steps": (frame) => `${rounded(100 * shareWithin(frame, 10))} %`,
  "‖∂L/∂θ‖": ({ clip }) => rounded(clip.before),
  "after clipping": ({ clip }) => rounded(clip.after),
  "cosine to the gradient": ({ clip }) => rounded(clip.cosine),
  kept: ({ truncation }) => `${rounded(100 * (truncation?.kept as number))} %`,
  cosine: ({ truncation }) => rounded(truncation?.cosine as number),
  "last state": ({ chain }) => rounded(chain.states[chain.states.length - 1]),
};

/** Names with the number of a step in them. */
function figureOf(name: string, frame: Frame): string {
  const { steps, status, chain } = frame;
  const step = Number(/h(\d+)/.exec(name)?.[1]);
  if (name === `‖∂h${steps}/∂h1‖`) return roundedPower(status.measured);
  if (name === `‖dL/dh${step}‖`) return roundedPower(chain.gradient[step - 1]);
  if (name === `size of h${step}`) return rounded(chain.stateNorm[step - 1]);
  const of = FIGURES[name];
  if (!of) throw new Error(`the page names ${name}, which this test does not know`);
  return of(frame);
}

/** Every link to the lab with the text up to the next one or the end of its paragraph, and the figures quoted there. */
const examples = [
  ...page.matchAll(/\[([^\]]+)\]\(http:\/\/127\.0\.0\.1:8000\/(#[^)]*)\)(.*?)(?=\n- |\n\n|$)/gs),
].map(([, title, link, text]) => ({
  title: title.replace(/\s+/g, " "),
  link,
  figures: [...text.matchAll(/`([^`=]+) = ([^`]+)`/g)].map(([, name, value]) => [name, value] as const),
}));

test("every link of the page to the lab is found", () => {
  expect(examples).toHaveLength(page.split("http://127.0.0.1:8000/").length - 1);
  expect(examples.length).toBeGreaterThan(20);
});

test("every figure of the page stands behind a link", () => {
  const quoted = [...page.matchAll(/`[^`\n]+ = [^`\n]+`/g)].length;
  expect(examples.reduce((sum, { figures }) => sum + figures.length, 0)).toBe(quoted);
});

test.each(examples)("$title", ({ link, figures }) => {
  const { state, notes } = stateOfLink(link);
  expect(notes).toEqual([]);
  const frame = computeFrame(state);
  expect(figures.length).toBeGreaterThan(0);
  expect(figures.map(([name]) => [name, figureOf(name, frame)])).toEqual(figures);
});
