// Paths of the contract that `schema.d.ts` does not hold yet. The next generation of it takes the place of this file.
import type { components } from './schema';

type Schemas = components['schemas'];
type Json<Body> = { content: { 'application/json': Body } };
type Answer<Body> = { headers: { [name: string]: unknown } } & (Body extends undefined
  ? { content?: never }
  : { content: { 'application/json': Body } });

interface None {
  query?: never;
  header?: never;
  path?: never;
  cookie?: never;
}
interface Call<Body, Status extends number, Data = undefined, Path = never> {
  parameters: Omit<None, 'path'> & ([Path] extends [never] ? { path?: never } : { path: Path });
  requestBody: Json<Body>;
  responses: { [status in Status]: Answer<Data> } & { default: components['responses']['Problem'] };
}
type Bodiless<Status extends number, Data = undefined, Path = never> = Omit<
  Call<never, Status, Data, Path>,
  'requestBody'
> & {
  requestBody?: never;
};

export interface Passkey {
  passkey_id: string;
  name: string;
  created_at: string;
  last_used_at: string | null;
}
export interface WaysIn {
  phone: boolean;
  password: boolean;
  passkeys: Passkey[];
  identities: { provider: string; linked_at: string }[];
  registration_lock: boolean;
}
type Channel = 'sms' | 'call';
/** What the generator makes of any object. */
type AnyObject = Record<string, never>;
type Device = Schemas['DeviceInput'];
interface Opening {
  device?: Device | null;
  session?: 'token' | 'cookie' | null;
}

export interface PathsAhead {
  '/v1/me/ways-in': { parameters: None; get: Bodiless<200, WaysIn> };
  '/v1/auth/step-up/start': { parameters: None; post: Call<{ channel?: Channel }, 202, Schemas['Started']> };
  '/v1/auth/step-up/verify': {
    parameters: None;
    post: Call<{ verification_id: string; code: string } | { login_id: string; credential: AnyObject }, 204>;
  };
  '/v1/auth/passkeys/register/start': {
    parameters: None;
    post: Bodiless<200, { registration_id: string; options: AnyObject }>;
  };
  '/v1/auth/passkeys/register/finish': {
    parameters: None;
    post: Call<{ registration_id: string; name?: string; credential: AnyObject }, 201, Passkey>;
  };
  '/v1/auth/passkeys/login/start': {
    parameters: None;
    post: Bodiless<200, { login_id: string; options: AnyObject }>;
  };
  '/v1/auth/passkeys/login/finish': {
    parameters: None;
    post: Call<{ login_id: string; credential: AnyObject } & Opening, 200, Schemas['SignedIn']>;
  };
  '/v1/me/passkeys/{passkey_id}': { parameters: None; delete: Bodiless<204, undefined, { passkey_id: string }> };
  '/v1/me/password': {
    parameters: None;
    put: Call<{ password: string; current_password?: string }, 204>;
    delete: Bodiless<204>;
  };
  '/v1/auth/password/login': {
    parameters: None;
    post: Call<{ phone_number: string; region?: string; password: string } & Opening, 200, Schemas['SignedIn']>;
  };
  '/v1/me/identities/{provider}': { parameters: None; delete: Bodiless<204, undefined, { provider: string }> };
  '/v1/me/email/start': {
    parameters: None;
    post: Bodiless<202, { expires_at: string; resend_at: string; attempts_left: number }>;
  };
  '/v1/me/email/verify': { parameters: None; post: Call<{ code: string }, 200, Schemas['Me']> };
  '/v1/me/phone/start': {
    parameters: None;
    post: Call<{ phone_number: string; region?: string; channel?: Channel }, 202, Schemas['Started']>;
  };
  '/v1/me/phone/verify': {
    parameters: None;
    post: Call<{ verification_id: string; code: string }, 200, Schemas['Me']>;
  };
  '/v1/me/registration-lock': { parameters: None; put: Bodiless<204>; delete: Bodiless<204> };
}
