import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { pagePolicy } from "./page-policy.ts";

test("scripts in the page are named by their hashes, files by 'self'", () => {
  const html = `<script type="module" src="./a.js"></script><script>x = "é";\n</script><script type="module">y</script>`;
  const hash = (code: string) => `'sha256-${createHash("sha256").update(code).digest("base64")}'`;
  expect(pagePolicy(html)).toContain(
    `; script-src 'self' 'wasm-unsafe-eval' ${hash('x = "é";\n')} ${hash("y")}; `,
  );
});
