export { examples } from "@unroll/terminal";

/** How the program is called. */
export const NAME = "npx pnpm demo";
