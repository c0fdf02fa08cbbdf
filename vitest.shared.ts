import { defineConfig, type ViteUserConfig } from "vitest/config";

const conditions = ["@unroll/source", "module", "node", "development|production"];

/** The one test configuration of all packages: sources of siblings, no retries, console output fails. */
const config: ViteUserConfig = defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    setupFiles: [new URL("./vitest.setup.ts", import.meta.url).pathname],
    testTimeout: 60_000,
    chaiConfig: { truncateThreshold: 400 },
    reporters: ["default", "json"],
    outputFile: { json: "test-results.json" },
  },
});

export default config;
