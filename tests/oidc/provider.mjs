// A certified provider of identities, for one machine: node provider.mjs PORT ATELIERS ORDERS
// Whoever signs in is called by the name that is typed; /_groups?a,b says in which groups everybody is.
import http from "node:http";
import Provider from "oidc-provider";

const [port, ateliers, orders] = process.argv.slice(-3);
let groups = ["conseil"];
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: "ateliers",
      client_secret: "un-secret-pour-essayer",
      redirect_uris: [`${ateliers}/connexion/retour/certifie`],
      post_logout_redirect_uris: [`${ateliers}/connexion`],
      backchannel_logout_uri: orders,
      backchannel_logout_session_required: true,
    },
  ],
  claims: { openid: ["sub"], profile: ["name", "preferred_username"], groups: ["groups"] },
  features: { backchannelLogout: { enabled: true } },
  // It calls nobody on its own machine otherwise; here everybody is.
  fetch: (url, { dispatcher, ...options }) => fetch(url, options),
  cookies: { keys: ["only for trying out"] },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, name: "Nadia Benali", preferred_username: id, groups }),
  }),
});
const answer = provider.callback();
const server = http.createServer((request, response) => {
  if (!request.url.startsWith("/_groups?")) return answer(request, response);
  groups = request.url.split("?")[1].split(",").filter(Boolean);
  response.end("ok");
});
server.listen(Number(port), "127.0.0.1", () => console.log("listening"));
