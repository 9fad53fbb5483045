// Makes twilio.json, the part of Twilio's published description that Kith uses: sending a message and making a
// call, with the schemas that these two name. Nothing in it is changed.
//
//   node excerpt.mjs twilio_api_v2010.json > twilio.json
//
// The whole document is spec/json/twilio_api_v2010.json of github.com/twilio/twilio-oai. Twilio offers that
// repository under the MIT licence (Copyright (C) 2023 Twilio, Inc.), and the document names Apache 2.0 itself;
// the excerpt keeps what it says of that under `info`.
import { readFileSync } from 'node:fs';

const PATHS = ['Messages', 'Calls'].map(
  (name) => `/2010-04-01/Accounts/{AccountSid}/${name}.json`,
);
const SCHEMAS = '#/components/schemas/';

const whole = JSON.parse(readFileSync(process.argv[2], 'utf8'));

const paths = {};
for (const path of PATHS) {
  const { servers, description, post } = whole.paths[path];
  paths[path] = { servers, description, post };
}

const schemas = {};
function collect(value) {
  if (value === null || typeof value !== 'object') return;
  const name = value.$ref?.startsWith(SCHEMAS) && value.$ref.slice(SCHEMAS.length);
  if (name && !schemas[name]) {
    schemas[name] = whole.components.schemas[name];
    collect(schemas[name]);
  }
  Object.values(value).forEach(collect);
}
collect(paths);

const { openapi, info, servers, security, components } = whole;
const { securitySchemes } = components;
const excerpt = { openapi, info, servers, security, paths, components: { securitySchemes, schemas } };
process.stdout.write(`${JSON.stringify(excerpt, null, 1)}\n`);
