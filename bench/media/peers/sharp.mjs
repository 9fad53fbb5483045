// The same set of renditions by sharp. Usage: node sharp.mjs tuned|documented PHOTO FOLDER [FORMAT]
//
// tuned:      the base is decoded once, everything else is made from it; AVIF effort 0; JPEG and AVIF.
// documented: what the manual shows: one pipeline per output, default settings, three formats.
import { writeFileSync } from 'node:fs';
import sharp from 'sharp';

const [mode, photo, folder, only] = process.argv.slice(2);
const EDGES = [640, 320, 1080, 2048];
const SQUARE = 480;
sharp.concurrency(1);
sharp.cache(false);

async function tuned() {
  const { data, info } = await sharp(photo, { sequentialRead: true })
    .autoOrient()
    .resize(2048, 2048, { fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const raw = { width: info.width, height: info.height, channels: 3 };
  const base = () => sharp(data, { raw });
  const files = {
    jpg: (image) => image.jpeg({ quality: 80, progressive: true }),
    avif: (image) => image.avif({ quality: 51, effort: 0 }),
  };
  const sized = (edge) => base().resize(edge, edge, { fit: 'inside', withoutEnlargement: true });
  const square = () => base().resize(SQUARE, SQUARE, { fit: 'cover', position: 'attention' });
  await sized(100).raw().toBuffer();
  for (const [ending, encode] of Object.entries(files)) {
    if (only && ending !== only) continue;
    for (const edge of EDGES) await encode(sized(edge)).toFile(`${folder}/w${edge}.${ending}`);
    await encode(square()).toFile(`${folder}/square.${ending}`);
  }
}

async function documented() {
  const encoders = {
    jpg: (image) => image.jpeg(),
    webp: (image) => image.webp(),
    avif: (image) => image.avif(),
  };
  for (const [ending, encode] of Object.entries(encoders)) {
    for (const edge of EDGES) {
      const image = sharp(photo).autoOrient().resize(edge, edge, { fit: 'inside', withoutEnlargement: true });
      await encode(image).toFile(`${folder}/w${edge}.${ending}`);
    }
    const image = sharp(photo).autoOrient().resize(SQUARE, SQUARE, { fit: 'cover', position: 'attention' });
    await encode(image).toFile(`${folder}/square.${ending}`);
  }
  await sharp(photo).autoOrient().resize(100, 100, { fit: 'inside' }).raw().toBuffer();
}

if (mode === 'versions') {
  console.log(JSON.stringify(sharp.versions));
} else if (mode === 'encode') {
  // A lossless picture at a list of qualities: node sharp.mjs encode PNG FOLDER FORMAT EFFORT Q...
  const [format, effort, ...qualities] = process.argv.slice(5);
  for (const quality of qualities.map(Number)) {
    const [encoder, ending, settings] = {
      jpg: ['jpeg', 'jpg', { progressive: true }],
      mozjpeg: ['jpeg', 'jpg', { mozjpeg: true }],
      avif: ['avif', 'avif', { effort: Number(effort) }],
      webp: ['webp', 'webp', { effort: Number(effort) }],
    }[format];
    const image = sharp(photo).toFormat(encoder, { quality, ...settings });
    writeFileSync(`${folder}/q${quality}.${ending}`, await image.toBuffer());
  }
} else {
  await { tuned, documented }[mode]();
}
