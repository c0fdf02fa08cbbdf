import { effect } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect } from "preact/hooks";
import { usePage } from "./page.ts";

const QUIET = 150;

/** Says the sentence of the picture, and of the selected cell, once they have been the same for a moment. */
export function Heard(): VNode {
  const { lab, said } = usePage();
  useEffect(() => {
    const saySoon = (read: () => string | undefined) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      let first = true;
      return effect(() => {
        const sentence = read();
        clearTimeout(timer);
        if (sentence === undefined) return;
        // Nobody asked for what the page opens with.
        if (!first) timer = setTimeout(() => (said.value = sentence), QUIET);
        first = false;
      });
    };
    const stop = [
      saySoon(() => lab.detail.value?.sentence),
      saySoon(() => {
        const frame = lab.frame.value;
        return frame?.exact ? `${frame.status.headline} ${frame.status.detail}` : undefined;
      }),
    ];
    return () => {
      for (const end of stop) end();
    };
  }, [lab, said]);
  return (
    <p class="heard" role="status">
      {said.value}
    </p>
  );
}
