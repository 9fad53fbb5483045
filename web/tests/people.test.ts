import { describe, expect, it } from 'vitest';
import { deviceName } from '@/features/auth/device';
import { guessRegion, isInternational, regions } from '@/features/auth/regions';
import { entriesOf } from '@/features/contacts/picker';
import { reportSentences } from '@/features/contacts/report';
import { placeOfNotification } from '@/features/notifications/place';
import { initials, toneOf } from '@/ui/person';
import { matches } from '@/ui/search';

describe('regions', () => {
  it('is guessed from the first language that names one', () => {
    expect(guessRegion(['de', 'en-GB'])).toBe('GB');
    expect(guessRegion(['pt-BR', 'en-US'])).toBe('BR');
  });
  it('is the likeliest one of a bare language', () => {
    expect(guessRegion(['de'])).toBe('DE');
    expect(guessRegion(['ja'])).toBe('JP');
  });
  it('survives anything', () => {
    expect(guessRegion([])).toBe('US');
    expect(guessRegion(['not a language'])).toBe('US');
    expect(guessRegion(['es-419'])).toBe('US');
  });
  it('lists every region once, by name', () => {
    const all = regions('en');
    expect(new Set(all.map((region) => region.code)).size).toBe(245);
    expect(all.find((region) => region.code === 'DE')).toEqual({ code: 'DE', name: 'Germany', calling: '49' });
    expect(all[0]?.name).toBe('Afghanistan');
  });
  it('knows a number that brings its country', () => {
    expect(['+49 170', ' 0049170', '0170', '(415) 555'].map(isInternational)).toEqual([true, true, false, false]);
  });
});

describe('people', () => {
  it('have initials', () => {
    expect(['Ana', 'Ben Okafor', '  zoë  van  Dijk ', '👩‍🚀 Mae', ''].map(initials)).toEqual([
      'A',
      'BO',
      'ZD',
      '👩M',
      '',
    ]);
  });
  it('keep their tone', () => {
    expect(toneOf('0199')).toBe(toneOf('0199'));
    expect(toneOf('0199')).toBeLessThan(6);
  });
  it('are found by the beginnings of words, without accents', () => {
    const zoe = { display_name: 'Zoë van Dijk', username: 'zo.dijk' };
    expect(['zoe', 'dij', '@zo', 'van zo', ''].every((search) => matches(zoe, search))).toBe(true);
    expect(matches(zoe, 'ijk')).toBe(false);
  });
  it('come out of the picker once for each number', () => {
    expect(entriesOf([{ name: ['Ben'], tel: ['1', '2'] }, { tel: ['3'] }, { name: ['Cem'] }])).toEqual([
      { name: 'Ben', phone_number: '1' },
      { name: 'Ben', phone_number: '2' },
      { name: '3', phone_number: '3' },
    ]);
  });
});

describe('reportSentences', () => {
  const report = { imported: 0, updated: 0, invalid: [], matched: 0, deferred: 0 };
  it('counts in words', () => {
    expect(reportSentences({ ...report, imported: 300, matched: 1, invalid: [{ index: 2, reason: 'x' }] })).toEqual([
      '300 contacts were added.',
      '1 of them is on Kith.',
      '1 entry has no number that can be read.',
    ]);
  });
  it('says when there was nothing', () => {
    expect(reportSentences(report)).toEqual(['No contacts were added.']);
  });
});

describe('deviceName', () => {
  it.each([
    ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36', 'Chrome on Linux'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1',
      'Safari on iPhone',
    ],
    ['Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0', 'Firefox on Android'],
    ['curl/8', 'Browser'],
  ])('%s', (agent, name) => {
    expect(deviceName(agent)).toBe(name);
  });
});

describe('placeOfNotification', () => {
  const base = { actor: null, reference_id: 'x' } as const;
  it.each([
    [{ ...base, type: 'comment', reference_type: 'comment' }, '/c/x'],
    [{ ...base, type: 'comment', reference_type: 'post' }, '/p/x'],
    [{ ...base, type: 'friend_request', reference_type: 'user' }, '/friends'],
    [{ ...base, type: 'system', reference_type: null, reference_id: null }, null],
  ] as const)('%j leads to %s', (notification, place) => {
    expect(placeOfNotification(notification as never)).toBe(place);
  });
});
