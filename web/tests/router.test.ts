import { describe, expect, it } from 'vitest';
import { isOurs, placeOf } from '@/app/router';

const ID = '0199c0de-0000-7000-8000-000000000001';

describe('placeOf', () => {
  it.each([
    ['/', 'feed', ''],
    ['/new', 'compose', ''],
    [`/p/${ID}`, 'post', ID],
    [`/c/${ID}`, 'comment', ID],
    [`/u/${ID}`, 'person', ID],
    ['/settings', 'settings', ''],
    ['/ways-in', 'ways-in', ''],
  ])('%s shows %s', (path, screen, id) => {
    expect(placeOf(path)).toEqual({ screen, id });
  });

  it.each(['/p', `/p/${ID}/2`, '/p/1', '/p/%E0%A4%A', '/nothing', '/settings/x', '/v1/me', '/dev'])(
    '%s is not here or not ours',
    (path) => {
      expect(placeOf(path)).toEqual({ screen: 'not-here', id: '' });
    },
  );
});

describe('isOurs', () => {
  const plain = { button: 0, defaultPrevented: false, metaKey: false, ctrlKey: false, shiftKey: false, altKey: false };
  const link = { href: 'https://kith.test/friends', target: '', download: '' };
  const origin = 'https://kith.test';

  it('takes a plain click on a place of this client', () => {
    expect(isOurs(plain, link, origin)).toBe(true);
  });

  it.each([
    ['another button', { ...plain, button: 1 }, link],
    ['a modifier', { ...plain, ctrlKey: true }, link],
    ['a handled click', { ...plain, defaultPrevented: true }, link],
    ['a new tab', plain, { ...link, target: '_blank' }],
    ['a download', plain, { ...link, download: 'photos.zip' }],
    ['another site', plain, { ...link, href: 'https://example.test/friends' }],
    ['a page of the server', plain, { ...link, href: 'https://kith.test/docs' }],
  ])('leaves %s to the browser', (_what, click, target) => {
    expect(isOurs(click, target, origin)).toBe(false);
  });
});
