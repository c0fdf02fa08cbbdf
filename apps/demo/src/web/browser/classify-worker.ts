import { ClassifyTask } from "../classify/classify-task.ts";
import { runTask } from "./run-task.ts";

runTask((answer) => new ClassifyTask(answer));
