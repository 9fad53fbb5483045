import { rgbaToThumbHash } from 'thumbhash';
import { describe, expect, it } from 'vitest';
import type { Image, Rendition } from '@/api/types';
import { compare, placeFor } from '@/features/posts/order';
import { hex, pictureType } from '@/features/uploads/kind';
import { pictureParts, squareParts } from '@/ui/srcset';
import { placeholderPixels } from '@/ui/thumbhash';

const types = ['image/jpeg', 'image/webp', 'image/avif'];
const rendition = (name: string, width: number, height: number, of = types): Rendition => ({
  name,
  width,
  height,
  sources: of.map((type) => ({ type, url: `/i/${name}.${type.split('/')[1]}`, byte_size: null })),
});
const portrait: Image = {
  placeholder: '',
  width: 3024,
  height: 4032,
  alt: null,
  square: rendition('square', 256, 256),
  renditions: [
    rendition('w320', 240, 320),
    rendition('w1080', 810, 1080),
    rendition('w2048', 1536, 2048, ['image/jpeg']),
  ],
};

describe('pictureParts', () => {
  it('offers the best type first and the real width of each rendition', () => {
    const { sources, fallback } = pictureParts(portrait);
    expect(sources.map((source) => source.type)).toEqual(['image/avif', 'image/webp', 'image/jpeg']);
    expect(sources[0]?.srcset).toBe('/i/w320.avif 240w, /i/w1080.avif 810w');
    expect(sources[2]?.srcset).toContain('/i/w2048.jpeg 1536w');
    expect(fallback).toBe('/i/w1080.jpeg');
  });

  it('leaves out types that nothing has', () => {
    const plain = { ...portrait, renditions: [rendition('w320', 240, 320, ['image/jpeg'])] };
    expect(pictureParts(plain).sources.map((source) => source.type)).toEqual(['image/jpeg']);
  });

  it('serves the square crop in all its types', () => {
    expect(squareParts(portrait)).toMatchObject({ fallback: '/i/square.jpeg' });
    expect(squareParts(portrait).sources[0]).toEqual({ type: 'image/avif', srcset: '/i/square.avif' });
  });
});

describe('placeholderPixels', () => {
  it('gives back the colours that were put in', () => {
    const [w, h] = [8, 6];
    const red = Uint8Array.from({ length: w * h * 4 }, (_, index) => [200, 30, 30, 255][index % 4]!);
    const hash = btoa(String.fromCharCode(...rgbaToThumbHash(w, h, red)));
    const pixels = placeholderPixels(hash)!;
    expect(pixels.w).toBeGreaterThan(pixels.h);
    expect(pixels.rgba[0]).toBeGreaterThan(150);
    expect(pixels.rgba[1]).toBeLessThan(90);
  });

  it.each(['', '%%%', 'AA=='])('is null for %j', (text) => {
    expect(placeholderPixels(text)).toBeNull();
  });
});

describe('the order of the feed', () => {
  const post = (post_id: string, posted_at: string) => ({ post_id, posted_at });
  const shown = [
    post('d', '2026-01-04T00:00:00Z'),
    post('c', '2026-01-03T00:00:00Z'),
    post('a', '2026-01-01T00:00:00Z'),
  ];

  it('is newest first, ties by id', () => {
    expect(compare(shown[0]!, shown[1]!)).toBeLessThan(0);
    expect(compare(post('y', '2026-01-01T00:00:00Z'), post('x', '2026-01-01T00:00:00.000Z'))).toBeLessThan(0);
  });

  it('puts a post where it belongs', () => {
    expect(placeFor(post('e', '2026-01-05T00:00:00Z'), shown, false)).toBe(0);
    expect(placeFor(post('b', '2026-01-02T00:00:00Z'), shown, false)).toBe(2);
  });

  it('leaves older ones to their page', () => {
    expect(placeFor(post('0', '2025-01-01T00:00:00Z'), shown, false)).toBe(-1);
    expect(placeFor(post('0', '2025-01-01T00:00:00Z'), shown, true)).toBe(3);
  });
});

describe('pictureType', () => {
  const text = (words: string) => Uint8Array.from(words, (character) => character.charCodeAt(0));
  it.each([
    ['\xff\xd8\xff\xe1', 'image/jpeg'],
    ['\x89PNG\r\n\x1a\n', 'image/png'],
    ['RIFF\0\0\0\0WEBPVP8 ', 'image/webp'],
    ['GIF89a', 'image/gif'],
    ['\0\0\0\x20ftypavif\0\0\0\0mif1', 'image/avif'],
    ['\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'image/heic'],
    ['\0\0\0\x18ftypmif1\0\0\0\0mif1heic', 'image/heic'],
    ['\0\0\0\x18ftypmif1\0\0\0\0avifmif1', 'image/avif'],
    ['\0\0\0\x18ftypmp42\0\0\0\0mp42isom', null],
    ['<svg xmlns=', null],
    ['', null],
  ])('%j is %s', (head, type) => {
    expect(pictureType(text(head))).toBe(type);
  });

  it('writes digests in hex', () => {
    expect(hex(Uint8Array.from([0, 15, 255]).buffer)).toBe('000fff');
  });
});
