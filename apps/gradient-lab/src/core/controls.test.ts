import type { Choice } from "@unroll/page-parts";
import { describe, expect, it } from "vitest";
import { controls, defaults, phoneDefaults } from "./controls.ts";

describe("controls", () => {
  it.each(Object.entries(controls))(
    "%s: the default and the detents are values it takes",
    (name, control) => {
      expect(control.help).toMatch(/^[A-Z].*\.$/);
      if (control.kind === "number") {
        for (const value of [control.default, ...control.detents]) {
          expect(value, name).toBeGreaterThanOrEqual(control.minimum);
          expect(value, name).toBeLessThanOrEqual(control.maximum);
          if (control.integer) expect(value % 1).toBe(0);
        }
        if (control.logarithmic) expect(control.minimum).toBeGreaterThan(0);
      } else if (control.kind === "choice") {
        const choices: readonly Choice[] = control.choices;
        expect(choices.map(({ value }) => value)).toContain(control.default);
        for (const { help } of choices) expect(help).toMatch(/^[A-Z].*\.$/);
      }
    },
  );

  it("have their defaults in the state that the lab opens with", () => {
    for (const [name, control] of Object.entries(controls)) {
      const beside =
        control.kind === "number" && control.besides?.isDefault ? control.besides.value : undefined;
      expect(defaults).toHaveProperty(name, beside === undefined ? control.default : beside);
    }
    expect(phoneDefaults).toMatchObject({ ...defaults, hidden: 16, steps: 30 });
  });
});
