import { expect, test } from '../support/story';

test('Ana signs up, comes back and keeps her session in order', async ({ newcomer, browser, kith }) => {
  const ana = await newcomer('Ana');

  await test.step('two wrong codes cost two tries, the right one lets her in', async () => {
    await ana.asksForCode();
    const code = await ana.newestCode();
    const wrong = code === '000000' ? '111111' : '000000';
    await ana.typesCode(wrong);
    await expect(ana.page.getByText('4 tries left')).toBeVisible();
    await ana.typesCode(wrong);
    await expect(ana.page.getByText('3 tries left')).toBeVisible();
    await ana.typesCode(code);
    await ana.choosesName();
  });

  await test.step('she is still signed in the next day', async () => {
    const state = await ana.context.storageState();
    await ana.context.close();
    ana.context = await browser.newContext({ storageState: state, baseURL: kith.url, locale: 'en-US' });
    ana.page = await ana.context.newPage();
    ana.watch(ana.page);
    await ana.page.goto('/me');
    await expect(ana.page.getByRole('heading', { name: 'Ana' })).toBeVisible();
  });

  await test.step('three tabs at once after the access token has run out: none is logged out', async () => {
    await ana.context.clearCookies({ name: /kith_access$/ });
    const tabs = await Promise.all([1, 2, 3].map(() => ana.context.newPage()));
    tabs.forEach((tab) => ana.watch(tab));
    await Promise.all(tabs.map((tab) => tab.goto('/friends')));
    for (const tab of tabs) {
      await expect(tab.getByRole('heading', { name: 'Friends', exact: true })).toBeVisible();
      await expect(tab.getByText('0 friends')).toBeVisible();
    }
    await Promise.all(tabs.map((tab) => tab.close()));
  });

  await test.step('a second device is signed out from the first, and notices by itself', async () => {
    const phone = await browser.newContext({ baseURL: kith.url, locale: 'en-US' });
    const screen = await phone.newPage();
    ana.watch(screen);
    await ana.signsIn(screen);
    await expect(screen.getByRole('heading', { name: 'Photos' })).toBeAttached();

    await ana.opens('/sessions');
    const others = ana.page.getByRole('listitem').filter({ hasNotText: 'This device' });
    await expect(others).toHaveCount(1);
    await others.getByRole('button', { name: 'Sign out' }).click();
    await expect(others).toHaveCount(0);
    await expect(screen.getByText('You were signed out on this device.')).toBeVisible();
    await expect(ana.page.getByText('This device')).toBeVisible();
    await phone.close();
  });

  await test.step('signing out here ends it here', async () => {
    await ana.page.getByRole('button', { name: 'Sign out here' }).click();
    await expect(ana.page.getByLabel('Your mobile number')).toBeVisible();
    await ana.opens('/settings');
    await expect(ana.page.getByLabel('Your mobile number')).toBeVisible();
  });
});
