import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { writeOnnx } from "@unroll/io/onnx";
import { expect, test } from "vitest";
import { Distances } from "../onnx/distances.ts";
import { type Case, outputsOf, randomCase } from "../onnx/random-case.ts";

/** As far as it is used here. */
interface OnnxRuntime {
  readonly InferenceSession: {
    create(bytes: Uint8Array): Promise<{
      run(feeds: Record<string, unknown>): Promise<Record<string, { readonly data: Float32Array }>>;
    }>;
  };
  readonly Tensor: new (type: string, data: unknown, dims: readonly number[]) => unknown;
}

/** A package of the folder `interop`, which the workspace does not know. */
const load = createRequire(new URL("../../../../interop/", import.meta.url));
const PROGRAM = "onnxruntime-node";
const { InferenceSession, Tensor }: OnnxRuntime = load(PROGRAM);
const { version }: { version: string } = load(`${PROGRAM}/package.json`);

/** Runs our file of a case in ONNX Runtime. */
async function runtimeOutputs({ model, tokens, steps, batch, inputs, initial }: Case, bytes: Uint8Array) {
  const session = await InferenceSession.create(bytes);
  const feeds: Record<string, unknown> = tokens
    ? { tokens: new Tensor("int64", BigInt64Array.from(inputs.data as Int32Array, BigInt), [steps, batch]) }
    : { inputs: new Tensor("float32", inputs.data, [steps, batch, model.inputs]) };
  for (const [l, { data, columns }] of initial.entries())
    feeds[`initial_state_${l}`] = new Tensor("float32", data, [1, batch, columns]);
  const results = await session.run(feeds);
  const states = model.cells.flatMap((_, l) => [...results[`final_state_${l}`]!.data]);
  return { outputs: [...results.outputs!.data], states };
}

const CASES = Number(process.env.INTEROP_CASES ?? 1000);
/** So many of them are kept for the tests that run without ONNX Runtime. */
const KEPT = 300;

test(`${CASES} random models: ONNX Runtime gives what we give`, async () => {
  const kept: unknown[] = [];
  const distances = new Distances();
  for (let seed = 0; seed < CASES; seed++) {
    const ours = randomCase(seed);
    const bytes = writeOnnx(ours.model, { tokens: ours.tokens });
    const runtime = await runtimeOutputs(ours, bytes);
    const exact = outputsOf(randomCase(seed, "float64"));
    const mine = outputsOf(ours);
    for (const part of ["outputs", "states"] as const)
      distances.add(`seed ${seed}, ${part}`, mine[part], runtime[part], exact[part]);
    if (seed < KEPT) {
      const values = Float32Array.from([...runtime.outputs, ...runtime.states]);
      kept.push({
        sha256: createHash("sha256").update(bytes).digest("hex"),
        values: Buffer.from(values.buffer).toString("base64"),
      });
    }
  }
  const { ours, theirs } = distances.rms;
  expect(ours).toBeLessThanOrEqual(2 * theirs);
  const fixture = { program: `${PROGRAM} ${version}`, cases: kept };
  writeFileSync(
    new URL("../fixtures/onnx/onnxruntime.json", import.meta.url),
    `${JSON.stringify(fixture).replaceAll("},{", "},\n{")}\n`,
  );
  process.stdout.write(
    `${fixture.program}, ${CASES} models: off from float64 by ${ours.toExponential(2)} (ours) and ` +
      `${theirs.toExponential(2)} (the other), root of the mean square\n`,
  );
});
