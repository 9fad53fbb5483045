// Puts the question "is it still you?" over whatever is on the screen.
import { mount, unmount } from 'svelte';
import StepUpDialog from './StepUpDialog.svelte';

/** True once the person has shown who they are, false if they would rather not. */
export function askStepUp(): Promise<boolean> {
  return new Promise((resolve) => {
    const onend = (shown: boolean) => {
      void unmount(dialog);
      resolve(shown);
    };
    const dialog = mount(StepUpDialog, { target: document.body, props: { onend } });
  });
}
