import type { VNode } from "preact";
import { bitsText } from "../../../terminal/words.ts";
import type { TextModelAbout } from "../../text/messages.ts";

/** The network among the n-grams: bits per character on the test text, worst first. */
export function Ladder({ model }: { readonly model: TextModelAbout }): VNode {
  const rows = [
    ...(model.baselines ?? []).map(({ name, bitsPerCharacter }) => ({
      name: name.replace("Witten-Bell ", ""),
      bits: bitsPerCharacter,
      own: false,
    })),
    ...(model.test === undefined ? [] : [{ name: "this network", bits: model.test, own: true }]),
  ].sort((a, b) => b.bits - a.bits);
  const most = rows[0]?.bits ?? 1;
  return (
    <table class="ladder">
      <caption class="small soft">
        Bits per character on a part of the text that nobody learned from. Fewer are better. An n-gram counts
        which character follows n − 1 others.
      </caption>
      <tbody>
        {rows.map(({ name, bits, own }) => (
          <tr key={name} data-own={own}>
            <th scope="row">{name}</th>
            <td class="bar-cell" aria-hidden="true">
              <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                <rect width={(100 * bits) / most} height="8" rx="2" />
              </svg>
            </td>
            <td class="figures">{bitsText(bits)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
