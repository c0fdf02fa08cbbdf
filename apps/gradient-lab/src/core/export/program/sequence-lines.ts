import type { Settings } from "../../settings.ts";
import { type Uses, usesTokens } from "./uses.ts";

/** `sequences(B, random)`: B sequences, and `shown`, the one that is measured. */
export function sequenceLines(settings: Settings, uses: Uses): string[] {
  const { input, noise: s } = settings;
  uses.from("kernels", usesTokens(settings) ? "Tokens" : "View");
  const views = (rows: string): string[] => [
    `  return { steps: T, batch: B, inputs: new View(inputs, 0, T * B, ${rows}), targets: new View(targets, 0, T * B, 1) };`,
    "}",
  ];
  const tokens =
    "  return { steps: T, batch: B, inputs: new Tokens(inputs, 0, T * B), targets: new Tokens(targets, 0, T * B) };";
  const shown = "const shown = sequences(1, stream(3));";
  switch (input) {
    case "noise":
      return [
        "",
        "/** Noise; to be said at every step: the first number that the first unit heard. */",
        "function sequences(B: number, random: RandomState) {",
        "  const [inputs, targets] = [new Float64Array(T * B * n), new Float64Array(T * B)];",
        "  for (let b = 0; b < B; b++)",
        "    for (let t = 0; t < T; t++) {",
        "      for (let i = 0; i < n; i++) {",
        "        const x = random.normal();",
        "        if (t === 0 && i === 0) for (let u = 0; u < T; u++) targets[u * B + b] = x;",
        `        inputs[(t * B + b) * n + i] = ${s} * x;`,
        "      }",
        "    }",
        ...views("n"),
        shown,
      ];
    case "constant":
      return [
        "",
        "/** A constant or its opposite; to be said at every step: its sign. */",
        "function sequences(B: number, random?: RandomState) {",
        "  const signs = Array.from({ length: B }, () => (!random || random.random() < 0.5 ? 1 : -1));",
        `  const inputs = Float64Array.from({ length: T * B }, (_, row) => ${s} * signs[row % B]);`,
        "  const targets = Float64Array.from({ length: T * B }, (_, row) => signs[row % B]);",
        ...views("1"),
        "const shown = sequences(1);",
      ];
    case "adding":
      uses.from("losses", "lastStepWeights");
      return [
        "",
        "/** Numbers, one marked in each half; to be said at the end: the sum of the marked ones. */",
        "function sequences(B: number, random: RandomState) {",
        "  const [inputs, targets] = [new Float64Array(T * B * 2), new Float64Array(T * B)];",
        "  const half = Math.floor(T / 2);",
        "  for (let b = 0; b < B; b++) {",
        "    const marked = [random.randint(0, half), random.randint(half, T)];",
        "    for (let t = 0; t < T; t++) {",
        "      const [row, x] = [t * B + b, random.random()];",
        "      inputs.set([x, marked.includes(t) ? 1 : 0], 2 * row);",
        "      if (marked.includes(t)) targets[(T - 1) * B + b] += x;",
        "    }",
        "  }",
        '  const weights = lastStepWeights(T, B, "float64");',
        "  return { steps: T, batch: B, inputs: new View(inputs, 0, T * B, 2), targets: new View(targets, 0, T * B, 1), weights };",
        "}",
        shown,
      ];
    case "copy":
      return [
        "",
        "/** Some of eight symbols, blanks, the sign to go; to be said then: the symbols. */",
        "function sequences(B: number, random: RandomState) {",
        "  const S = Math.max(1, Math.min(10, Math.floor(T / 4)));",
        "  const [inputs, targets] = [new Int32Array(T * B).fill(8), new Int32Array(T * B).fill(8)];",
        "  for (let b = 0; b < B; b++) {",
        "    for (let s = 0; s < S; s++) {",
        "      const symbol = random.randint(0, 8);",
        "      inputs[s * B + b] = targets[(T - S + s) * B + b] = symbol;",
        "    }",
        "    inputs[(T - S) * B + b] = 9;",
        "  }",
        tokens,
        "}",
        shown,
      ];
    case "text":
      return [
        "",
        "/** Characters from anywhere, or from the beginning; to be said: the next one. */",
        "function sequences(B: number, random?: RandomState) {",
        "  const starts = Array.from({ length: B }, () => random?.randint(0, tokens.length) ?? 0);",
        "  const read = (ahead: number) =>",
        "    Int32Array.from({ length: T * B }, (_, row) => tokens[(starts[row % B] + Math.floor(row / B) + ahead) % tokens.length]);",
        "  const [inputs, targets] = [read(0), read(1)];",
        tokens,
        "}",
        "const shown = sequences(1);",
      ];
  }
}
