export {
  DataError,
  EXIT,
  explain,
  fileProblem,
  Interrupted,
  ProgramError,
  UsageError,
  WriteError,
} from "./errors.ts";
export { interruptible } from "./interrupt.ts";
export { integer, number, path } from "./option-values.ts";
export { pagePolicy } from "./page-policy.ts";
export { examples, rootCommand } from "./root-command.ts";
export { runProcess } from "./run-process.ts";
export { runProgram } from "./run-program.ts";
export { save } from "./save.ts";
export { type ServePageOptions, servePage } from "./serve-page.ts";
export { shellWords } from "./shell-words.ts";
export { type Colors, colorsFor, isLive, type Output, type Surroundings, widthOf } from "./streams.ts";
