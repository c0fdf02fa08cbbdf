/** A place for the keyboard, as a `ref`. */
export function focusable(element: HTMLElement | null): void {
  if (element) element.tabIndex = 0;
}

/** The same for what scrolls sideways, as long as it does; the keys of the browser scroll it then. */
export function focusableIfScrolled(element: HTMLElement | null): (() => void) | undefined {
  if (!element) return undefined;
  const size = new ResizeObserver(() => {
    if (element.scrollWidth > element.clientWidth) element.tabIndex = 0;
    else element.removeAttribute("tabindex");
  });
  size.observe(element);
  return () => size.disconnect();
}
