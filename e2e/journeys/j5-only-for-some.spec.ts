import type { Person } from '../support/person';
import { expect, test } from '../support/story';

/** A picture that was seen may stay in caches this long after access is lost (design goal). */
const IMAGE_DEATH_MS = 60_000;

/** Nothing anywhere: feed, grid, direct link, API, picture. */
async function seesNothing(person: Person, author: Person, caption: string, trace: { path: string; image: string }) {
  await person.opensFeed();
  await person.seesNot(caption);
  await person.opens(`/u/${author.userId}`);
  await expect(
    person.page.getByRole('heading', { name: author.name }).or(person.page.getByText('Not here')),
  ).toBeVisible();
  await expect(person.page.locator(`a[href="${trace.path}"]`)).toHaveCount(0);
  await person.opens(trace.path);
  await expect(person.page.getByRole('heading', { name: 'Not here' })).toBeVisible();
  expect(await person.statusOf(`/v1/posts/${trace.path.split('/').pop()}`)).toBe(404);
  await expect.poll(() => person.statusOf(trace.image), { timeout: IMAGE_DEATH_MS }).toBe(404);
  await person.seesUnread(0);
}

test('what Ana posts for some is for them, as long as she says so', async ({ member }) => {
  const ana = await member('Ana');
  const ben = await member('Ben');
  const cem = await member('Cem');
  await ana.befriends(ben);
  await ana.befriends(cem);
  for (const person of [ana, ben, cem]) await person.readsNotices();
  await ben.opensFeed();
  await cem.opensFeed();

  await ana.posts('For Cem alone', [cem]);
  const trace = await ana.traceOf('For Cem alone');

  await test.step('Cem sees it arrive, Ben sees nothing anywhere', async () => {
    await cem.sees('For Cem alone');
    await seesNothing(ben, ana, 'For Cem alone', trace);
    await ben.opensFeed();
  });

  await test.step('Ana adds Ben: it appears on his screen', async () => {
    await ana.opensPost('For Cem alone');
    await ana.page.getByLabel('More about this post').click();
    await ana.page.getByRole('button', { name: 'Edit' }).first().click();
    await ana.choosesAudience([ben]);
    await ana.page.getByRole('button', { name: 'Save' }).click();
    await ben.sees('For Cem alone');
  });

  await test.step('Ana takes Cem off: it leaves his screen while he looks at it', async () => {
    await cem.opensPost('For Cem alone');
    await ana.page.getByLabel('More about this post').click();
    await ana.page.getByRole('button', { name: 'Edit' }).first().click();
    await ana.audienceBox(cem).uncheck();
    await ana.page.getByRole('button', { name: 'Save' }).click();
    await expect(cem.page.getByRole('heading', { name: 'Not here' })).toBeVisible();
    await seesNothing(cem, ana, 'For Cem alone', trace);
    await ben.sees('For Cem alone');
  });

  await ana.posts('For all of you');
  const open = await ana.traceOf('For all of you');
  await ben.opensFeed();
  await ben.sees('For all of you');

  await test.step('Ana unfriends Ben: everything of hers leaves his screen', async () => {
    await ana.unfriends(ben);
    await ben.seesNot('For all of you');
    await ben.seesNot('For Cem alone');
    await seesNothing(ben, ana, 'For all of you', open);
    await seesNothing(ben, ana, 'For Cem alone', trace);
    await cem.opensFeed();
    await cem.sees('For all of you');
  });

  await test.step('friends again: what is for him now is there again', async () => {
    await ana.befriends(ben);
    await ben.opensFeed();
    await ben.sees('For all of you');
    await ben.sees('For Cem alone');
  });

  await test.step('Ana blocks Ben: neither sees the other', async () => {
    await ana.opens(`/u/${ben.userId}`);
    await ana.page.getByLabel('More about Ben').click();
    await ana.page.getByRole('button', { name: 'Block' }).click();
    await expect(ana.page.getByText('You blocked Ben')).toBeVisible();
    await ben.seesNot('For all of you');
    await ben.seesNot('For Cem alone');
    await ana.opens('/blocks');
    await expect(ana.page.getByText(ben.username)).toBeVisible();
    await ana.page.getByRole('button', { name: 'Unblock' }).click();
    await expect(ana.page.getByText('You have blocked nobody.')).toBeVisible();
  });
});
