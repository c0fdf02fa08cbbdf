import shared from "../../vitest.shared.ts";

/** Programs of others read what we write, and we what they write. Each test says what it needs. */
export default {
  ...shared,
  test: { ...shared.test, include: ["test/interop/*.ts"], testTimeout: 60 * 60 * 1000 },
};
