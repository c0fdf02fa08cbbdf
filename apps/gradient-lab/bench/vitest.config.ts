import { fileURLToPath } from "node:url";
import { mergeConfig, type ViteUserConfig } from "vitest/config";
import own from "../vitest.config.ts";

/** Measures instead of testing: `npx pnpm --filter @unroll/gradient-lab bench`. */
const config: ViteUserConfig = mergeConfig(own, {
  root: fileURLToPath(new URL("..", import.meta.url)),
  test: { testTimeout: 300_000 },
});
config.test = { ...config.test, include: ["bench/*.bench.ts"], reporters: ["dot"] };

export default config;
