import { describe, expect, test } from "vitest";
import { findNamedSecret } from "./named-secret";
import { findSecretInText, isLiveCredential } from "./secret-in-text";
import { redactionMarker } from "./secret-match";
import { DOCUMENTED, FAKE } from "./testing-credentials";

/** A token that pages hold. */
const FOR_ANYBODY = `${[{ alg: "HS256" }, { role: "anon" }].map((part) => btoa(JSON.stringify(part)).replace(/=/g, "")).join(".")}.c2lnbmF0dXJlLXRoYXQtaXMtbG9uZw`;

describe("findSecretInText", () => {
  test.each<[rule: string, text: string]>([
    ["vault-token", `hvs.${"aB3d".repeat(8)}`],
    ["docker-hub-token", `dckr_${"pat_"}${"aB3".repeat(9)}`],
    ["digitalocean-token", `dop_${"v1_"}${"0a1b".repeat(16)}`],
    ["grafana-token", `glsa_${"aB3d".repeat(8)}_${"0a1b2c3d"}`],
    ["gitlab-token", `gldt-${"aB3d".repeat(5)}`],
    ["gitlab-token", `glrt-${"t1_"}${"aB3d".repeat(5)}`],
    ["slack-token", `xapp-1-${"A0B1C2D3E4"}-${"1234567890"}-${"0a1b".repeat(8)}`],
    ["azure-client-secret", `aB3${"8Q~"}${"aB3d".repeat(8)}xy`],
    ["databricks-token", `dapi${"0a1b".repeat(8)}`],
    ["terraform-token", `${"aB3dE".repeat(3).slice(0, 14)}.${"atlasv1"}.${"aB3d".repeat(16)}`],
    ["age-key", `AGE-SECRET-${"KEY-1"}${"QPZR9X".repeat(10).slice(0, 58)}`],
    ["private-key", FAKE.pem],
    ...["", " ", "\\n", "\\\\n", "%0A", '\\n" +\n  "', '", "'].map((between): [rule: string, text: string] => [
      "private-key",
      `-----BEGIN ${"PRIVATE KEY"}-----${between}${"aB3d".repeat(16)}`,
    ]),
    ["aws-access-key-id", FAKE.aws],
    ["aws-access-key-id", `key=${FAKE.aws}`],
    ["github-token", FAKE.github],
    ["slack-token", FAKE.slack],
    ["json-web-token", FAKE.jwt],
    ["json-web-token", `${FOR_ANYBODY},${FAKE.jwt}`],
    ["url-credentials", "postgres://cart:hunter42@db.shop:5432/cart"],
    ["url-credentials", "jdbc:mysql://root:s3cretpw@db/x"],
    ["url-credentials", `https://${"a2b3".repeat(13)}@dev.azure.com/shop/web/_git/cart`],
    ["url-credentials", `https://${"aB3d".repeat(10)}@git.example.com/shop/cart.git`],
    ["url-credentials", "jdbc:postgresql://db:5432/x?user=cart&password=tr0ub4dor3x"],
    ["url-credentials", "https://files.example.com/x?sv=1&sig=aB3dE6gH9jK2mN5pQ8sT%3D"],
    ["url-credentials", "/ready?verbose=1&token=xK9-pump-rail-77"],
    ["url-credentials", "https://files.example.com/x?sv=1&sig=%2BaB3dE6gH9jK2mN5pQ8sT%3D"],
    ["url-credentials", "https://shop.example.com/?password=%21tr0ub4dor3x"],
    ["url-credentials", "https://cart:%40tr0ub4dor3x@shop.example.com/"],
    ["discord-webhook", `https://discord.com/api/webhooks/${"123456789012345678"}/${"aB3-".repeat(17)}`],
    ["teams-webhook", `https://x.webhook.office.com/webhookb2/${"0a1b2c3d-".repeat(4)}@${"0a1b2c3d-".repeat(4)}/IncomingWebhook/${"0a1b".repeat(8)}`],
    ["telegram-bot-token", `https://api.telegram.org/bot${"1234567890"}:AA${"aB3-d".repeat(7).slice(0, 33)}/sendMessage`],
    ["url-credentials", "--db=mysql://root:s3cretpw@db/x"],
    ["url-credentials", "cart:tr0ub4dor3x@tcp(db.shop:3306)/cart?parseTime=true"],
    ["url-credentials", "exporter:tr0ub4dor3x@(db.shop:3306)/"],
    ["url-credentials", "dsn=cart:tr0ub@dor3x@unix(/run/mysqld/mysqld.sock)/cart"],
    ["url-credentials", "jdbc:oracle:thin:cart/tr0ub4dor3x@db.shop:1521/cart"],
    ["basic-auth-header", `Authorization: Basic ${btoa("cart:hunter42xy")}`],
    ["basic-auth-header", `proxy_set_header Authorization "basic ${btoa("ada:tr0ub4dor&3x")}";`],
    ["npmrc-credential", `//npm.example.com/:_authToken=${"0a1b2c3d".repeat(4)}\n`],
    ["npmrc-credential", `registry=https://npm.example.com\n_auth = "${"aB3d".repeat(8)}"\n`],
    ["pgpass-password", "# primary\ndb.shop:5432:cart:cart_rw:xK9-pump-rail-77\n"],
    ["pgpass-password", "*:5432:*:postgres:xK9-pump-rail-77"],
    ["netrc-password", "machine git.example.com\n  login ada\n  password xK9-pump-rail-77"],
    ["gcp-service-account", '{"type": "service_account", "private_key": "x"}'],
    ["gcp-service-account", '{"private_key": "x", "type": "service_account"}'],
    ["gcp-service-account", '[{"type": "service_account"}, {"type": "service_account", "private_key": "x"}]'],
    ["docker-config", '{"auths":{"r.example":{"auth":"dXNlcjpwYXNzd29yZA=="}}}'],
    ["docker-config", `.dockerconfigjson: ${btoa('{"auths":{"r.example":{"auth":"dXNlcjpwYXNzd29yZA=="}}}')}`],
    ["docker-config", btoa('{\n\t"auths": {\n\t\t"r.example": {\n\t\t\t"auth": "dXNlcjpwYXNzd29yZA=="}}}')],
    ["private-key", `-----BEGIN OpenVPN ${"Static key"} V1-----\n0a1b2c3d\n`],
    ["npmrc-credential", `//npm.example.com/:_password=${"aB3d".repeat(4)}\n`],
    ["grafana-token", `https://1:glc_${"eyJ"}${"aB3d".repeat(8)}@logs.example.com`],
    ["sonarqube-token", `sonar.login=squ_${"0a1b".repeat(10)}`],
    ["private-key", `client-key-data: ${btoa(FAKE.pem)}`],
    ["private-key", `key: ${btoa("-----BEGIN PGP PRIVATE KEY BLOCK-----\n")}`],
    ["docker-config", '[{"auths":{}},{"auths":{"r.example":{"auth":"dXNlcjpwYXNzd29yZA=="}}}]'],
  ])("recognises %s by its format", (rule, text) => {
    expect(findSecretInText(text)).toMatchObject({ rule, confidence: "high" });
  });

  test.each([
    ["the id of a key that a handbook gives as an example", `key=${DOCUMENTED.id}`],
    ["base64 of a sign-in to no registry", btoa('{"auths":{}}')],
    ["variables in an address", "https://cart:%db_password%@shop.example.com/?token=%cafe_token%"],
    ["a program that makes PEM of a key", 'pem = "-----BEGIN PRIVATE KEY-----\\n" + encoded + "\\n-----END PRIVATE KEY-----"'],
    ["a certificate", "-----BEGIN CERTIFICATE-----\nMIIE\n"],
    ["a host name that begins like a token of Vault", "hvs.example-with-names.com"],
    ["a digest behind the name of an API", `dapi-v2-${"0a1b".repeat(8)}`],
    ["a release that holds the letters of a client secret", "v1.8Q~beta"],
    ["a certificate in base64", `certificate-authority-data: ${btoa("-----BEGIN CERTIFICATE-----\nMIIE\n")}`],
    ["a public key", "-----BEGIN PUBLIC KEY-----\nMIIE\n"],
    ["a URL with a variable for its password", "postgres://cart:$(PASSWORD)@db/cart"],
    ["a URL with a template for its password", "postgres://cart:{{ .Values.pw }}@db/cart"],
    ["a header whose password comes from elsewhere", `Authorization: Basic ${btoa("cart:$PASSWORD")}`],
    ["a way to sign in", "nginx.ingress.kubernetes.io/auth-type: basic authentication"],
    ["base64 of something else", `basic ${btoa("hello world, hello")}`],
    ["an account that a program makes up", "    self._auth = requests.auth.HTTPBasicAuth(user, password)\n    _auth = providers.authentication(user)\n"],
    ["a token of .npmrc that comes from elsewhere", "//npm.example.com/:_authToken=${NPM_TOKEN_OF_THE_BUILD}\n"],
    ["a line of .pgpass with a variable for its password", "db.shop:5432:cart:cart_rw:$PASSWORD"],
    ["ports and parts of a connection", "postgres:5432:cart"],
    ["an address with port in a longer list", "10.0.0.1:5432:10.0.0.2:5433:alpha:beta"],
    ["a parameter that comes from elsewhere", "https://example.com/x?token=$(TOKEN)&password={{ .Values.pw }}"],
    ["a page of a list", "https://example.com/x?limit=500&continue=abcdefgh12345678"],
    ["a header that is described", "Authorization: Bearer <token>"],
    ["a header with a variable", 'proxy_set_header Authorization "Bearer $token";'],
    ["a header of NGINX's own", 'proxy_set_header X-Real-IP $remote_addr; proxy_set_header Host "shop.example.com";'],
    ["an account of a driver with a variable for its password", "cart:$(PASSWORD)@tcp(db.shop:3306)/cart"],
    ["a driver's address without an account", "jdbc:oracle:thin:@db.shop:1521/cart"],
    ["a pattern of addresses", "mailto:[a-z]+@(shop|example)[.]com"],
    ["a URL without a password", "https://user@example.com/x"],
    ["an organisation in the address of a repository", "https://shop-2@dev.azure.com/shop-2/web/_git/cart"],
    ["where errors are sent to, which pages tell as well", `https://${"0a1b".repeat(8)}@errors.example.com/42`],
    ["a token of Supabase for whoever has not signed in", FOR_ANYBODY],
    ["an e-mail address in a query", "https://example.com:8443/a?b=c@d"],
    ["an unsigned token", `${btoa('{"alg":"none"}').replace(/=/g, "")}.${btoa('{"sub":"someone"}').replace(/=/g, "")}.c2lnbmF0dXJlLXRoYXQtaXMtbG9uZw`],
    ["a long lower-case name that starts like an AI key", "sk-learn-preprocessing-with-many-parts-and-words"],
  ])("leaves %s alone", (_, text) => {
    expect(findSecretInText(text)).toBeNull();
  });

  test("takes a redaction marker for what it replaced", () => {
    const match = findSecretInText(FAKE.github);
    expect(match && findSecretInText(redactionMarker(match))).toEqual(match);
  });

  test("never repeats the text", () => {
    expect(JSON.stringify(findSecretInText(FAKE.aws))).not.toContain(FAKE.aws);
  });
});

test("tells formats that open an account from names that only suggest one", () => {
  const isLive = (match: ReturnType<typeof findSecretInText>) => match && isLiveCredential(match);
  expect(isLive(findSecretInText(FAKE.github))).toBe(true);
  expect(isLive(findNamedSecret("password", "Tr0ub4dor33"))).toBe(false);
});
