import { SeriesTask } from "../series/series-task.ts";
import { runTask } from "./run-task.ts";

runTask((answer) => new SeriesTask(answer));
