import type { ElementType } from "@unroll/kernels";
import type { ActivationText } from "./activations.ts";

/** All that a module is made of. */
export interface ModuleDescription {
  readonly type: ElementType;
  readonly vocabulary: readonly string[] | undefined;
  readonly inputs: number;
  /** n of each layer, whether it has a bias, and the names of its activation, that of the readout behind them. */
  readonly sizes: readonly number[];
  readonly biased: readonly boolean[];
  readonly names: readonly string[];
  readonly outputs: number;
  readonly readoutBiased: boolean;
  readonly activations: ReadonlyMap<string, ActivationText>;
  readonly functions: readonly string[];
  readonly weights: readonly string[];
}

export function arrayName(type: ElementType): string {
  return type === "float32" ? "Float32Array" : "Float64Array";
}

/** The code of the module. */
export function moduleText(of: ModuleDescription): string {
  const { type, inputs, outputs, sizes, names, vocabulary } = of;
  const numbers = arrayName(type);
  const cells = sizes.map((n, l) => `elman ${n} (${names[l]})`);
  const network = [`${inputs} inputs`, ...cells, `${outputs} outputs (${names.at(-1)})`].join(" → ");
  return `// A trained recurrent network: ${network}, ${type}.
// Written by @unroll/io. It needs nothing else, and gives the same bits as the model, on every engine.

/** Numbers in a row of inputs (or kinds of tokens), and of outputs. */
export const inputs = ${inputs};
export const outputs = ${outputs};
/** Numbers of a state: h of all layers, one behind the other. */
export const stateSize = ${sizes.reduce((a, b) => a + b, 0)};
${vocabulary ? vocabularyText(vocabulary) : ""}
/** The state before the first step: zeros. */
export function start() {
  return new ${numbers}(stateSize);
}

/**
 * One step: h_t = σ(W_xh x_t + W_hh h_{t-1} + b_h) in every layer, y_t = σ(W_hy h_t + b_y).
 * Reads a row of inputs or a token; overwrites \`state\` and \`output\`, and returns \`output\`.
 */
export function step(state, input, output = new ${numbers}(outputs)) {
  check("state", state.length, stateSize);
  check("output", output.length, outputs);
  const isToken = typeof input === "number";
  if (isToken && !(Number.isInteger(input) && input >= 0 && input < inputs))
    throw new RangeError(\`token \${input}, expected 0 … \${inputs - 1}\`);
  if (!isToken) {
    check("input", input.length, inputs);
    row.set(input);
  }
  let x = row;
  let at = 0;
  for (const { m, n, W_xh, W_hh, b_h, activation, z } of layers) {
    for (let i = 0; i < n; i++) {
      let sum = b_h[i];
      if (isToken && x === row) sum = ${rounded(type, "sum + W_xh[i * m + input]")};
      else for (let k = 0; k < m; k++) sum = ${rounded(type, `sum + ${rounded(type, "W_xh[i * m + k] * x[k]")}`)};
      for (let k = 0; k < n; k++) sum = ${rounded(type, `sum + ${rounded(type, "W_hh[i * n + k] * state[at + k]")}`)};
      z[i] = sum;
    }
    activation(z);
    state.set(z, at);
    at += n;
    x = z;
  }
  for (let i = 0; i < outputs; i++) {
    let sum = b_y[i];
    for (let k = 0; k < x.length; k++) sum = ${rounded(type, `sum + ${rounded(type, "W_hy[i * x.length + k] * x[k]")}`)};
    output[i] = sum;
  }
  readout(output);
  return output;
}

/**
 * A whole sequence: tokens, or rows of inputs, each as \`step\` takes it. Returns the outputs of every step, one row
 * behind the other. \`state\` is overwritten with the last one, so that a later run goes on from it.
 */
export function run(sequence, state = start()) {
  const all = new ${numbers}(sequence.length * outputs);
  let t = 0;
  for (const input of sequence) step(state, input, all.subarray(t * outputs, ++t * outputs));
  return all;
}

function check(name, got, expected) {
  if (got !== expected) throw new RangeError(\`\${name} has \${got} numbers, expected \${expected}\`);
}

${declarations(of.functions)}

${[...of.activations].map(([name, text]) => activationFunction(name, text)).join("\n\n")}

const row = new ${numbers}(inputs);
const take = reader(weights());
const layers = [
${sizes.map((n, l) => layerText(numbers, l === 0 ? inputs : sizes[l - 1], n, of.biased[l], names[l])).join("\n")}
];
const readout = ${functionName(names.at(-1) as string)};
const W_hy = take(outputs * ${sizes.at(-1)});
const b_y = ${of.readoutBiased ? "take(outputs)" : `new ${numbers}(outputs)`};

/** Takes so many numbers off the bytes, which are little-endian. */
function reader(bytes) {
  const view = new DataView(bytes.buffer);
  let at = 0;
  return (count) =>
    ${numbers}.from({ length: count }, () => {
      const number = view.get${type === "float32" ? "Float32" : "Float64"}(at, true);
      at += ${type === "float32" ? 4 : 8};
      return number;
    });
}

/** W_xh, W_hh and b_h of every layer, W_hy and b_y: row-major ${type}, in base64. */
function weights() {
  const text = atob(\`
${of.weights.join("\n")}
\`);
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
`;
}

/** Constants of one line under each other, functions apart. */
function declarations(texts: readonly string[]): string {
  const isLine = (text: string | undefined): boolean => text !== undefined && !text.includes("\n");
  return texts
    .map((text, i) => `${text}\n${isLine(text) && isLine(texts[i + 1]) ? "" : "\n"}`)
    .join("")
    .trimEnd();
}

function rounded(type: ElementType, expression: string): string {
  return type === "float32" ? `f(${expression})` : expression;
}

function layerText(numbers: string, m: number, n: number, biased: boolean, activation: string): string {
  const b_h = biased ? `take(${n})` : `new ${numbers}(${n})`;
  return `  {
    m: ${m},
    n: ${n},
    W_xh: take(${n} * ${m}),
    W_hh: take(${n} * ${n}),
    b_h: ${b_h},
    activation: ${functionName(activation)},
    z: new ${numbers}(${n}),
  },`;
}

/** `leakyRelu(0.2)` → `activate_leakyRelu_0_2`: a name that nothing else has. */
function functionName(activation: string): string {
  return `activate_${activation.replace(/\)$/, "").replace(/[^A-Za-z0-9]/g, "_")}`;
}

function activationFunction(name: string, { expression, row }: ActivationText): string {
  const body = row ?? ["for (let i = 0; i < z.length; i++) z[i] = value(z[i]);"];
  const value = expression === undefined ? [] : [`const value = (z) => ${expression};`];
  return `/** z ← ${name}(z). */
function ${functionName(name)}(z) {
${[...value, ...body].map((line) => `  ${line}`).join("\n")}
}`;
}

function vocabularyText(vocabulary: readonly string[]): string {
  return `/** The symbols that the tokens stand for. */
export const vocabulary = ${JSON.stringify(vocabulary)};
const tokens = new Map(vocabulary.map((symbol, token) => [symbol, token]));

/** A text as tokens, one for each character. */
export function encode(text) {
  return Array.from(text, (symbol) => {
    const token = tokens.get(symbol);
    if (token === undefined) throw new RangeError(\`the network does not know "\${symbol}"\`);
    return token;
  });
}

/** Tokens as a text. */
export function decode(list) {
  return Array.from(list, (token) => vocabulary[token]).join("");
}
`;
}

/** The declarations of the module. */
export function typesText(numbers: string, hasVocabulary: boolean): string {
  return `/** A token, or a row of as many numbers as there are \`inputs\`. */
export type Input = number | ArrayLike<number>;
export declare const inputs: number;
export declare const outputs: number;
export declare const stateSize: number;
${
  hasVocabulary
    ? `export declare const vocabulary: readonly string[];
/** @throws RangeError for a character that is not in the vocabulary */
export declare function encode(text: string): number[];
export declare function decode(list: Iterable<number>): string;
`
    : ""
}/** The state before the first step: zeros. */
export declare function start(): ${numbers};
/** One step. Overwrites \`state\` and \`output\`, and returns \`output\`. @throws RangeError for lengths that do not fit */
export declare function step(state: ${numbers}, input: Input, output?: ${numbers}): ${numbers};
/** A whole sequence: the outputs of every step, one row behind the other. Overwrites \`state\` with the last one. */
export declare function run(sequence: ArrayLike<Input> & Iterable<Input>, state?: ${numbers}): ${numbers};
`;
}
