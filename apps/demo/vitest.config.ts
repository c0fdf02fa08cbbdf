import { mergeConfig, type ViteUserConfig } from "vitest/config";
import shared from "../../vitest.shared.ts";

/** What a page comes to show may take a while on a busy machine. */
const config: ViteUserConfig = mergeConfig(shared, {
  test: { globalSetup: ["test/build.ts"], expect: { poll: { timeout: 30_000 } } },
});

export default config;
