// From the renditions of an image to what `<picture>` wants.
import type { Image } from '@/api/types';

export interface PictureSource {
  type: string;
  srcset: string;
}
export interface PictureParts {
  sources: PictureSource[];
  /** For browsers that know none of the types: a JPEG of middle size. */
  fallback: string;
}

const BEST_FIRST = ['image/avif', 'image/webp', 'image/jpeg'];
/** The long edge that the fallback should come near to. */
const MIDDLE = 1080;

export function pictureParts(image: Image): PictureParts {
  const sources = BEST_FIRST.map((type) => ({
    type,
    srcset: image.renditions
      .flatMap((rendition) =>
        rendition.sources.filter((source) => source.type === type).map((source) => `${source.url} ${rendition.width}w`),
      )
      .join(', '),
  })).filter(({ srcset }) => srcset !== '');
  const jpegs = image.renditions.flatMap((rendition) =>
    rendition.sources
      .filter((source) => source.type === 'image/jpeg')
      .map((source) => ({ url: source.url, away: Math.abs(Math.max(rendition.width, rendition.height) - MIDDLE) })),
  );
  jpegs.sort((a, b) => a.away - b.away);
  return { sources, fallback: jpegs[0]?.url ?? image.renditions[0]?.sources[0]?.url ?? '' };
}

/** The same for the square crop, which has one size. */
export function squareParts(image: Image): PictureParts {
  const sources = BEST_FIRST.flatMap((type) => image.square.sources.filter((source) => source.type === type)).map(
    ({ type, url }) => ({
      type,
      srcset: url,
    }),
  );
  const jpeg = image.square.sources.find(({ type }) => type === 'image/jpeg');
  return { sources, fallback: jpeg?.url ?? image.square.sources[0]?.url ?? '' };
}
