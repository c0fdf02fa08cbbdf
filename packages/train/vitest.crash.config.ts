import shared from "../../vitest.shared.ts";

/** The crash tests alone: 500 kills, and a fresh process for each of 200 resumptions. */
export default {
  ...shared,
  test: {
    ...shared.test,
    include: ["test/crash/*.test.ts"],
    maxWorkers: 1,
    env: {
      CRASH_KILLS: process.env.CRASH_KILLS ?? "500",
      CRASH_PROCESSES: process.env.CRASH_PROCESSES ?? "200",
    },
    testTimeout: 60 * 60 * 1000,
  },
};
