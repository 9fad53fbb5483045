import { expect, test } from '../support/story';

test('Ana and Ben find each other by their address books', async ({ member }) => {
  const ana = await member('Ana');
  const ben = await member('Ben');
  const dee = await member('Dee');
  const strangers = Array.from({ length: 300 }, (_, index) => ({
    name: `Contact ${index}`,
    number: `(646) 555-${String(100 + (index % 100)).padStart(4, '0')}`,
  }));

  await test.step('a number that only one of them holds says nothing', async () => {
    await ana.importsAddressBook([...strangers, { name: 'Ben from the choir', number: ben.number.national }]);
    const row = ana.page.getByRole('listitem').filter({ hasText: 'Ben from the choir' });
    await expect(row).toContainText('Not here yet');
    await dee.importsAddressBook([{ name: 'Ana maybe', number: ana.number.national }]);
    await expect(dee.page.getByRole('listitem').filter({ hasText: 'Ana maybe' })).toContainText('Not here yet');
  });

  await test.step('once both hold it, each is shown the other', async () => {
    await ben.importsAddressBook([{ name: 'Ana', number: ana.number.international }]);
    await expect(ben.page.getByRole('listitem').filter({ hasText: ana.username })).toBeVisible();
    await ana.opens('/friends');
    await expect(ana.page.getByText('Ben from the choir in your contacts')).toBeVisible();
  });

  await test.step('one asks, the other accepts, both see it without loading anything again', async () => {
    await ana.page.getByRole('button', { name: 'Add friend' }).click();
    await expect(ana.page.getByRole('heading', { name: 'Waiting for an answer' })).toBeVisible();
    await ben.accepts(ana);
    await expect(ana.page.getByRole('heading', { name: '1 friend', exact: true })).toBeVisible();
  });

  await test.step('forgetting all contacts keeps the friend', async () => {
    await ana.opens('/contacts');
    await ana.page.getByRole('button', { name: 'Forget all contacts' }).click();
    await ana.page.getByRole('button', { name: 'Forget all', exact: true }).click();
    await expect(ana.page.getByText('No contacts yet.')).toBeVisible();
    await ana.opens('/friends');
    await expect(ana.page.getByText(ben.username)).toBeVisible();
  });
});
