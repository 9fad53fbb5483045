import { afterEach, expect, it, vi } from 'vitest';
import { catchFocus } from '@/ui/focus';

afterEach(() => void vi.unstubAllGlobals());

it.each([
  ['is caught where its control went away', 'body', 1],
  ['is left alone where the person is somewhere else', 'another field', 0],
])('the focus %s', async (_, activeElement, times) => {
  vi.stubGlobal('document', { activeElement: 'the control', body: 'body' });
  const focus = vi.fn();
  const caught = catchFocus({ focus } as unknown as HTMLElement);
  vi.stubGlobal('document', { activeElement, body: 'body' }); // what has changed comes on the screen
  await caught;
  expect(focus).toHaveBeenCalledTimes(times);
});
