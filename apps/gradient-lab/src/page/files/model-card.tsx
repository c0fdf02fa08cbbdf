import type { VNode } from "preact";
import { unreadNote } from "../../core/model/opened-model.ts";
import { usePage } from "../parts/page.ts";
import { stateOf } from "../story/turn-to.ts";

/** What is said of an opened model in the place of the controls that would draw a network; nothing if there is none. */
export function ModelCard(): VNode | null {
  const { lab } = usePage();
  const model = lab.model.value;
  if (!model) return null;
  const layers = model.layers.map(({ hiddenSize, activation }) => `${hiddenSize} ${activation}`).join(" + ");
  return (
    <div class="model-card">
      <h3>{model.name}</h3>
      <p class="soft small">
        A trained model: {layers} units, {model.parameters.length} weights, {model.symbols.length} characters.
        Text is what it reads, under Advanced.
      </p>
      {unreadNote(model, lab.state.value).map((note) => (
        <p key={note} class="small" role="status">
          {note}
        </p>
      ))}
      <button type="button" class="toggle" onClick={() => lab.open(stateOf({}, lab.state.peek()))}>
        Close the model
      </button>
    </div>
  );
}
