// Photos made by code: coloured quarters that show which way is up, noise so that they compress like a photo, and the metadata of a phone.
import type { Page } from '@playwright/test';

/** The colours of the quarters as the photographer saw them. */
export const QUARTERS = {
  topLeft: [200, 40, 40],
  topRight: [40, 160, 60],
  bottomLeft: [40, 70, 200],
  bottomRight: [220, 190, 40],
} as const;

/** Words in the metadata that must never be served. */
export const TRACES = ['Exif', 'KithTestCamera', 'http://ns.adobe.com/xap'];

/**
 * A JPEG as a phone held upright writes it: the sensor's rows lie on their side, EXIF orientation 6 says so, and GPS says where.
 * Shown right it is `width` x `height` with the quarters as above.
 */
export async function rotatedPhoto(page: Page, width: number, height: number): Promise<Buffer> {
  const base64 = await page.evaluate(drawOnItsSide, { width, height, quarters: QUARTERS });
  const jpeg = Buffer.from(base64, 'base64');
  return Buffer.concat([jpeg.subarray(0, 2), exifSegment(), jpeg.subarray(2)]);
}

/** Runs in the page. */
async function drawOnItsSide({
  width,
  height,
  quarters,
}: {
  width: number;
  height: number;
  quarters: typeof QUARTERS;
}): Promise<string> {
  const upright = new OffscreenCanvas(width, height);
  const paint = upright.getContext('2d')!;
  const fill = (colour: readonly number[], x: number, y: number) => {
    paint.fillStyle = `rgb(${colour.join(' ')})`;
    paint.fillRect(x, y, width / 2, height / 2);
  };
  fill(quarters.topLeft, 0, 0);
  fill(quarters.topRight, width / 2, 0);
  fill(quarters.bottomLeft, 0, height / 2);
  fill(quarters.bottomRight, width / 2, height / 2);
  for (let spot = 0; spot < 4_000; spot++) {
    const shade = (spot * 7919) % 256;
    paint.fillStyle = `rgb(${shade} ${shade} ${shade} / 0.12)`;
    paint.fillRect((spot * 104_729) % width, (spot * 15_485_863) % height, width / 60, height / 60);
  }
  // Orientation 6: shown by turning it a quarter clockwise, so it is stored turned back.
  const stored = new OffscreenCanvas(height, width);
  const turn = stored.getContext('2d')!;
  turn.translate(0, width);
  turn.rotate(-Math.PI / 2);
  turn.drawImage(upright, 0, 0);
  const blob = await stored.convertToBlob({ type: 'image/jpeg', quality: 0.92 });
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return btoa(text);
}

/** One directory entry of a TIFF (little endian): tag, type, count, value or offset. */
function entry(tag: number, type: number, count: number, value: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt16LE(tag, 0);
  bytes.writeUInt16LE(type, 2);
  bytes.writeUInt32LE(count, 4);
  bytes.writeUInt32LE(value, 8);
  return bytes;
}

function directory(entries: Buffer[]): Buffer {
  const count = Buffer.alloc(2);
  count.writeUInt16LE(entries.length);
  return Buffer.concat([count, ...entries, Buffer.alloc(4)]);
}

/** EXIF 2.3: camera, orientation 6 and a place (Lisbon). */
function exifSegment(): Buffer {
  const [ASCII, SHORT, LONG, RATIONAL] = [2, 3, 4, 5];
  const make = Buffer.from('KithTestCamera\0\0');
  const HEADER = 8;
  const mainLength = 2 + 3 * 12 + 4;
  const makeAt = HEADER + mainLength;
  const gpsAt = makeAt + make.length;
  const gpsLength = 2 + 4 * 12 + 4;
  const latitudeAt = gpsAt + gpsLength;
  const degrees = (values: number[]) => {
    const bytes = Buffer.alloc(24);
    values.forEach((value, index) => {
      bytes.writeUInt32LE(value, index * 8);
      bytes.writeUInt32LE(1, index * 8 + 4);
    });
    return bytes;
  };
  const tiff = Buffer.concat([
    Buffer.from([0x49, 0x49, 0x2a, 0x00, HEADER, 0, 0, 0]),
    directory([entry(0x010f, ASCII, make.length, makeAt), entry(0x0112, SHORT, 1, 6), entry(0x8825, LONG, 1, gpsAt)]),
    make,
    directory([
      entry(1, ASCII, 2, 'N'.charCodeAt(0)),
      entry(2, RATIONAL, 3, latitudeAt),
      entry(3, ASCII, 2, 'W'.charCodeAt(0)),
      entry(4, RATIONAL, 3, latitudeAt + 24),
    ]),
    degrees([38, 43, 20]),
    degrees([9, 8, 22]),
  ]);
  const content = Buffer.concat([Buffer.from('Exif\0\0'), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}
