export { bundle } from "./bundle.ts";
export { bundleForNode, type Program } from "./bundle-for-node.ts";
export { callExport } from "./call-export.ts";
export type { Files } from "./files.ts";
export { inBrowser } from "./in-browser.ts";
export type { Headers, Site } from "./serve.ts";
export type { Opened, OpenOptions, Session } from "./session.ts";
export { slowDown } from "./slow-down.ts";
export { type Look, violations, violationsInLooks } from "./violations.ts";
