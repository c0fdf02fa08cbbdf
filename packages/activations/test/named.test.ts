import { activationNamed, activationNames, elu, leakyRelu, tanh } from "@unroll/activations";
import { OptionError } from "@unroll/kernels";
import { expect, test } from "vitest";

test("every listed name gives the activation of that name", () => {
  for (const name of activationNames) expect(activationNamed(name).name.replace(/\(.*/, "")).toBe(name);
  expect(activationNamed("tanh")).toBe(tanh);
});

test("a name carries its parameter there and back", () => {
  for (const alpha of [0, 0.2, 1e-7, 1.5e300, 1 / 3]) {
    for (const made of [leakyRelu(alpha), elu(alpha)]) {
      const again = activationNamed(made.name);
      expect(again.name).toBe(made.name);
      expect(again.slope).toBe(made.slope);
    }
  }
  expect(activationNamed("leakyRelu").name).toBe("leakyRelu(0.01)");
  expect(activationNamed("elu").name).toBe("elu(1)");
});

test("an unknown name is a typed error that lists the known ones", () => {
  for (const name of ["Tanh", "", "toString", "__proto__", "elu(x)", "elu(", "tanh(1)", "relu6"]) {
    expect(() => activationNamed(name)).toThrow(OptionError);
  }
  expect(() => activationNamed("swish")).toThrow(
    `activationNamed: option name is "swish", expected one of ${activationNames.join(", ")}`,
  );
  expect(() => activationNamed("elu(-1)")).toThrow("elu: option alpha is -1, expected a finite number ≥ 0");
  expect(() => activationNamed("leakyRelu(1.2.3)")).toThrow("leakyRelu: option alpha is NaN");
});
