import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Controls, controls, defaults, phoneDefaults } from "../controls.ts";
import { type LabState, settingsOf } from "../settings.ts";
import { fields } from "./fields.ts";
import { linkOf, stateOfLink } from "./link.ts";

const opened = (link: string) => stateOfLink(link);

describe("links", () => {
  it("hold what differs from the defaults, and nothing else", () => {
    expect(linkOf(defaults)).toBe("#v1");
    expect(linkOf({ ...defaults, story: 1, gain: 0.8 })).toBe("#v1&story=1&gain=0.8");
    expect(linkOf(phoneDefaults)).toBe("#v1&hidden=16&steps=30");
    expect(
      linkOf({ ...defaults, truncate: 10, speed: "max", hide: ["training", "advanced"], embed: true }),
    ).toBe("#v1&truncate=10&speed=max&hide=training,advanced&embed=1");
    const pin = settingsOf({ ...defaults, gain: 0.8, init: "gaussian" });
    expect(linkOf({ ...defaults, pin })).toBe("#v1&pin=init:gaussian,gain:0.8");
    expect(linkOf({ ...defaults, pin: settingsOf(defaults) })).toBe("#v1&pin=");
  });

  it.each(["", "#", "#v1", "#v1&", "https://example.org/lab/index.html#v1"])(
    "%j opens the defaults",
    (link) => {
      expect(opened(link)).toEqual({ state: defaults, notes: [] });
    },
  );

  it.each([
    ["#v1&hidden=4096", { hidden: 128 }, "hidden=4096 is above 128; using 128."],
    ["#v1&hidden=1", { hidden: 2 }, "hidden=1 is below 2; using 2."],
    ["#v1&hidden=7.6", { hidden: 8 }, "hidden=7.6 is not a whole number; using 8."],
    ["#v1&gain=1e999", { gain: 3 }, "gain=1e999 is above 3; using 3."],
    ["#v1&gain=NaN", {}, "gain=NaN is not a number; using 0.95."],
    ["#v1&gain=", {}, "gain= is not a number; using 0.95."],
    ["#v1&gain=0x10", {}, "gain=0x10 is not a number; using 0.95."],
    ["#v1&truncate=all", {}, "truncate=all is not a number; using off."],
    ["#v1&cell=gru", {}, "cell=gru is none of linear, tanh, relu, sigmoid; using tanh."],
    ["#v1&gian=1", {}, "gian is nothing the lab knows; left out."],
    ["#v1&__proto__=1", {}, "__proto__ is nothing the lab knows; left out."],
    ["#v1&constructor=1", {}, "constructor is nothing the lab knows; left out."],
    ["#v1&gain=1&gain=2", { gain: 2 }, "gain is given twice; using the last."],
    ["#v1&text=%E0%A4", {}, "text=%E0%A4 is not encoded as a link should be; left out."],
    ["#v1&t=60", { t: 40 }, "t=60 is after the last step; using 40."],
    ["#v1&t=5&k=6", { t: 5, k: 5 }, "k=6 is after step 5; using 5."],
    [
      "#v1&init=x1&hidden=16",
      { init: "x1", hidden: 2 },
      "hidden=16 doesn't go with x1, a matrix of 2 units; using 2.",
    ],
    ["#v1&init=x1", { init: "x1", hidden: 2 }, undefined],
    [
      "#v1&hide=training,everything",
      { hide: ["training"] },
      "hide=training,everything names what can't be hidden.",
    ],
    ["#v9&gain=1", { gain: 1 }, 'This link begins with "v9", not "v1"; what is understood of it was opened.'],
    ["#gain=1", { gain: 1 }, undefined],
    [
      "#v1&pin=gain:9,evil:1",
      { pin: { ...settingsOf(defaults), gain: 3 } },
      "gain:9 of the pin is above 3; using 3.",
    ],
  ] as [string, Partial<LabState>, string | undefined][])("%s", (link, state, note) => {
    const { state: got, notes } = opened(link);
    expect(got).toEqual({ ...defaults, ...state });
    if (note === undefined) expect(notes).toEqual([]);
    else expect(notes[0]).toBe(note);
  });

  it("of ages ago open with the same numbers", () => {
    // Never change these: they stand for links that people have kept.
    expect(opened("#v1&story=1&cell=tanh&gain=0.95").state).toEqual({ ...defaults, story: 1 });
    expect(
      opened(
        "#v1&story=3&card=2&hidden=64&init=gaussian&gain=0.8&input=noise&noise=0.5&truncate=10&t=30&k=2&map=ratio",
      ).state,
    ).toEqual({
      ...defaults,
      story: 3,
      card: 2,
      hidden: 64,
      init: "gaussian",
      gain: 0.8,
      noise: 0.5,
      truncate: 10,
      t: 30,
      k: 2,
      map: "ratio",
    });
    expect(
      opened("#v1&input=text&text=To%20be%20or%20not&trained=12&clip=norm&threshold=0.5&pin=gain:1").state,
    ).toEqual({
      ...defaults,
      input: "text",
      text: "To be or not",
      trained: 12,
      clip: "norm",
      threshold: 0.5,
      pin: { ...settingsOf(defaults), gain: 1 },
    });
  });

  it("of any state open that state", () => {
    fc.assert(
      fc.property(anyState, (state) => {
        expect(opened(linkOf(state))).toEqual({ state, notes: [] });
      }),
      { numRuns: 500 },
    );
  });

  it("that are hostile give a valid state and few, short sentences", () => {
    const key = fc.oneof(
      fc.constantFrom(...Object.keys(fields), "pin", "__proto__", "toString", ""),
      fc.string(),
    );
    const value = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.double().map(String),
      fc.constantFrom(
        "1e400",
        "-0",
        "%",
        "%00",
        "<img src=x>",
        "null",
        "off",
        "9".repeat(400),
        "\u202e",
        "gain:2,,:",
      ),
    );
    const link = fc
      .array(
        fc.tuple(key, fc.constantFrom("=", ":", ""), value).map((parts) => parts.join("")),
        { maxLength: 30 },
      )
      .map((parts) => `#${parts.join("&")}`);
    fc.assert(
      fc.property(fc.oneof(link, fc.string({ unit: "binary" })), (text) => {
        const { state, notes } = opened(text);
        expect(Object.keys(state).sort()).toEqual(Object.keys(defaults).sort());
        expect(opened(linkOf(state))).toEqual({ state, notes: [] });
        expect(notes.length).toBeLessThanOrEqual(9);
        for (const note of notes) expect(note.length).toBeLessThan(250);
      }),
      { numRuns: 2000 },
    );
    expect(opened(`#v1&text=${"a".repeat(20_000)}`).notes).toEqual([
      "This link is longer than 10000 characters; it was not opened.",
    ]);
  });
});

const anyControl = Object.fromEntries(
  Object.entries(controls).map(([name, control]: [string, Controls[keyof Controls]]) => {
    if (control.kind === "choice")
      return [name, fc.constantFrom(...control.choices.map(({ value }) => value))];
    if (control.kind === "text")
      return [
        name,
        fc.string({ maxLength: 30 }).map((text) => text.replace(/\s+/g, " ").replace(/\p{C}/gu, "")),
      ];
    const { minimum: min, maximum: max } = control;
    const numbers = control.integer
      ? fc.integer({ min, max })
      : fc
          .double({ min, max, noNaN: true })
          .map((x) => (x < 1e-9 && x > -1e-9 ? 0 : Number(x.toPrecision(12))));
    return [name, control.besides ? fc.oneof(numbers, fc.constant(control.besides.value)) : numbers];
  }),
);
const settled = (state: LabState): LabState => ({
  ...state,
  hidden: /^x/.test(state.init) ? 2 : state.hidden,
});
const selection = fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 4 }));
const anyState: fc.Arbitrary<LabState> = fc
  .tuple(fc.record(anyControl), fc.record(anyControl), fc.boolean(), selection, selection)
  .map(([a, b, pinned, t, k]) => {
    const state = settled({ ...defaults, ...a, t, k: k !== null && t !== null && k > t ? t : k } as LabState);
    return { ...state, pin: pinned ? settingsOf(settled({ ...defaults, ...b } as LabState)) : null };
  });
