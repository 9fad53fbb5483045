// Draws the blurred placeholder that comes inline with every image.
import { thumbHashToRGBA } from 'thumbhash';

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** The placeholder's pixels, at most 32 on the long edge, or null if the text is not a thumbhash. */
export function placeholderPixels(base64: string): { w: number; h: number; rgba: Uint8Array } | null {
  try {
    const bytes = bytesOf(base64);
    if (bytes.length < 5) return null;
    return thumbHashToRGBA(bytes);
  } catch {
    return null;
  }
}

/** An attachment: paints the placeholder onto a canvas, which CSS then stretches. */
export const placeholder = (base64: string) => (canvas: HTMLCanvasElement) => {
  const pixels = placeholderPixels(base64);
  const context = pixels && canvas.getContext('2d');
  if (!context) return;
  canvas.width = pixels.w;
  canvas.height = pixels.h;
  const data = context.createImageData(pixels.w, pixels.h);
  data.data.set(pixels.rgba);
  context.putImageData(data, 0, 0);
};
