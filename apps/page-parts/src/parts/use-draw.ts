import { useEffect, useRef } from "preact/hooks";

/**
 * Calls `draw` in the next frame of the screen after something it depends on has changed, once, however often it changes;
 * and when the size of the element or the look of the page changes. Nothing runs while nothing changes.
 */
export function useDraw<Element extends HTMLElement>(
  draw: (element: Element) => void,
  inputs: readonly unknown[],
): { readonly current: Element | null } {
  const element = useRef<Element>(null);
  const newest = useRef(draw);
  const frame = useRef(0);
  newest.current = draw;
  const ask = useRef(() => {
    frame.current ||= requestAnimationFrame(() => {
      frame.current = 0;
      if (element.current) newest.current(element.current);
    });
  }).current;
  useEffect(ask, inputs);
  useEffect(() => {
    const size = new ResizeObserver(ask);
    size.observe(element.current!);
    const looks = ["(prefers-color-scheme: dark)", "(forced-colors: active)"].map((look) => matchMedia(look));
    for (const look of looks) look.addEventListener("change", ask);
    return () => {
      size.disconnect();
      for (const look of looks) look.removeEventListener("change", ask);
      cancelAnimationFrame(frame.current);
    };
  }, []);
  return element;
}
