// What an import came to, in words.
import type { ImportReport } from '@/api/types';

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

export function reportSentences({ imported, updated, invalid, matched, deferred }: ImportReport): string[] {
  const sentences: string[] = [];
  if (imported + updated === 0) sentences.push('No contacts were added.');
  if (imported > 0) sentences.push(`${count(imported, 'contact was', 'contacts were')} added.`);
  if (updated > 0)
    sentences.push(
      `${count(updated, 'contact was', 'contacts were')} already here and ${updated === 1 ? 'is' : 'are'} up to date.`,
    );
  if (matched > 0) sentences.push(`${count(matched, 'of them is', 'of them are')} on Kith.`);
  if (deferred > 0) sentences.push(`${count(deferred, 'number', 'numbers')} will be looked up later, by and by.`);
  if (invalid.length > 0)
    sentences.push(`${count(invalid.length, 'entry has', 'entries have')} no number that can be read.`);
  return sentences;
}
