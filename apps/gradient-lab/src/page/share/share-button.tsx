import { Button } from "@unroll/page-parts";
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { linkOf } from "../../core/link/link.ts";
import { usePage } from "../parts/page.ts";
import { copyText } from "./copy-text.ts";

/** Copies the link to what is shown. */
export function ShareButton(): VNode {
  const { lab, said } = usePage();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    if (lab.model.peek()) {
      lab.tell(["A link can't hold the opened model. Export saves it."]);
      return;
    }
    const done = await copyText(location.href.replace(/#.*/, "") + linkOf(lab.state.peek()));
    said.value = done ? "The link is copied." : "The link stands in the address bar.";
    setCopied(done);
    if (done) setTimeout(() => setCopied(false), 2000);
  };
  return <Button icon={copied ? "right" : "link"} label={copied ? "Copied" : "Share"} wide onPress={copy} />;
}
