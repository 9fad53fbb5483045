// A provider of OpenID Connect that is not ours: the certified implementation of panva, for the tests of sign-in by
// other services. Owns its process: it listens on this machine only and forgets everything when it ends.
//
// It prints its issuer, takes its one client as a line of JSON, and prints that it is ready. Its sign-in page has no
// page: `/interaction/<uid>?subject=<who>` signs that person in, `?refuse=1` says no.

import { Console } from "node:console";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import Provider from "oidc-provider";

// What the provider has to remark is not for the test that reads our lines.
globalThis.console = new Console(process.stderr);

const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

function key(kind, options, kid) {
  const { privateKey } = generateKeyPairSync(kind, options);
  return { ...privateKey.export({ format: "jwk" }), kid, use: "sig" };
}

function configuration(client) {
  return {
    clients: [{ grant_types: ["authorization_code"], response_types: ["code"], ...client }],
    // The one way of the client, so that what is announced is what is taken.
    clientAuthMethods: [client.token_endpoint_auth_method],
    cookies: { keys: [randomBytes(16).toString("hex")] },
    enabledJWA: { idTokenSigningAlgValues: ["RS256", "PS256", "ES256"] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_context, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    jwks: {
      keys: [
        key("rsa", { modulusLength: 2048 }, "rsa"),
        key("ec", { namedCurve: "P-256" }, "ec"),
      ],
    },
    // Whoever signed in has agreed: the tests are not about consent.
    async loadExistingGrant(context) {
      const { client, provider, session } = context.oidc;
      const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
      grant.addOIDCScope("openid");
      await grant.save();
      return grant;
    },
    pkce: { required: () => true },
  };
}

let handle = (_request, response) => response.writeHead(503).end();

const server = createServer((request, response) => handle(request, response));
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  createInterface({ input: process.stdin })
    .on("line", (line) => {
      const provider = new Provider(issuer, configuration(JSON.parse(line)));
      const callback = provider.callback();
      handle = (request, response) => {
        const { pathname, searchParams } = new URL(request.url, issuer);
        if (!pathname.startsWith("/interaction/")) return callback(request, response);
        const result = searchParams.has("refuse")
          ? { error: "access_denied" }
          : { login: { accountId: searchParams.get("subject") } };
        return provider.interactionFinished(request, response, result).catch((error) => {
          response.writeHead(500).end(String(error));
        });
      };
      say({ ready: true });
    })
    // The tests have ended.
    .on("close", () => process.exit(0));
  say({ issuer });
});
