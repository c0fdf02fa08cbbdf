import type { VNode } from "preact";
import { bitsText, countText } from "../../../terminal/words.ts";
import type { TextModelAbout } from "../../text/messages.ts";

/** The network in use, in a sentence. */
export function ModelLine({ model }: { readonly model: TextModelAbout }): VNode {
  const { network, parameters, data, updates, test } = model;
  const trained = updates === 0 ? "untrained" : `after ${countText(updates)} updates`;
  return (
    <p class="model-line">
      <b>{network}</b>, {countText(parameters)} weights, on <b>{data}</b>, {trained}
      {test === undefined ? "." : `: ${bitsText(test)} bits per character on text it never read.`}
    </p>
  );
}
