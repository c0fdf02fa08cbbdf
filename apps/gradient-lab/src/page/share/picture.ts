import { withText } from "../../render/png-text.ts";

/** An SVG file as a PNG of twice its size, with its title and description in the file. */
export async function pngOf(svg: string): Promise<Blob> {
  const picture = new Image();
  picture.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = 2 * picture.naturalWidth;
  canvas.height = 2 * picture.naturalHeight;
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  if (!blob) throw new RangeError("the picture is too large for this browser");
  const told = new DOMParser().parseFromString(svg, "image/svg+xml");
  const texts = {
    Title: told.querySelector("title")?.textContent ?? "",
    Description: told.querySelector("desc")?.textContent ?? "",
  };
  return new Blob([withText(new Uint8Array(await blob.arrayBuffer()), texts)], { type: "image/png" });
}
