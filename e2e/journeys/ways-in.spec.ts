import type { Page } from '@playwright/test';
import { Authenticator } from '../support/authenticator';
import type { Person } from '../support/person';
import { expect, nextNumber, test } from '../support/story';

// No passkey belongs to an address of numbers.
test.use({ hostName: 'localhost' });

const PASSWORD = 'harbour seven kettle moss';

/** The browser offers nothing at the field by itself: a simulated finger would take it before anybody could press the button. */
const withoutSuggestions = (page: Page) =>
  page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false);
  });

async function addsPasskey(ana: Person, device: Authenticator, name: string): Promise<void> {
  const { page } = ana;
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByLabel('What to call it').fill(name);
  await device.touchedWhile(async () => {
    await page.getByRole('button', { name: 'Make the passkey' }).click();
    await ana.showsByCode();
    await expect(page.getByRole('listitem').filter({ hasText: name })).toBeVisible();
  });
}

async function setsPassword(ana: Person): Promise<void> {
  const { page } = ana;
  await page.getByRole('button', { name: 'Set a password' }).click();
  await page.getByLabel('New password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Save the password' }).click();
}

async function entersPassword(ana: Person, page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Use a password' }).click();
  await page.getByLabel('Your mobile number').fill(ana.number.international);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await ana.isSignedIn(page);
}

test('Ana needs no text message any more', async ({ member, kith }) => {
  const ana = await member('Ana');
  const { page } = ana;
  const device = await Authenticator.of(page);
  await withoutSuggestions(page);
  const passkey = page.getByRole('listitem').filter({ hasText: 'Her phone' });

  await test.step('she adds a passkey, once she has shown that it is she', async () => {
    await ana.opens('/ways-in');
    await addsPasskey(ana, device, 'Her phone');
    expect(await device.count()).toBe(1);
  });

  await test.step('a second one on the same device is not made', async () => {
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await device.touchedWhile(async () => {
      await page.getByRole('button', { name: 'Make the passkey' }).click();
      await expect(page.getByText('This device has a passkey for your account already.')).toBeVisible();
    });
  });

  const texts = await kith.messages(ana.number.international);

  await test.step('she signs out, and in again with the passkey only', async () => {
    await ana.signsOut();
    await device.touchedWhile(async () => {
      await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
      await ana.isSignedIn();
    });
  });

  await test.step('the passkey also shows that it is she, and may then be removed', async () => {
    await ana.opens('/ways-in');
    await page.getByRole('button', { name: 'Remove Her phone' }).click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await expect(ana.question()).toBeVisible();
    await device.touchedWhile(async () => {
      await ana.question().getByRole('button', { name: 'Use your passkey' }).click();
      await expect(ana.question()).toBeHidden();
    });
    await expect(passkey).toHaveCount(0);
    expect(await kith.messages(ana.number.international), 'no text message since').toBe(texts);
  });

  await test.step('it lets nobody in any more, and the page says so', async () => {
    await ana.signsOut();
    await device.touchedWhile(async () => {
      await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
      await expect(page.getByText('Kith does not know this passkey any more.')).toBeVisible();
    });
  });

  await test.step('the tab may be thrown away while she reads the message', async () => {
    await ana.asksForCode();
    await page.reload();
    await ana.typesCode(await ana.newestCode());
    await ana.isSignedIn();
  });
});

test('Ana sets a password, and locks her account against new devices', async ({ member, browser, kith }) => {
  const ana = await member('Ana');
  const { page } = ana;

  await test.step('what she would rather not show is not done', async () => {
    await ana.opens('/ways-in');
    await setsPassword(ana);
    await expect(ana.question()).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(ana.question()).toBeHidden();
    await expect(page.getByText('Nothing was changed.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Save the password' })).toBeFocused();
  });

  await test.step('she shows it, and goes on where she was', async () => {
    await page.keyboard.press('Enter');
    await ana.showsByCode();
    await expect(page.getByText('Your password was saved.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Change password' })).toBeVisible();
  });

  await test.step('ten minutes long nothing more is asked', async () => {
    await page.getByRole('switch', { name: /^Lock my account/ }).check();
    await page.reload();
    await expect(page.getByRole('switch', { name: /^Lock my account/ })).toBeChecked();
  });

  const elsewhere = await browser.newContext({ baseURL: kith.url, locale: 'en-US' });
  const screen = await elsewhere.newPage();
  ana.watch(screen);

  await test.step('on a new device her code alone is not enough, her password is', async () => {
    await ana.signsIn(screen);
    await expect(screen.getByText('This account is locked against new devices.')).toBeVisible();
    await expect(screen.getByText(/is enough in [78] days/)).toBeVisible();
    await entersPassword(ana, screen);
  });

  await test.step('whoever changes it knows the present one', async () => {
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByLabel('Present password').fill('not it at all');
    await page.getByLabel('New password').fill('another seven kettles moss');
    await page.getByRole('button', { name: 'Save the password' }).click();
    await expect(page.getByText('This is not your present password.')).toBeVisible();
  });

  await test.step('a wrong password is answered in words', async () => {
    await ana.signsOut();
    await page.getByRole('button', { name: 'Use a password' }).click();
    await page.getByLabel('Your mobile number').fill(ana.number.international);
    await page.getByLabel('Password').fill('not it at all');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.getByText('The number or the password is not right.')).toBeVisible();
    await page.getByRole('button', { name: 'Use a code instead' }).click();
    await entersPassword(ana, page);
  });

  await elsewhere.close();
});

test('Ana gets another number', async ({ member, newcomer }) => {
  const ana = await member('Ana');
  const ben = await member('Ben');
  await ana.befriends(ben);
  const { page } = ana;
  const old = ana.number;
  const next = nextNumber();

  await test.step('she shows that it is she, then that the new number is hers', async () => {
    await ana.opens('/ways-in');
    await page.getByRole('button', { name: 'Change number' }).click();
    await page.getByLabel('Country or region').selectOption('US');
    await page.getByLabel('Your new number').fill(next.national);
    await page.getByRole('button', { name: 'Send a code', exact: true }).click();
    await ana.showsByCode();
    await ana.typesCode(await ana.newestCode(next));
    await expect(page.getByText('Your number was changed.')).toBeVisible();
    await expect(page.getByText(next.international)).toBeVisible();
    ana.number = next;
  });

  await test.step('a number of somebody else is refused, but only after its code', async () => {
    await page.getByRole('button', { name: 'Change number' }).click();
    await page.getByLabel('Your new number').fill(ben.number.international);
    await page.getByRole('button', { name: 'Send a code', exact: true }).click();
    await ana.typesCode(await ben.newestCode());
    await expect(page.getByText('This number belongs to another account.')).toBeVisible();
  });

  await test.step('the new number leads to her friends, the old one to nobody’s', async () => {
    await ana.signsOut();
    await ana.signsIn();
    await ana.isSignedIn();
    await ana.opens('/friends');
    await expect(page.getByRole('listitem').filter({ hasText: 'Ben' })).toBeVisible();

    const dee = await newcomer('Dee');
    dee.number = old;
    await dee.asksForCode();
    await dee.typesCode(await dee.newestCode());
    await expect(dee.page.getByRole('heading', { name: 'Welcome to Kith' })).toBeVisible();
  });
});

test('Ana shows that her e-mail address is hers', async ({ member, kith }) => {
  const ana = await member('Ana');
  const { page } = ana;
  const address = `${ana.username}@example.org`;
  await ana.opens('/ways-in');
  await page.getByRole('button', { name: 'Add an address' }).click();
  await page.getByLabel('E-mail address').fill(address);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Not verified yet.')).toBeVisible();
  await page.getByRole('button', { name: 'Verify by a code' }).click();
  await ana.typesCode(await kith.mailedCode(address));
  await expect(page.getByText('Verified.', { exact: true })).toBeVisible();
});
