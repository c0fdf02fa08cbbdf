export {
  DataError,
  fileProblem,
  Interrupted,
  ProgramError,
  UsageError,
  WriteError,
} from "@unroll/terminal/errors";
