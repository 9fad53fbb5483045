// The calls of contacts.
import { api, ok, sendRaw } from '@/api/client';
import type { Contact, ContactStatus, ImportReport, Page } from '@/api/types';

export const getContacts = (status: ContactStatus | null, cursor?: string): Promise<Page<Contact>> =>
  ok(
    api.GET('/v1/contacts', {
      params: { query: { limit: 100, ...(status ? { status } : {}), ...(cursor === undefined ? {} : { cursor }) } },
    }),
  );

/** An address book as the phone exports it; numbers without a country code are read as of `region`. */
export const importVcard = (file: Blob, region: string): Promise<ImportReport> =>
  sendRaw(`/v1/contacts/import?region=${encodeURIComponent(region)}`, 'text/vcard', file);

export interface Entry {
  name: string;
  phone_number: string;
}

export const importEntries = (contacts: Entry[], region: string): Promise<ImportReport> =>
  ok(api.POST('/v1/contacts/import', { body: { region, contacts } }));

export const forgetContact = (contact_id: string): Promise<unknown> =>
  ok(api.DELETE('/v1/contacts/{contact_id}', { params: { path: { contact_id } } }));

export const forgetAllContacts = (): Promise<unknown> => ok(api.DELETE('/v1/contacts'));
