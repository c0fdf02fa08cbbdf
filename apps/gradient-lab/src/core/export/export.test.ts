import { describe, expect, it } from "vitest";
import { defaults } from "../controls.ts";
import { computeFrame, computeMeasured } from "../frame/compute-frame.ts";
import { stateOfLink } from "../link/link.ts";
import { settingsOf } from "../settings.ts";
import { NO_HISTORY } from "../training/lab-training.ts";
import { curvesCsv, mapCsv } from "./csv.ts";
import { frameJson } from "./json.ts";

const settings = settingsOf({ ...defaults, hidden: 3, steps: 5, input: "text", text: 'a,"b c', gain: 0.5 });
const frame = computeFrame(settings, () => 0);

describe("CSV", () => {
  it("has a row for each pair of steps, with all digits", () => {
    const lines = mapCsv(frame, "measured").split("\r\n");
    expect(lines[0]).toBe('t,k,label of t,label of k,"log10 ‖∂h_t/∂h_k‖, measured"');
    expect(lines).toHaveLength(1 + 15 + 1);
    expect(lines.at(-1)).toBe("");
    expect(lines[2]).toBe(`2,1,"\u002c",a,${frame.maps.measured[5]}`);
    expect(lines[5]).toMatch(/^3,2,"""",",",-?\d/);
  });

  it("has the curves over the steps back", () => {
    const lines = curvesCsv(frame, 3).split("\r\n");
    expect(lines).toHaveLength(1 + 3 + 1);
    expect(lines[1]).toBe("0,0,0,0,0,0");
    expect(lines[3].split(",")[3]).toBe(String(frame.maps.measured[10]));
  });
});

describe("JSON", () => {
  it("gives back every number, and the link that opens it", () => {
    const read = JSON.parse(frameJson(frame, NO_HISTORY));
    expect(stateOfLink(read.link)).toEqual({ state: { ...defaults, ...settings }, notes: [] });
    expect(read.settings).toEqual(settings);
    const back = read.maps.measured.map((value: unknown) => (value === null ? Number.NaN : Number(value)));
    expect(Float64Array.from(back)).toEqual(frame.maps.measured);
    expect(read.maps.loss[0]).toBe("-Infinity"); // h_0 = 0 says nothing about W_hh
  });

  it("has the course of training up to the update shown", () => {
    const { frame, course } = computeMeasured({ ...settings, trained: 3 }, () => 0);
    course.seek(5);
    const { training } = JSON.parse(frameJson(frame, course.history()));
    expect(training.update).toEqual([0, 1, 2]);
    expect(training.loss).toEqual(Array.from(course.history().loss.subarray(0, 3)));
  });
});
