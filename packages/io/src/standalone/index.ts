export { type StandaloneModule, type StandaloneOptions, writeStandalone } from "./write-standalone.ts";
