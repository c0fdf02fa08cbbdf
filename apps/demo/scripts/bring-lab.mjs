// Puts the built page of the gradient lab beside the demo's, where "Open in the gradient lab" finds it.
import { cp } from "node:fs/promises";

const at = (path) => new URL(path, import.meta.url);

await cp(at("../../gradient-lab/dist/page"), at("../dist/page/gradient-lab"), { recursive: true });
