import type { Page } from "playwright-core";

/**
 * Calls what a module of the page's site exports and returns what it returns; arguments and result pass as JSON does.
 * Works under any policy that lets the page load its own modules.
 */
export async function callExport<R>(page: Page, name: string, ...words: readonly unknown[]): Promise<R> {
  // A text, since the transformations of the test runner would spoil an import() inside a function.
  const list = words.map((word) => JSON.stringify(word)).join(", ");
  return page.evaluate<R>(
    `import(new URL("main.js", location.href).href).then((all) => all[${JSON.stringify(name)}](${list}))`,
  );
}
