// Short names for the shapes of the public contract, for the features. Types only, no code: `schema.d.ts` is generated from the server's own document.

import type { components } from './schema';

export type { paths } from './schema';

type Schemas = components['schemas'];
export type Passkey = Schemas['PasskeyBody'];
export type WaysIn = Schemas['WaysIn'];
export type UserCard = Schemas['UserCard'];
export type Me = Schemas['Me'];
export type Image = Schemas['Image'];
export type Rendition = Schemas['Rendition'];
export type Session = Schemas['SessionBody'];
export type PrivacySettings = Schemas['PrivacySettings'];
export type QuietHours = Schemas['QuietHours'];
export type NotificationPreferences = Schemas['NotificationPreferences'];
export type Settings = Schemas['Settings'];
export type PublicConfig = Schemas['ConfigBody'];
/** A code on its way. */
export type Verification = Schemas['Started'];
export type Channel = Schemas['ChannelName'];
export type SignedIn = Schemas['SignedIn'];
export type Visibility = Schemas['Visibility'];
export type Post = Schemas['Post'];
export type Comment = Schemas['Comment'];
export type Contact = Schemas['Contact'];
export type ContactStatus = Schemas['ContactStatus'];
export type Direction = Schemas['Direction'];
export type Friendship = Schemas['Friendship'];
export type Suggestion = Schemas['Suggestion'];
export type Block = Schemas['Block'];
export type Notification = Schemas['Notification'];
export type Upload = Schemas['Upload'];
export type UploadPart = Schemas['UploadPart'];
export type UploadState = Schemas['UploadState'];
export type ImportReport = Schemas['ContactsImported'];

/** A page of any list, with the cursor of the next. */
export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}
/** A JSON merge patch of the settings. */
export type SettingsPatch = {
  privacy_settings?: Partial<PrivacySettings>;
  notification_preferences?: Partial<NotificationPreferences>;
};
