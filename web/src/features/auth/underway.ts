// A code on its way to a number, kept for this tab: phones throw tabs away while people read the message. Never keeps the code itself.
import type { Verification } from '@/api/types';
import { keepDraft, readDraft } from '@/ui/draft';

export interface Underway {
  verification: Verification;
  number: string;
  region: string;
}

/** What is under way for `purpose`, until its code stops working; null also where the storage cannot be read. */
export function readUnderway(purpose: string): Underway | null {
  try {
    const kept = JSON.parse(readDraft(purpose)) as Underway;
    return Date.parse(kept.verification.expires_at) > Date.now() ? kept : null;
  } catch {
    return null;
  }
}

export const keepUnderway = (purpose: string, { verification, number, region }: Underway): void =>
  keepDraft(purpose, JSON.stringify({ verification, number, region }));

export const dropUnderway = (purpose: string): void => keepDraft(purpose, '');
