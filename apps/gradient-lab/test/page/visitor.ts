import type { Opened, OpenOptions, Session } from "@unroll/testing";

/** Opens the page and waits until it lives and is complete; a link of its own keeps it from introducing itself. */
export async function visit(session: Session, url: string, options?: OpenOptions): Promise<Opened> {
  const opened = await session.open(url, { reducedMotion: "reduce", ...options });
  await opened.page.waitForSelector("#lab:not(.still) .spectrum");
  return opened;
}
