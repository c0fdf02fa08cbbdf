import { counterexamples } from "@unroll/gradient-flow";
import { describe, expect, it } from "vitest";
import { defaults, phoneDefaults } from "../controls.ts";
import { computeFrame } from "../frame/compute-frame.ts";
import type { Frame } from "../frame.ts";
import { linkOf, stateOfLink } from "../link/link.ts";
import type { LabState } from "../settings.ts";
import type { Card, StoryTitle } from "../story.ts";
import { SET_FIGURES } from "./figures.ts";
import { stories as listed, opening, presets, stateOfCard, withFigures } from "./index.ts";

const stories = await Promise.all(listed.map((story) => story.load()));

const frames = new Map<string, Frame>();
/** The frame of a state; equal states are computed once. */
function frameOf(state: LabState | Partial<LabState>): Frame {
  const whole = { ...defaults, ...state };
  const key = linkOf({ ...whole, story: null, card: 1, t: null, k: null, map: "measured", pin: null });
  const frame = frames.get(key) ?? computeFrame(whole);
  frames.set(key, frame);
  return frame;
}
const pinnedOf = ({ pin }: Partial<LabState>): Frame | undefined => (pin ? frameOf(pin) : undefined);

/** All that a card says. */
const wordsOf = ({ title, text, question, goal }: Card): string[] => [
  title,
  ...text,
  ...(question ? [question.ask, ...question.choices.map((choice) => choice.text), ...question.answer] : []),
  ...(goal ? [goal.text, goal.praise] : []),
];

it("are listed under their titles", () => {
  const titleOf = ({ number, title, summary }: StoryTitle): StoryTitle => ({ number, title, summary });
  expect(stories.map(titleOf)).toEqual(listed.map(titleOf));
});

describe.each(stories.flatMap((story) => story.cards.map((card, i) => ({ story, card, number: i + 1 }))))(
  "story $story.number, card $number",
  ({ story, card, number }) => {
    const state = stateOfCard(story, number, defaults);

    it("types no figure: what is a number in its text is computed", () => {
      for (const words of wordsOf(card)) expect(words.replace(/\{\w+\}/g, "")).not.toMatch(/\d/);
    });

    it("fills in its figures", () => {
      const [frame, pinned] = [frameOf(state), pinnedOf(state)];
      for (const words of wordsOf(card)) {
        const text = withFigures(words, card, frame, pinned);
        expect(text).not.toMatch(/[{}]|NaN|undefined|no value|no gradient/);
        expect(text).toMatch(/^[A-Z{“]/);
      }
    });

    it("names before its reveal only figures of what it sets, since another picture is shown yet", () => {
      const words = card.question ? [...card.text, card.question.ask] : [];
      // What is said in words of the spectrum is so.
      if (words.some((text) => text.includes("spectral radius is above one")))
        expect(frameOf(state).spectrum.radius).toBeGreaterThan(1);
      if (words.some((text) => text.includes("singular value is above one")))
        expect(frameOf(state).spectrum.norm).toBeGreaterThan(1);
      for (const [, name] of words.join(" ").matchAll(/\{(\w+)\}/g)) expect(SET_FIGURES).toHaveProperty(name);
    });

    it("sets a state that a link holds", () => {
      expect(stateOfLink(linkOf(state))).toEqual({ state, notes: [] });
      for (const key of card.focus ?? []) expect(defaults).toHaveProperty(key);
    });

    const { question, goal } = card;
    if (question)
      it("asks what has one right answer, and that one is true", () => {
        const [frame, pinned] = [frameOf(state), pinnedOf(state)];
        const truth = question.choices.map(({ text, holds }) => [text, holds(frame, pinned)]);
        expect(truth).toEqual(question.choices.map(({ text, right }) => [text, right]));
        expect(question.choices.filter(({ right }) => right)).toHaveLength(1);
      });
    if (goal)
      it("sets a goal that is reached by its solution and not yet reached", () => {
        expect(goal.reached(frameOf(state))).toBe(false);
        expect(goal.reached(frameOf({ ...state, ...goal.solution }))).toBe(true);
      });
  },
);

describe.each([
  ["a large screen", defaults],
  ["a phone", phoneDefaults],
])("the opening on %s", (_, first) => {
  it("shows a gradient vanish, hold and explode, and comes back to where it was", () => {
    const regimes = opening.sweep.slice(0, 3).map((gain) => frameOf({ ...first, gain }).status.regime);
    expect(regimes).toEqual(["vanishing", "holding", "exploding"]);
    expect(opening.sweep.at(-1)).toBe(first.gain);
  });

  it("has goals that are reached by their solutions, and none of which the ones before reach", () => {
    for (const [i, goal] of opening.goals.entries()) {
      const before = i === 0 ? {} : opening.goals[i - 1].solution;
      expect(goal.reached(frameOf({ ...first, ...before }))).toBe(false);
      expect(goal.reached(frameOf({ ...first, ...goal.solution }))).toBe(true);
    }
  });
});

describe("presets", () => {
  const frame = (id: string): Frame => frameOf(presets.find((preset) => preset.id === id)!.state);
  const rate = ({ maps, steps }: Frame): number =>
    maps.measured[(steps - 1) * steps] / Math.LOG10E / (steps - 1);

  it.each(presets)("$id is a state that a link holds", ({ state }) => {
    const whole = { ...defaults, ...state };
    expect(stateOfLink(linkOf(whole))).toEqual({ state: whole, notes: [] });
  });

  it("are the whole gallery, with its norms and radii", () => {
    for (const { id, W_hh, figures } of counterexamples()) {
      if (id === "X5b") continue; // X5 at another gain
      const shown = presets.filter((preset) => preset.id.startsWith(id.toLowerCase()));
      expect(shown.length, id).toBeGreaterThan(0);
      for (const { id: name } of shown) {
        const { radius, norm } = frame(name).spectrum;
        for (const { quantity, value } of figures) {
          if (quantity === "‖W_hh‖") expect(norm).toBeCloseTo(value, 12);
          if (quantity === "ρ(W_hh)") expect(radius).toBeCloseTo(value, 12);
        }
        if (W_hh.kind !== "matrix")
          expect(frame(name).settings).toMatchObject({ hidden: W_hh.size, gain: W_hh.gain });
      }
    }
  });

  it("x1: radius 0, norm 6, and an exponent near 0.577", () => {
    const { spectrum, status } = frame("x1");
    expect([spectrum.radius, status.regime]).toEqual([0, "exploding"]);
    expect(spectrum.norm).toBeCloseTo(6, 12);
    expect(spectrum.lyapunov).toBeGreaterThan(0.4);
  });

  it("x2: doubles every step at radius 0", () => {
    expect(frame("x2").spectrum.radius).toBe(0);
    expect(frame("x2").status.halfLife).toBeCloseTo(-1, 0);
  });

  it("x3: norm 2, rate -1.79", () => {
    expect(frame("x3").spectrum.norm).toBe(2);
    expect(rate(frame("x3"))).toBeCloseTo(-1.79, 1);
  });

  it("x4: radius ½, grows tenfold first", () => {
    const { maps, spectrum, status } = frame("x4");
    expect(spectrum.radius).toBe(0.5);
    expect(Math.max(...maps.measured.filter((x) => !Number.isNaN(x)))).toBeCloseTo(1, 2);
    expect(status.regime).toBe("vanishing");
  });

  it("x5 and x6: the exponent is negative where radius and bound say otherwise", () => {
    expect(frame("x5").spectrum.radius).toBeGreaterThan(1.3);
    expect(frame("x5").spectrum.lyapunov).toBeLessThan(0);
    expect(frame("x5").status.bound).toBeGreaterThan(20);
    expect(frame("x5").status.regime).toBe("vanishing");
    expect(frame("x6").status.regime).toBe("vanishing");
    expect(frame("x6").spectrum.norm).toBeCloseTo(1, 12);
    expect(frame("x6").spectrum.lyapunov).toBeCloseTo(-0.275, 1);
  });

  it("x8: holds at 0.52, is lost at 0.54", () => {
    const end = ({ chain }: Frame): number => chain.states[chain.states.length - 1];
    expect(end(frame("x8-holds"))).toBeLessThan(-0.5);
    expect(end(frame("x8-lost"))).toBeGreaterThan(0.5);
  });
});
