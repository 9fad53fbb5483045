// Address books as phones export them.

export interface Entry {
  name: string;
  number: string;
}

/** A vCard 3.0 file with the line endings and odd fields of the real thing. */
export function addressBook(entries: Entry[]): Buffer {
  const cards = entries.map(({ name, number }) =>
    [
      'BEGIN:VCARD',
      'VERSION:3.0',
      'PRODID:-//Apple Inc.//iPhone OS 18.0//EN',
      `N:${name};;;;`,
      `FN:${name}`,
      `item1.TEL;type=CELL;type=VOICE;type=pref:${number}`,
      'item1.X-ABLabel:mobile',
      'NOTE:met at the harbour\\, twice',
      'END:VCARD',
      '',
    ].join('\r\n'),
  );
  return Buffer.from(cards.join(''));
}
