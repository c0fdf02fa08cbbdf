import { render } from "preact";
import { openLab } from "../browser/open-lab.ts";

const lab = openLab(window);
const root = document.getElementById("lab")!;
lab.frame.subscribe((frame) => render(<h1>{frame?.status.answer ?? ""}</h1>, root));
