import { openLab } from "../browser/open-lab.ts";
import { mount } from "./mount.tsx";

mount(openLab(window), document.getElementById("lab")!, location.hash.length <= 1);
