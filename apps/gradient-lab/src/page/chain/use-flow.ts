import { useEffect, useRef } from "preact/hooks";

const SETTLED = 250;

/** Lets the values and the gradient flow once when `shown` has been the same for a moment. */
export function useFlow(shown: unknown, still: boolean): { readonly current: HTMLDivElement | null } {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const chain = element.current!;
    delete chain.dataset.flowing;
    if (!shown || still) return;
    const timer = setTimeout(() => {
      chain.dataset.flowing = "true";
    }, SETTLED);
    return () => clearTimeout(timer);
  }, [shown, still]);
  return element;
}
