import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Locator, Page, Request } from '@playwright/test';
import type { Person } from '../support/person';
import { rotatedPhoto } from '../support/photo';
import { expect, test } from '../support/story';

interface Violation {
  id: string;
  nodes: { target: string[]; failureSummary: string }[];
}
interface Axe {
  run(options: object): Promise<{ violations: Violation[] }>;
}

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const SHAPES = [
  { width: 390, height: 844 },
  { width: 1280, height: 900 },
];
const COLOURS = ['light', 'dark'] as const;

async function check(page: Page, screen: string): Promise<void> {
  for (const viewport of SHAPES) {
    await page.setViewportSize(viewport);
    for (const colorScheme of COLOURS) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const where = `${screen}, ${viewport.width} px, ${colorScheme}`;
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wide, `${where}: nothing sticks out sideways`).toBeLessThanOrEqual(0);
      await page.evaluate(`${axeSource};0`);
      const found = await page.evaluate(
        (values) => (window as unknown as { axe: Axe }).axe.run({ runOnly: values }),
        RULES,
      );
      const words = found.violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
      );
      expect(words, where).toEqual([]);
    }
  }
}

async function withEverything(
  member: (name: string) => Promise<Person>,
): Promise<{ ana: Person; ben: Person; post: string }> {
  const ana = await member('Ana');
  const ben = await member('Ben');
  const dee = await member('Dee');
  await ben.befriends(ana);
  await dee.asks(ana);
  await ben.posts('Harbour');
  await ben.opensPost('Harbour');
  await ben.comments('The wind was mad');
  await ana.opensFeed();
  await ana.sees('Harbour');
  const { path } = await ana.traceOf('Harbour');
  await ana.importsAddressBook([{ name: 'Grandmother', number: '(646) 555-0199' }]);
  return { ana, ben, post: path };
}

test('every screen can be used by everybody', async ({ newcomer, member }) => {
  test.setTimeout(300_000);
  const { ana, ben, post } = await withEverything(member);
  const screens: [string, string, RegExp | string][] = [
    ['photos', '/', 'Harbour'],
    ['a photo', post, 'The wind was mad'],
    ['composer', '/new', 'Choose a photo'],
    ['friends', '/friends', 'Would like to be your friend'],
    ['contacts', '/contacts', 'Grandmother'],
    ['blocks', '/blocks', 'You have blocked nobody.'],
    ['notifications', '/notifications', /Dee/],
    ['settings', '/settings', 'Who can find me by my number'],
    ['sessions', '/sessions', 'This device'],
    ['ways in', '/ways-in', 'Lock my account against new devices'],
    ['my page', '/me', 'You have not posted a photo yet.'],
    ['a friend', `/u/${ben.userId}`, 'Ben'],
    ['nothing', '/p/0199c0de-0000-7000-8000-000000000000', 'There is nothing at this address'],
  ];
  for (const [name, path, sign] of screens) {
    await test.step(name, async () => {
      await ana.opens(path);
      await expect(ana.page.getByText(sign).first()).toBeVisible();
      await check(ana.page, name);
    });
  }

  await test.step('every form among the ways in, and the question whether it is still her', async () => {
    const { page } = ana;
    await ana.opens('/ways-in');
    await page.getByRole('button', { name: 'Set a password' }).click();
    await page.getByRole('button', { name: 'Change number' }).click();
    await page.getByRole('button', { name: 'Add an address' }).click();
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await check(page, 'ways in, forms');
    await page.getByRole('button', { name: 'Make the passkey' }).click();
    await expect(ana.question()).toBeVisible();
    await check(page, 'is it you');
    await ana
      .question()
      .getByRole('button', { name: /^Send a code to/ })
      .click();
    await expect(ana.question().getByLabel(/The code we sent/)).toBeFocused();
    await check(page, 'is it you, the code');
    await page.keyboard.press('Escape');
    await expect(ana.question()).toBeHidden();
  });

  await test.step('sign-in, the code, the welcome', async () => {
    const cem = await newcomer('Cem');
    await cem.opens('/');
    await expect(cem.page.getByLabel('Your mobile number')).toBeVisible();
    await check(cem.page, 'sign-in');
    await cem.page.getByRole('button', { name: 'Use a password' }).click();
    await check(cem.page, 'sign-in with a password');
    await cem.asksForCode();
    await check(cem.page, 'the code');
    await cem.typesCode(await cem.newestCode());
    await expect(cem.page.getByRole('heading', { name: 'Welcome to Kith' })).toBeVisible();
    await check(cem.page, 'welcome');
  });
});

/** Goes on by the tab key until it is there. */
async function tabsTo(page: Page, place: Locator): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('Tab');
    await expect(place).toBeFocused({ timeout: 100 });
  }).toPass();
}

test('the main job needs no mouse', async ({ newcomer, member }) => {
  const ben = await member('Ben');
  const ana = await newcomer('Ana');
  const { page } = ana;
  const { keyboard } = page;
  const presses = async (place: Locator) => {
    await tabsTo(page, place);
    await keyboard.press('Enter');
  };

  await test.step('signing in and saying who one is', async () => {
    await ana.opens('/');
    await tabsTo(page, page.getByLabel('Your mobile number'));
    await keyboard.type(ana.number.international);
    await keyboard.press('Enter');
    await expect(page.getByLabel(/The code we sent/)).toBeFocused();
    await keyboard.type(await ana.newestCode());
    await expect(page.getByRole('heading', { name: 'Welcome to Kith' })).toBeVisible();
    await tabsTo(page, page.getByLabel('Your name'));
    await keyboard.type(ana.name);
    await tabsTo(page, page.getByLabel('Username'));
    await keyboard.press('ControlOrMeta+a');
    await keyboard.type(ana.username);
    await keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Friends', exact: true })).toBeVisible();
  });

  await test.step('asking a friend', async () => {
    await tabsTo(page, page.getByLabel('Add by username'));
    await keyboard.type(ben.username);
    await keyboard.press('Enter');
    await expect(page.getByText('You asked Ben')).toBeVisible();
    await ben.accepts(ana);
    await ben.opensFeed();
  });

  await test.step('posting a photo for one of them', async () => {
    await page.reload();
    await presses(page.getByRole('link', { name: 'Post a photo' }));
    await tabsTo(page, page.getByLabel('Choose a photo'));
    const chooser = page.waitForEvent('filechooser');
    await keyboard.press('Space');
    const buffer = await rotatedPhoto(page, 900, 1200);
    await (await chooser).setFiles({ name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer });
    await tabsTo(page, page.getByLabel('Caption'));
    await keyboard.type('By hand');
    await tabsTo(page, page.getByRole('radio', { name: /^All friends/ }));
    await keyboard.press('ArrowDown');
    await tabsTo(page, ana.audienceBox(ben));
    await keyboard.press('Space');
    await presses(page.getByRole('button', { name: 'Post', exact: true }));
    await ana.sees('By hand');
    await ben.sees('By hand');
  });

  await test.step('reading and commenting', async () => {
    await page.reload();
    await ana.sees('By hand');
    await presses(page.getByRole('link', { name: 'Skip to the content' }));
    await expect(page.locator('main')).toBeFocused();
    await presses(ana.post('By hand').getByRole('link', { name: 'Comment' }));
    await tabsTo(page, page.getByLabel('Write a comment'));
    await keyboard.type('Without a mouse');
    await keyboard.press('Enter');
    await ana.seesComment('Without a mouse');
  });
});

test('a screen asks once for what it shows', async ({ member }) => {
  const ana = await member('Ana');
  for (const [path, resource] of [
    ['/settings', '/v1/me/settings'],
    ['/ways-in', '/v1/me/ways-in'],
    ['/sessions', '/v1/sessions'],
  ] as const) {
    const asked: string[] = [];
    const note = (request: Request) => asked.push(new URL(request.url()).pathname);
    ana.page.on('request', note);
    await ana.opens(path);
    await ana.page.waitForLoadState('networkidle');
    ana.page.off('request', note);
    expect(asked.filter((address) => address === resource)).toHaveLength(1);
  }
});
