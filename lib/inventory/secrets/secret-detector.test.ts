import { describe, expect, test } from "vitest";
import { countCpuMs } from "../../model/testing-cpu-ms";
import { findSecretInEntry, findSecretInField, findSecretInText, findSecretsInArguments, findSecretsInData, isLiveCredential } from "./secret-detector";
import { redactionMarker, writeRedactedLines } from "./secret-match";

/** Put together here, so that no scanner of this repository takes them for real ones. */
const fake = {
  aws: `AKIA${"ABCDEFGH23456789"}`,
  github: `ghp_${"a1B2".repeat(9)}`,
  slack: `xoxb-${"1234567890"}-abcdefghij`,
  pem: `-----BEGIN RSA ${"PRIVATE KEY"}-----\nMIIE\n`,
  jwt: `${btoa('{"alg":"HS256","typ":"JWT"}').replace(/=/g, "")}.${btoa('{"sub":"someone"}').replace(/=/g, "")}.c2lnbmF0dXJlLXRoYXQtaXMtbG9uZw`,
};

/** Of the handbooks of AWS. */
const documented = { id: `AKIA${"IOSFODNN7"}EXAMPLE`, secret: `wJalrXUtnFEMI/${"K7MDENG"}/bPxRfiCYEXAMPLEKEY` };

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
    ["private-key", fake.pem],
    ...["", " ", "\\n", "\\\\n", "%0A", '\\n" +\n  "', '", "'].map((between): [rule: string, text: string] => [
      "private-key",
      `-----BEGIN ${"PRIVATE KEY"}-----${between}${"aB3d".repeat(16)}`,
    ]),
    ["aws-access-key-id", fake.aws],
    ["aws-access-key-id", `key=${fake.aws}`],
    ["github-token", fake.github],
    ["slack-token", fake.slack],
    ["json-web-token", fake.jwt],
    ["url-credentials", "postgres://cart:hunter42@db.shop:5432/cart"],
    ["url-credentials", "jdbc:mysql://root:s3cretpw@db/x"],
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
    ["docker-config", '[{"auths":{}},{"auths":{"r.example":{"auth":"dXNlcjpwYXNzd29yZA=="}}}]'],
  ])("recognises %s by its format", (rule, text) => {
    expect(findSecretInText(text)).toMatchObject({ rule, confidence: "high" });
  });

  test.each([
    ["the id of a key that a handbook gives as an example", `key=${documented.id}`],
    ["base64 of a sign-in to no registry", btoa('{"auths":{}}')],
    ["variables in an address", "https://cart:%db_password%@shop.example.com/?token=%cafe_token%"],
    ["a program that makes PEM of a key", 'pem = "-----BEGIN PRIVATE KEY-----\\n" + encoded + "\\n-----END PRIVATE KEY-----"'],
    ["a certificate", "-----BEGIN CERTIFICATE-----\nMIIE\n"],
    ["a host name that begins like a token of Vault", "hvs.example-with-names.com"],
    ["a digest behind the name of an API", `dapi-v2-${"0a1b".repeat(8)}`],
    ["a release that holds the letters of a client secret", "v1.8Q~beta"],
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
    ["an e-mail address in a query", "https://example.com:8443/a?b=c@d"],
    ["an unsigned token", `${btoa('{"alg":"none"}').replace(/=/g, "")}.${btoa('{"sub":"someone"}').replace(/=/g, "")}.c2lnbmF0dXJlLXRoYXQtaXMtbG9uZw`],
    ["a long lower-case name that starts like an AI key", "sk-learn-preprocessing-with-many-parts-and-words"],
  ])("leaves %s alone", (_, text) => {
    expect(findSecretInText(text)).toBeNull();
  });

  test("takes a redaction marker for what it replaced", () => {
    const match = findSecretInText(fake.github);
    expect(match && findSecretInText(redactionMarker(match))).toEqual(match);
  });

  test("never repeats the text", () => {
    expect(JSON.stringify(findSecretInText(fake.aws))).not.toContain(fake.aws);
  });
});

describe("findSecretInField", () => {
  test.each([
    ["password", "tr0ub4dor&3x", "named-literal"],
    ["clientSecret", "xK9pumprail77xK9", "named-literal"],
    ["secretAccessKey", "xK9pumprail77xK9", "named-literal"],
    ["mountOptions", "vers=3.0,password=tr0ub4dor3x", "named-literal"],
    ["example.com/api-token", "xK9pumprail77xK9", "named-literal"],
    ["kubernetes.io/change-cause", "kubectl set env deploy/x DB_PASSWORD=tr0ub4dor3x", "named-literal"],
    ["ad.example.com/instances", '[{"host":"db","password":"tr0ub4dor3x"}]', "named-literal"],
    ["config", '{"env":[{"name":"API_TOKEN","value":"xK9pumprail77xK9"}]}', "named-literal"],
    ["secretKey", "minio123", "default-password"],
    ["secretKey", "password123", "named-literal"],
    ["secretKey", "xK9-pump-rail-77", "named-literal"],
    ["note", fake.aws, "aws-access-key-id"],
  ])("takes %s: %s for a credential", (name, value, rule) => {
    expect(findSecretInField(name, value)).toMatchObject({ rule });
  });

  test.each([
    ["nginx.ingress.kubernetes.io/auth-secret", "basic-auth-2"],
    ["vault.hashicorp.com/agent-inject-secret-password", "kv/data/cart2"],
    ["checksum/token", "9f86d081884c7d659a2feaa0c55ad015"],
    ["secrets", "regcred-1"],
    ["secretsWrittenWith", "k8s:enc:aescbc:v1:key1:"],
    ["restuserkey", "readable"],
    ["secretKey", "password"],
    ["secretKey", "admin-password1"],
    ["secretKey", "redis_pass2"],
    ["passwordSecretKey", "password"],
    ["example.com/settings", '{"secret":"cart-token-x7k2p","auth":{"token":"kv/data/cart2"}}'],
    ["expression", "object.spec.password == 'x1y2z3w4'"],
  ])("leaves %s: %s alone", (name, value) => {
    expect(findSecretInField(name, value)).toBeNull();
  });
});

describe("findSecretInEntry", () => {
  test.each([
    ["DB_PASSWORD", "synthetic-0a1b2c3d4e5f60718293", "named-literal", "medium"],
    ["dbPassword", "tr0ub4dor&3x", "named-literal", "medium"],
    ["API_TOKEN", "9f86d081884c7d659a2feaa0c55ad015", "named-literal", "medium"],
    ["PGPASSWORD", "xK9-pump-rail-77", "named-literal", "medium"],
    ["stripe.api.key", "xK9-pump-rail-77", "named-literal", "medium"],
    ["app.jwt.signing.key", "xK9-pump-rail-77", "named-literal", "medium"],
    ["AWS_SECRET_ACCESS_KEY", "abcdefghijABCDEFGHIJ0123456789+/abcdefgh", "aws-secret-access-key", "high"],
    ["TWILIO_AUTH_TOKEN", "0a1b".repeat(8), "twilio-auth-token", "high"],
    ["TWILIO_API_SECRET", "kQ7".repeat(10), "named-literal", "medium"],
    ["CONNECTION_STRING", "Server=db;User Id=sa;Password=Str0ngOne;", "connection-string", "medium"],
    ["MYSQL_ROOT_PASSWORD", "changeme", "default-password", "low"],
    ["REDIS_PASSWORD", "123456", "default-password", "low"],
    ["ADMIN_PASSWORD", "hunter2", "default-password", "low"],
    ["STORE_SECRET_KEY", "password", "default-password", "low"],
    ["AWS_SECRET_ACCESS_KEY", "minio123", "default-password", "low"],
    ["signing_key", "CHANGE_ME_0123456", "named-literal", "medium"],
    ["LDAP_BIND_PW", "xk29!kdlq-33Zr", "named-literal", "medium"],
    ["SOMETHING", fake.aws, "aws-access-key-id", "high"],
    ["Authorization", "Bearer xK9pumprail77xK9", "named-literal", "medium"],
    ["HTTP_AUTHORIZATION", "xK9pumprail77xK9pump", "named-literal", "medium"],
    ["X-Api-Key", "xK9-pump-rail-77", "named-literal", "medium"],
    ["SOMETHING", "X-Api-Key: xK9-pump-rail-77", "named-literal", "medium"],
    ["SOMETHING", "Authorization: Token xK9pumprail77", "named-literal", "medium"],
    ["match", "Host(`shop.example.com`) && Header(`X-Api-Key`, `xK9-pump-rail-77`)", "named-literal", "medium"],
    ["match", 'Host("shop.example.com") && Header("X-Api-Key", "xK9-pump-rail-77")', "named-literal", "medium"],
    ["SNIPPET", 'proxy_set_header X-Api-Key "xK9-pump-rail-77";', "named-literal", "medium"],
    ["SNIPPET", 'if ($http_x_api_key != "xK9-pump-rail-77") { return 403; }', "named-literal", "medium"],
    ["AIRFLOW__CORE__FERNET_KEY", "xK9-pump-rail-77", "named-literal", "medium"],
    ["COMMAND", "curl -s -H 'X-Api-Key: xK9-pump-rail-77' https://api.example.com", "named-literal", "medium"],
    ["JAVA_OPTS", "-Xmx1g -Djavax.net.ssl.keyStorePassword=xK9-pump-rail-77 -ea", "named-literal", "medium"],
    ["OTEL_EXPORTER_OTLP_HEADERS", "team=shop,api-key=xK9-pump-rail-77", "named-literal", "medium"],
    ["SETTINGS", "host=db user=cart password=tr0ub4dor3x dbname=cart", "connection-string", "medium"],
    ["CONNECTION_STRING", 'Server=db;User Id=sa;Password="Str0ngOne";', "connection-string", "medium"],
    ["SASL_JAAS_CONFIG", 'example.ScramLoginModule required username="cart" password="tr0ub4dor3x";', "connection-string", "medium"],
    ["SPRING_APPLICATION_JSON", '{"spring":{"datasource":{"password":"tr0ub4dor3x"}}}', "named-literal", "medium"],
    ["CONFIG", "db:\n  host: db.shop\n  password: tr0ub4dor3x\n", "named-literal", "medium"],
    ["SOMETHING", `${documented.id} ${fake.aws}`, "aws-access-key-id", "high"],
    ["AWS_SECRET_ACCESS_KEY", `${documented.secret.slice(0, -3)}Yek`, "aws-secret-access-key", "high"],
    ["DB_PASSWORD", "__tr0ub4dor3x__", "named-literal", "medium"],
    ["DB_PASSWORD", "@@Tr0ub4dor3x", "named-literal", "medium"],
  ])("takes %s for a credential", (name, value, rule, confidence) => {
    expect(findSecretInEntry(name, value)).toMatchObject({ rule, confidence });
  });

  test.each([
    ["DB_PASSWORD", ""],
    ["SNIPPET", "if ($http_x_api_key != $wanted_key) { return 403; }"],
    ["SNIPPET", 'if ($http_x_token_mode = "strict2") { return 403; } set $a "b"'],
    ["DB_PASSWORD", "$(OTHER)"],
    ["AUTHORIZATION", "Node,RBAC"],
    ["AUTHORIZATION", "Bearer $(TOKEN)"],
    ["JAVA_OPTS", "-Xmx1g -Djava.security.egd=file:/dev/urandom -Dpassword.file=/run/secrets/p1"],
    ["HINT", "host=db without password=none"],
    ["SASL_JAAS_CONFIG", 'example.ScramLoginModule required username="cart" password="$(PASSWORD)";'],
    ["SPRING_APPLICATION_JSON", '{"spring":{"datasource":{"password":"$(PASSWORD)"},"secretName":"cart-db-2"}}'],
    ["COMMAND", 'curl -s -H "X-Api-Key: $API_KEY_2" https://api.example.com'],
    ["DB_PASSWORD", "process.env.DB_PASSWORD"],
    ["DB_PASSWORD", 'os.environ["CART_DB_PASSWORD"]'],
    ["DB_PASSWORD", "getenv('CART_DB_PASSWORD')"],
    ["DB_PASSWORD", "#{ENV['CART_DB_PASSWORD']}"],
    ["TLS_SECRET", "ingress/wildcard-tls-2"],
    ["VAULT_SECRET", "kv/data/cart/db-2"],
    ["adminPasswordKey", "postgres-password-1"],
    ["SECRETS_MANAGER_REGION", "eu-central-1"],
    ["SECRET_MANAGER_PROJECT", "shop-123456"],
    ["DB_PASSWORD", "\u0024{OTHER}"],
    ["DB_PASSWORD", "vault:secret/data/db#password"],
    ["DB_PASSWORD", "<your password>"],
    ["DB_PASSWORD", "none"],
    ["DB_PASSWORD", "__DB_PASSWORD__"],
    ["API_TOKEN", "@@API_TOKEN_2@@"],
    ["DATABASE_URL", "postgres://cart:__DB_PASSWORD__@db.shop/cart"],
    ["CONNECTION_STRING", "Server=db;User Id=sa;Password=@@DB_PASSWORD@@;"],
    ["AWS_ACCESS_KEY_ID", documented.id],
    ["ACCESS_KEY", documented.id],
    ["AWS_SECRET_ACCESS_KEY", documented.secret],
    ["S3_SECRET_KEY", documented.secret],
    ["DB_PASSWORD_FILE", "/run/secrets/db"],
    ["DB_PASSWORD", "/run/secrets/db"],
    ["PASSWORD_AUTH_ENABLED", "true"],
    ["TOKEN_TTL_SECONDS", "86400000"],
    ["MAX_TOKENS", "1234567890"],
    ["TOKENIZER", "cl100k_base-2024"],
    ["SECRET_NAME", "cart-db-3f7a9c"],
    ["SECRET_KEY_ID", "9f86d081884c7d659a2feaa0c55ad015"],
    ["CLIENT_SECRET", "projects/shop/secrets/client"],
    ["AUTH_TOKEN_URL", "https://login.example.com/oauth2/token"],
    ["TOKEN", "serviceaccount"],
    ["SECRET_BACKEND_TOKEN", "default"],
    ["PULL_SECRETS", "mirror,internal"],
    ["registryCredentialHelpers", "amazon-v2,harbor3,quay-io4"],
    ["TLS_SECRET", "cart-tls"],
    ["PUBLIC_KEY", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExample"],
    ["MONKEY", "9f86d081884c7d659a2feaa0c55ad015"],
    ["CONNECTION_STRING", "Server=db;Integrated Security=true;"],
    ["IMAGE", "9f86d081884c7d659a2feaa0c55ad015"],
    ["TWILIO_API_KEY", `S${"K"}${"0a1b".repeat(8)}`],
    ["TWILIO_API_KEY_SID", `S${"K"}${"0a1b".repeat(8)}`],
    ["TWILIO_ACCOUNT_SID", `A${"C"}${"0a1b".repeat(8)}`],
  ])("leaves %s=%s alone", (name, value) => {
    expect(findSecretInEntry(name, value)).toBeNull();
  });
});

describe("findSecretsInArguments", () => {
  test("sees flags with their value, flags followed by it, and assignments in a script", () => {
    expect(findSecretsInArguments(["--password=Tr0ub4dor", "--user=cart"]).map((f) => f.index)).toEqual([0]);
    expect(findSecretsInArguments(["--api-key", "9f86d081884c7d659a2f"]).map((f) => f.index)).toEqual([1]);
    expect(findSecretsInArguments(["sh", "-c", "export DB_PASSWORD='Tr0ub4dor33'; run"]).map((f) => f.index)).toEqual([2]);
    expect(findSecretsInArguments(["sh", "-c", "exec /bin/app --db-password Tr0ub4dor33 --verbose"]).map((f) => f.index)).toEqual([2]);
  });

  test("leaves switches, references and odd items alone", () => {
    expect(findSecretsInArguments(["--token-ttl=24h", "--password=$(DB_PASSWORD)", "--secret-name=cart-db", "--v=4", 7, null, { a: 1 }])).toEqual([]);
    expect(findSecretsInArguments(["sh", "-c", "app --password $PASSWORD --token /run/secrets/token9 --password changeme # or --password prompts"])).toEqual(
      [],
    );
    expect(findSecretsInArguments(["sh", "-c", 'TOKEN=$(cat /var/run/token) PASSWORD="$DB_PASSWORD" run'])).toEqual([]);
  });
});

describe("findSecretsInData", () => {
  test("reads JSON, YAML, properties and dotenv bodies by their key names", () => {
    expect(findSecretsInData("app.json", '{"db":{"password":"Tr0ub4dor33"}}')).toMatchObject([{ rule: "named-literal", key: "password" }]);
    expect(findSecretsInData("app.yaml", "db:\n  user: cart\n  password: 'Tr0ub4dor33'\n")).toMatchObject([{ key: "password" }]);
    expect(findSecretsInData("app.properties", "spring.datasource.password=Tr0ub4dor33\nx=1")).toMatchObject([{ key: "spring.datasource.password" }]);
    expect(findSecretsInData(".env", "export API_KEY=9f86d081884c7d659a2f\n")).toMatchObject([{ key: "API_KEY" }]);
  });

  test("reads XML: elements, attributes, and pairs of a name and a value", () => {
    const inXml = (body: string) => findSecretsInData("app.xml", `<?xml version="1.0"?>\n<app>${body}</app>`);
    expect(inXml("<db><password>Tr0ub4dor33</password></db>")).toMatchObject([{ rule: "named-literal", key: "password" }]);
    expect(inXml('<Resource username="cart" password="Tr0ub4dor33"/>')).toMatchObject([{ key: "password" }]);
    expect(inXml('<bean><property name="password" value="Tr0ub4dor33"/></bean>')).toMatchObject([{ key: "password" }]);
    expect(inXml("<property><name>db.password</name>\n<value>Tr0ub4dor33</value></property>")).toMatchObject([{ key: "db.password" }]);
    expect(inXml("<db><password>\n  <![CDATA[Tr0ub4dor33]]>\n</password></db>")).toMatchObject([{ rule: "named-literal", key: "password", length: 11 }]);
    expect(findSecretsInData("app.xml", '<bean><property name="password" value="Tr0ub4dor33"/></bean>')).toMatchObject([{ key: "password" }]);
    const wrapped = findSecretsInData("app.xml", "<property><name>\n db\n.password </name><value>Tr0ub4dor33</value></property>");
    expect(wrapped).toMatchObject([{ key: "db .password" }]);
    expect(findSecretsInData("app.xml", writeRedactedLines(wrapped))).toEqual(wrapped);
    expect(inXml('<db password="${DB_PASSWORD}"><password>{{ .Values.password }}</password><name>password</name></db>')).toEqual([]);
  });

  test("reads scripts, SQL, netrc files and the keys of kubeconfigs", () => {
    expect(findSecretsInData("init.sh", "#!/bin/sh\nmysql -uroot -pTr0ub4dor33 shop\n")).toMatchObject([{ rule: "named-literal" }]);
    expect(findSecretsInData("init.sql", "CREATE USER cart WITH PASSWORD 'Tr0ub4dor33';\n")).toMatchObject([{ rule: "named-literal" }]);
    expect(findSecretsInData("init.sql", "CREATE USER 'cart'@'%' IDENTIFIED BY 'Tr0ub4dor33';\n")).toMatchObject([{ rule: "named-literal" }]);
    const later = "CREATE USER till PASSWORD '${TILL}';\n";
    for (const statement of [
      "CREATE USER cart WITH ENCRYPTED PASSWORD E'Tr0ub4dor33';",
      "CREATE USER 'cart'@'%' IDENTIFIED WITH caching_sha2_password BY 'Tr0ub4dor33';",
      "CREATE LOGIN cart WITH PASSWORD = N'Tr0ub4dor33';",
    ])
      expect(findSecretsInData("init.sql", `${later}${statement}\n`)).toMatchObject([{ rule: "named-literal", length: 11 }]);
    expect(findSecretsInData("init.sql", "CREATE USER cart WITH PASSWORD '${PASSWORD}';\nALTER TABLE t ADD password text;\n")).toEqual([]);
    expect(findSecretsInData(".netrc", "machine registry.example.com\n login cart\n password Tr0ub4dor33\n")).toMatchObject([
      { rule: "netrc-password" },
      { key: "password" },
    ]);
    expect(findSecretsInData(".netrc", "machine registry.example.com login cart password ${TOKEN}\n")).toEqual([]);
    expect(findSecretInText(`client-key-data: ${btoa(fake.pem)}`)).toMatchObject({ rule: "private-key" });
    expect(findSecretInText(`key: ${btoa("-----BEGIN PGP PRIVATE KEY BLOCK-----\n")}`)).toMatchObject({ rule: "private-key" });
    expect(findSecretInText(`certificate-authority-data: ${btoa("-----BEGIN CERTIFICATE-----\nMIIE\n")}`)).toBeNull();
  });

  test("reads the passwords of Redis, whose settings have no sign between name and value", () => {
    expect(findSecretsInData("redis.conf", 'port 6379\nrequirepass Tr0ub4dor33\nmasterauth "Tr0ub4dor44"\n')).toMatchObject([
      { rule: "named-literal", key: "requirepass" },
      { rule: "named-literal", key: "masterauth" },
    ]);
    expect(findSecretsInData("redis.conf", "requirepass replace-default-auth\nmasterauth ${REDIS_PASSWORD}\n# requirepass Tr0ub4dor33\n")).toEqual([]);
    expect(findSecretsInArguments(["--requirepass", "Tr0ub4dor33"])).toMatchObject([{ index: 1 }]);
    expect(findSecretsInArguments(["--requirepass", "$(REDIS_PASSWORD)"])).toEqual([]);
  });

  test.each([
    ["Logstash and PHP, with an arrow", 'output {\n  elasticsearch {\n    password => "Tr0ub4dor33"\n  }\n}\n', "password"],
    ["constants of PHP", "<?php\ndefine( 'DB_PASSWORD', 'Tr0ub4dor33' );\n", "DB_PASSWORD"],
    ["Fluentd, by two words", "<match **>\n  user cart\n  password Tr0ub4dor33\n</match>\n", "password"],
    ["Fluent Bit, by two words", "[OUTPUT]\n    Name        es\n    HTTP_Passwd Tr0ub4dor33\n", "HTTP_Passwd"],
    ["BIND, by two words", 'key "cart" {\n  secret "xK9pumprail77xK9";\n};\n', "secret"],
    ["Hibernate, by the name of an element", '<session>\n<property name="connection.password">Tr0ub4dor33</property>\n</session>', "connection.password"],
    ["Keycloak, by the type of a credential", '{"credentials":[{"type":"password","value":"Tr0ub4dor33"}]}', "password"],
  ])("reads the settings of %s", (_, text, key) => {
    expect(findSecretsInData("settings", text)).toMatchObject([{ rule: "named-literal", key }]);
    expect(findSecretsInData("settings", text.replace(/Tr0ub4dor33|xK9pumprail77xK9/, "\u0024{PASSWORD}"))).toEqual([]);
  });

  test("leaves two words alone that may be a sentence, or name a thing", () => {
    expect(findSecretsInData("notes", "Password required\nToken expires\nsecret_key kubernetes.labels.v1\npassword cart-db-2\ntoken serviceaccount\n")).toEqual(
      [],
    );
  });

  test.each([
    ["where NGINX sends requests on to", "location ~ [.]php$ {\n  fastcgi_pass php-fpm:9000;\n  uwsgi_pass unix:/run/cart-2.sock;\n}\nproxy_pass cart_8080;\n"],
    ["how Apache asks for a passphrase", "SSLPassPhraseDialog exec:/usr/share/apache2/ask-for-passphrase\n"],
    ["columns of a table", "CREATE TABLE accounts (\n  id SERIAL,\n  password VARCHAR(255),\n  token varchar(64)\n);\n"],
    ["words of a text", "It takes\ntoken authentication.\nPasswords (case-sensitive)\ncredentials [documentation](https://example.com/2)\n"],
    ["calls in a script", 'get_token --url=https://example.com/2\nset_password "$1/x-2"\nread_secret 2>/dev/null\nget_token "$1"/token/2\n'],
    ["fields of a record", "token_key $.kubernetes.labels.v1\nSecret_Key kubernetes['pod_id2']\n"],
    ["code behind an arrow", "'password' => $_SERVER['DB_PASSWORD_2'],\n'token' => $this->getToken(2),\n'pass' => file_get_contents('/run/secrets/db2'),\n"],
    ["a field of Logstash", 'add_field => {\n  "token" => "%{[kubernetes][labels][token2]}"\n  "access_token" => "%{WORD:token_2}"\n}\n'],
    ["ways to sign in of Keycloak", '{"realm":"shop","requiredCredentials":["password"]}'],
    ["where Postfix and Dovecot look passwords up", "smtp_sasl_password_maps = hash:/etc/postfix/sasl_passwd2\ndefault_pass_scheme = SHA512-CRYPT\n"],
  ])("takes no credential from %s", (_, text) => {
    expect(findSecretsInData("settings", text)).toEqual([]);
  });

  test("looks through a hostile line in no time", () => {
    const cpuMs = countCpuMs();
    expect(findSecretsInData("a", `<?php\ndefine('PASSWORD', 'x')${" ".repeat(200_000)}x`)).toEqual([]);
    // A few milliseconds; tried from each space, minutes.
    expect(cpuMs()).toBeLessThan(2_500);
  });

  test("takes the key of a plain value into account", () => {
    expect(findSecretsInData("db_password", "Tr0ub4dor33")).toMatchObject([{ rule: "named-literal" }]);
    expect(findSecretsInData("greeting", "Tr0ub4dor33")).toEqual([]);
  });

  test("finds formats in any text, once", () => {
    expect(findSecretsInData("notes", `first\nkey: ${fake.aws}\n`)).toHaveLength(1);
    expect(findSecretsInData("id_rsa", fake.pem)).toMatchObject([{ rule: "private-key" }]);
  });

  test("leaves dashboards, certificates, comments and references alone", () => {
    expect(findSecretsInData("d.json", '{"panels":[],"password":"Tr0ub4dor33"}')).toEqual([]);
    expect(findSecretsInData("ca.crt", "-----BEGIN CERTIFICATE-----\nMIIE\n")).toEqual([]);
    expect(findSecretsInData("app.conf", "# password = Tr0ub4dor33\npassword = \u0024{DB_PASSWORD}\n")).toEqual([]);
  });

  test("tells formats that open an account from names that only suggest one", () => {
    expect(findSecretsInData("k", fake.github).map(isLiveCredential)).toEqual([true]);
    expect(findSecretsInData("password", "Tr0ub4dor33").map(isLiveCredential)).toEqual([false]);
  });
});
