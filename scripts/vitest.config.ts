import { mergeConfig } from "vitest/config";
import shared from "../vitest.shared.ts";

/** The tests of the checks themselves. */
export default mergeConfig(shared, { test: { include: ["**/*.test.mjs"] } });
