import shared from "../../vitest.shared.ts";

/** What a page feels of training, measured in Chromium: npx pnpm --filter @unroll/train frames */
export default {
  ...shared,
  test: { ...shared.test, include: ["test/frames/frames.ts"], maxWorkers: 1, testTimeout: 120_000 },
};
