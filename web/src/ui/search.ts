// Finding a friend by a few letters.
import type { UserCard } from '@/api/types';

/** Lowercase without accents, so that "zoe" finds "Zoë". */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Every word of the search begins a word of the name or the username. */
export function matches(user: Pick<UserCard, 'display_name' | 'username'>, search: string): boolean {
  const words = plain(`${user.display_name} ${user.username}`).split(/[\s_.]+/);
  return plain(search)
    .split(/[\s_.@]+/)
    .filter(Boolean)
    .every((part) => words.some((word) => word.startsWith(part)));
}
