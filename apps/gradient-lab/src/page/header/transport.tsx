import { Button } from "@unroll/page-parts";
import type { VNode } from "preact";
import { usePage } from "../parts/page.ts";

/** Play, pause, one update on or back, rewind; and the way back through all updates so far. */
export function Transport(): VNode {
  const { training } = usePage().lab;
  const { playing, update, newest } = training.status.value;
  return (
    <fieldset class="transport" aria-label="Training">
      <Button
        icon="rewind"
        label="Rewind to the first weights"
        keys="r"
        disabled={newest === 0 && !playing}
        onPress={() => training.rewind()}
      />
      <Button
        icon="back"
        label="One update back"
        keys=","
        disabled={update === 0}
        onPress={() => training.back()}
      />
      <Button
        icon={playing ? "pause" : "play"}
        label={playing ? "Pause" : "Train"}
        keys="Space"
        wide
        onPress={() => (playing ? training.pause() : training.play())}
      />
      <Button icon="forward" label="One update on" keys="." onPress={() => training.forward()} />
      <label class="scrubber">
        <span class="figures">update {update}</span>
        <input
          type="range"
          class="slider"
          min={0}
          max={Math.max(1, newest)}
          value={update}
          disabled={newest === 0}
          style={{ "--at": `${(100 * update) / Math.max(1, newest)}%` }}
          onInput={(event) => training.seek(event.currentTarget.valueAsNumber)}
        />
      </label>
      {update < newest && !playing && (
        <Button
          icon="branch"
          label="Branch here: forget the later updates"
          onPress={() => training.branch()}
        />
      )}
    </fieldset>
  );
}
