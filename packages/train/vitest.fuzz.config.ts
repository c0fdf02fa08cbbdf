import shared from "../../vitest.shared.ts";

/** The fuzz tests alone, longer, and with a limit to time: FUZZ_INPUTS=50000000 FUZZ_SEED=7 npx pnpm --filter @unroll/train fuzz */
export default {
  ...shared,
  test: {
    ...shared.test,
    include: ["test/fuzz/*.test.ts"],
    maxWorkers: 1,
    env: {
      FUZZ_INPUTS: process.env.FUZZ_INPUTS ?? "1000000",
      FUZZ_SEED: process.env.FUZZ_SEED ?? "1",
      FUZZ_LIMITS: "on",
    },
    testTimeout: 24 * 60 * 60 * 1000,
  },
};
