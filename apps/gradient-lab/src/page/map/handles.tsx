import type { TargetedPointerEvent, VNode } from "preact";
import { select, usePage } from "../parts/page.ts";

/** Two handles beside the map, for fingers: one moves the row, one the column. Keys move the map itself. */
export function Handles({ steps }: { readonly steps: number }): VNode {
  const page = usePage();
  const { t, k } = page.selected.value;
  const drag = (move: (share: number) => void) => ({
    onPointerDown: (event: TargetedPointerEvent<HTMLDivElement>) =>
      event.currentTarget.setPointerCapture(event.pointerId),
    onPointerMove: (event: TargetedPointerEvent<HTMLDivElement>) => {
      if (event.buttons === 0) return;
      const box = event.currentTarget.parentElement!.querySelector(".map-plot")!.getBoundingClientRect();
      const across = event.currentTarget.classList.contains("handle-k");
      move(across ? (event.clientX - box.left) / box.width : (event.clientY - box.top) / box.height);
    },
  });
  const at = (step: number) => `${(100 * (step - 0.5)) / steps}%`;
  return (
    <>
      <div
        class="handle handle-t"
        aria-hidden="true"
        style={{ "--at": at(t) }}
        {...drag((share) => select(page, Math.ceil(share * steps), k))}
      />
      <div
        class="handle handle-k"
        aria-hidden="true"
        style={{ "--at": at(k) }}
        {...drag((share) => select(page, t, Math.ceil(share * steps)))}
      />
    </>
  );
}
