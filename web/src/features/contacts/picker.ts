// The browser's own contact picker (Chrome on Android): hands over only those people whom the person picks.
import type { Entry } from './api';

interface Picked {
  name?: string[];
  tel?: string[];
}
interface ContactsManager {
  select(properties: string[], options: { multiple: boolean }): Promise<Picked[]>;
}

const manager = (): ContactsManager | undefined => (navigator as { contacts?: ContactsManager }).contacts;

export const canPick = (): boolean => typeof manager()?.select === 'function' && 'ContactsManager' in window;

/** One entry for each number of each person. */
export const entriesOf = (picked: Picked[]): Entry[] =>
  picked.flatMap(({ name, tel }) =>
    (tel ?? []).map((phone_number) => ({ name: name?.[0] ?? phone_number, phone_number })),
  );

/** Empty if nothing was picked. */
export async function pickEntries(): Promise<Entry[]> {
  return entriesOf((await manager()?.select(['name', 'tel'], { multiple: true })) ?? []);
}
