export { shellWords } from "@unroll/terminal";
