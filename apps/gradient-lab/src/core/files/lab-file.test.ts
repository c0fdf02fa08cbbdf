import { ValueError } from "@unroll/kernels";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaults } from "../controls.ts";
import { settingsOf } from "../settings.ts";
import { Course } from "../training/course.ts";
import { simply, trainingOptions } from "../training/training-options.ts";
import { labFile, openLabFile } from "./lab-file.ts";

const state = {
  ...defaults,
  hidden: 4,
  steps: 8,
  trained: 9,
  t: 5,
  pin: settingsOf({ ...defaults, gain: 2 }),
};

describe("a lab file", () => {
  it("brings back a state, and the way training came there", () => {
    const course = new Course(state);
    course.seek(3);
    course.continueWith({ ...trainingOptions(state), rate: 0.1, steps: 10, truncate: 4 });
    course.seek(9);
    const shown = { ...state, ...course.options };
    const opened = openLabFile(labFile(shown, course.sections));
    expect(opened).toEqual({ state: shown, notes: [], course: course.sections });
    const again = new Course(opened.state, opened.course);
    again.seek(9);
    expect(again.history()).toEqual(course.history());
  });

  it("leaves out what comes after the update shown, and has the options in force there", () => {
    const later = { ...trainingOptions(state), rate: 1 };
    const sections = [...simply(state), { from: 9, options: later }, { from: 20, options: later }];
    expect(openLabFile(labFile(state, sections))).toMatchObject({
      course: sections.slice(0, 2),
      state: { rate: 1 },
    });
  });

  it("says what had to be changed, once", () => {
    const file = { gradientLab: 1, link: "#v1&rate=99", course: ["#v1&rate=99", "#v1&trained=4&colour=red"] };
    expect(openLabFile(JSON.stringify(file)).notes).toEqual([
      "rate=99 is above 10; using 10.",
      "colour is nothing the lab knows; left out.",
    ]);
  });

  it.each([
    ["", "what it holds is"],
    ["[1, 2", "expected JSON"],
    ["null", "expected what the lab saved"],
    ['{"link": "#v1"}', "expected what the lab saved"],
    ['{"gradientLab": 2}', "lab file: its version is"],
    ['{"gradientLab": 1}', "its link is"],
    ['{"gradientLab": 1, "link": "#v1"}', "its course is"],
    ['{"gradientLab": 1, "link": "#v1", "course": [1]}', "its course is"],
    ['{"gradientLab": 1, "link": "#v1", "course": []}', "expected sections that begin at 0 and rise"],
    ['{"gradientLab": 1, "link": "#v1", "course": ["#v1&trained=2"]}', "expected sections that begin at 0"],
    ['{"gradientLab": 1, "link": "#v1", "course": ["#v1", "#v1"]}', "expected sections that begin at 0"],
  ])("of another kind is refused with what is wrong: %s", (text, message) => {
    expect(() => openLabFile(text)).toThrow(ValueError);
    expect(() => openLabFile(text)).toThrow(message);
  });

  it("opens or is refused, whatever stands in it", () => {
    const links = fc.array(fc.oneof(fc.string(), fc.constantFrom("#v1", "#v1&trained=3", "#v1&pin=&rate=%")));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc
            .record({ gradientLab: fc.constant(1), link: fc.string(), course: links })
            .map((file) => JSON.stringify(file)),
        ),
        (text) => {
          try {
            expect(openLabFile(text).course[0].from).toBe(0);
          } catch (error) {
            expect(error).toBeInstanceOf(ValueError);
          }
        },
      ),
    );
  });
});
