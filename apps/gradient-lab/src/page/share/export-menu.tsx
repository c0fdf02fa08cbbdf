import { Icon } from "@unroll/page-parts";
import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { usePage } from "../parts/page.ts";

/** What can be saved; the list is loaded after the first picture. */
export function ExportMenu(): VNode {
  const second = usePage().second.value;
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    const away = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    const leave = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      setOpen(false);
      root.current?.querySelector("button")?.focus();
    };
    document.addEventListener("keydown", leave);
    document.addEventListener("pointerdown", away);
    document.addEventListener("focusin", away);
    return () => {
      document.removeEventListener("keydown", leave);
      document.removeEventListener("pointerdown", away);
      document.removeEventListener("focusin", away);
    };
  }, [open]);
  return (
    <div class="menu" ref={root}>
      <button
        type="button"
        class="button"
        data-wide
        aria-expanded={open}
        disabled={!second}
        aria-controls="export-menu"
        onClick={() => setOpen(!open)}
      >
        <Icon name="save" />
        <span>Export</span>
      </button>
      <div id="export-menu" class="menu-list" hidden={!open}>
        {open && second && <second.ExportList onDone={() => setOpen(false)} />}
      </div>
    </div>
  );
}
