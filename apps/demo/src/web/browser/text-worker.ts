import { TextTask } from "../text/text-task.ts";
import { runTask } from "./run-task.ts";

runTask((answer, problem) => new TextTask(answer, problem));
