import type { Page } from "../parts/page.ts";

/** Opens a file in the place of what is shown; what is wrong with it is said, and all stays as it is. */
export async function openContent(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  const { lab, said } = page;
  try {
    const { openFile } = await import("../../core/files/open-file.ts");
    const { state, notes, ...beyond } = openFile(name, bytes);
    const { hide, embed } = lab.state.peek();
    lab.open({ ...state, hide, embed }, notes, beyond);
    said.value = `Opened ${name}.`;
  } catch (error) {
    lab.tell([`${name} was not opened. ${error instanceof Error ? error.message : String(error)}.`]);
  }
}

/** The same with a file of the disk. */
export async function openDiskFile(page: Page, file: File): Promise<void> {
  await openContent(page, file.name, new Uint8Array(await file.arrayBuffer()));
}
