import type { VNode } from "preact";
import { usePage } from "../parts/page.ts";
import { Dialog } from "./dialog.tsx";

const KEYS = [
  ["Space", "train, pause"],
  [". ,", "one update on, back"],
  ["R", "rewind to the first weights"],
  ["[ ]", "less gain, more gain"],
  ["M", "what the map shows"],
  ["P", "pin A, let go"],
  ["?", "this list"],
] as const;

const ON_PICTURES = [
  ["← → ↑ ↓", "move the cross, with Shift by five"],
  ["Home End", "to the ends"],
  ["Enter", "pin A"],
  ["Esc", "leave"],
] as const;

/** The keys, and the switch for those who speak to their computer. */
export function KeysDialog(): VNode {
  const page = usePage();
  return (
    <Dialog
      name="keys-dialog"
      title="Keys"
      onClose={() => {
        page.dialog.value = undefined;
      }}
    >
      <KeyList keys={KEYS} />
      <h3>On the map and the curves</h3>
      <KeyList keys={ON_PICTURES} />
      <label class="check">
        <input
          type="checkbox"
          checked={page.singleKeys.value}
          onChange={(event) => {
            page.singleKeys.value = event.currentTarget.checked;
          }}
        />
        Single keys command the page
      </label>
    </Dialog>
  );
}

function KeyList({ keys }: { readonly keys: readonly (readonly [string, string])[] }): VNode {
  return (
    <dl class="key-list">
      {keys.map(([key, does]) => (
        <div key={key}>
          <dt>
            {key.split(" ").map((each) => (
              <kbd key={each}>{each}</kbd>
            ))}
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  );
}
