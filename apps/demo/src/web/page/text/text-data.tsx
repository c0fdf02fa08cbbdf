import type { VNode } from "preact";
import { countText } from "../../../terminal/words.ts";
import { DataPanel } from "../parts/data-panel.tsx";
import { SplitBar } from "../parts/split-bar.tsx";
import { builtInText } from "./built-in-text.ts";
import { useTextStore } from "./context.ts";

/** The text to learn from. */
export function TextData(): VNode {
  const { link } = useTextStore();
  const data = link.data.value;
  return (
    <DataPanel
      link={link}
      name={data?.name ?? "moby-dick"}
      builtIn={[{ name: "moby-dick", label: "Moby-Dick", load: builtInText }]}
      noun="A text"
      accept=".txt,.md,text/plain"
      pasteLabel="Your text, some thousand characters or more"
      option={{ name: "fold", label: "Fold accents and curly quotes of your own text to ASCII" }}
    >
      {data ? (
        <>
          <p>
            <b>{data.name}</b>: {countText(data.characters)} characters, {data.symbols} different ones
          </p>
          <SplitBar {...data} />
          <p class="preview small" translate={false}>
            {data.preview.slice(0, 280)} …
          </p>
        </>
      ) : (
        <p class="soft small">Moby-Dick is being read.</p>
      )}
    </DataPanel>
  );
}
