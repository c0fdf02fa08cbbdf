import { render } from "preact";
import type { Lab } from "../core/lab.ts";
import { App } from "./app.tsx";
import { createPage } from "./parts/page.ts";
import "./styles/index.css";

/**
 * Shows a lab in an element as soon as it has something to show; until then the element keeps what the build put there. To
 * those who come without a link of their own, the lab introduces itself.
 */
export function mount(lab: Lab, element: Element, introduce: boolean): void {
  const page = createPage(lab);
  const stop = lab.frame.subscribe((frame) => {
    if (!frame && !lab.problem.peek()) return;
    queueMicrotask(() => stop());
    render(<App page={page} />, element);
    element.classList.remove("still");
    const first = lab.state.peek();
    import("./second-load.ts").then((loaded) => {
      page.second.value = loaded;
      loaded.listenToKeys(page);
      loaded.listenToFiles(page);
      if (introduce && lab.state.peek() === first) loaded.playIntro(page);
    });
  });
}
