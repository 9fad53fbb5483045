import { expect, test } from '../support/story';

const IMAGES = /\/v1\/images\/[^/]+\//;

test('a picture whose address has given way to a newer one is found by itself', async ({ member }) => {
  const ana = await member('Ana');
  const ben = await member('Ben');
  await ana.befriends(ben);
  await ana.posts('Harbour');
  await ben.opensFeed();
  await ben.sees('Harbour');
  const { path } = await ben.traceOf('Harbour');

  // What a page holds that was opened before the picture was encoded anew, and long ago.
  const renewed: string[] = [];
  await ben.page.route(IMAGES, (route) => (renewed.length === 0 ? route.fulfill({ status: 404 }) : route.continue()));
  await ben.page.route(`**/v1/posts/${path.split('/').pop()}`, async (route) => {
    renewed.push(route.request().url());
    await route.continue();
  });
  await ben.page.reload();
  await ben.sees('Harbour');
  expect(renewed.length).toBeGreaterThan(0);
  await expect(ben.page.getByText('This photo did not load.')).toHaveCount(0);
});
