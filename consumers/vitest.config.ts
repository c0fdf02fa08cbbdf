import { mergeConfig } from "vitest/config";
import shared from "../vitest.shared.ts";

/** Packing and installing happen once, before the tests. */
export default mergeConfig(shared, { test: { globalSetup: "./src/set-up.ts" } });
