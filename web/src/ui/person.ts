// Small facts about a person's card.

const TONES = 6;

/** One or two capital letters; counts by characters, so that no letter is cut in half. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : [words[0]];
  return letters
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase();
}

/** A steady tone for a person without a picture. */
export function toneOf(userId: string): number {
  let sum = 0;
  for (const character of userId) sum = (sum * 31 + character.charCodeAt(0)) >>> 0;
  return sum % TONES;
}
