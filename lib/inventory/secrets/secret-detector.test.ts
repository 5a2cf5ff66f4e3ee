import { describe, expect, test } from "vitest";
import { findSecretInEntry, findSecretInField, findSecretsInArguments } from "./secret-detector";
import { DOCUMENTED, FAKE } from "./testing-credentials";

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
    ["existingPassword", "xK9-pump-rail-77", "named-literal"],
    ["existingAdminPassword", "xK9-pump-rail-77", "named-literal"],
    ["secretKey", "password123", "named-literal"],
    ["secretKey", "xK9-pump-rail-77", "named-literal"],
    ["note", FAKE.aws, "aws-access-key-id"],
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
    ["existingPasswordSecret", "shop-db-7"],
    ["existingSecretAdminPassword", "admin-1"],
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
    ["Jwt__Key", "xK9-pump-rail-77", "named-literal", "medium"],
    ["JwtSettings__Key", "xK9-pump-rail-77", "named-literal", "medium"],
    ["Azure__Storage__Key", "xK9-pump-rail-77", "named-literal", "medium"],
    ["DB_CREDENTIALS", "xK9-pump-rail-77", "named-literal", "medium"],
    ["JUPYTERHUB_CRYPTO_KEY", "xK9-pump-rail-77", "named-literal", "medium"],
    ["OpenAI__Key", "xK9-pump-rail-77", "named-literal", "medium"],
    ["CosmosDb__Key", "xK9-pump-rail-77", "named-literal", "medium"],
    ["JUPYTERHUB_CRYPT_KEY", "xK9-pump-rail-77", "named-literal", "medium"],
    ["VAULT_UNSEAL_KEY_1", "xK9-pump-rail-77", "named-literal", "medium"],
    ["nifi.sensitive.props.key", "xK9-pump-rail-77", "named-literal", "medium"],
    ["Encryption:Key", "xK9-pump-rail-77", "named-literal", "medium"],
    ["TWILIO_API_SECRET", "kQ7".repeat(10), "named-literal", "medium"],
    ["CONNECTION_STRING", "Server=db;User Id=sa;Password=Str0ngOne;", "connection-string", "medium"],
    ["MYSQL_ROOT_PASSWORD", "changeme", "default-password", "low"],
    ["REDIS_PASSWORD", "123456", "default-password", "low"],
    ["ADMIN_PASSWORD", "hunter2", "default-password", "low"],
    ["STORE_SECRET_KEY", "password", "default-password", "low"],
    ["AWS_SECRET_ACCESS_KEY", "minio123", "default-password", "low"],
    ["signing_key", "CHANGE_ME_0123456", "named-literal", "medium"],
    ["LDAP_BIND_PW", "xk29!kdlq-33Zr", "named-literal", "medium"],
    ["SOMETHING", FAKE.aws, "aws-access-key-id", "high"],
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
    ["SOMETHING", `${DOCUMENTED.id} ${FAKE.aws}`, "aws-access-key-id", "high"],
    ["AWS_SECRET_ACCESS_KEY", `${DOCUMENTED.secret.slice(0, -3)}Yek`, "aws-secret-access-key", "high"],
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
    ["KAFKA_SSL_KEYSTORE_CREDENTIALS", "broker1_keystore_creds"],
    ["git-credentials", "git-creds-1"],
    ["VAULT_GCPCKMS_SEAL_CRYPTO_KEY", "vault-unseal-1"],
    ["JWT_KEY_ALIAS", "jwt-signing-2024"],
    ["kubernetes.secrets", "foo:/opt/secrets-foo,bar:/opt/secrets-bar"],
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
    ["AWS_ACCESS_KEY_ID", DOCUMENTED.id],
    ["ACCESS_KEY", DOCUMENTED.id],
    ["AWS_SECRET_ACCESS_KEY", DOCUMENTED.secret],
    ["S3_SECRET_KEY", DOCUMENTED.secret],
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
    expect(findSecretsInArguments(["--Jwt:Key=xK9-pump-rail-77"])).toMatchObject([{ index: 0, before: "--Jwt:Key=" }]);
    expect(findSecretsInArguments(["dotnet", "shop.dll", "Jwt:Key=xK9-pump-rail-77", "urls=http://+:8080"]).map((f) => f.index)).toEqual([2]);
    expect(findSecretsInArguments(["--Jwt:Key", "xK9-pump-rail-77"]).map((f) => f.index)).toEqual([1]);
    expect(findSecretsInArguments(["/Jwt:Key=xK9-pump-rail-77"])).toMatchObject([{ index: 0, before: "/Jwt:Key=" }]);
    expect(findSecretsInArguments([`/token:ghp_${"aB3d".repeat(9)}`])).toMatchObject([{ index: 0, match: { rule: "github-token" } }]);
    expect(findSecretsInArguments(["/Jwt:Key", "xK9-pump-rail-77"]).map((f) => f.index)).toEqual([1]);
    expect(findSecretsInArguments(["helm", "--set", "auth.enabled=true,auth.password=Tr0ub4dor33"]).map((f) => f.index)).toEqual([2]);
    expect(findSecretsInArguments(["--set=replicas=3,auth.password=Tr0ub4dor33"])).toMatchObject([{ index: 0, before: "--set=" }]);
    expect(findSecretsInArguments(["sh", "-c", "export DB_PASSWORD='Tr0ub4dor33'; run"]).map((f) => f.index)).toEqual([2]);
    expect(findSecretsInArguments(["sh", "-c", "exec /bin/app --db-password Tr0ub4dor33 --verbose"]).map((f) => f.index)).toEqual([2]);
  });

  test("leaves switches, references and odd items alone", () => {
    expect(findSecretsInArguments(["--imagePullSecrets=registry-1,registry-2"])).toEqual([]);
    expect(findSecretsInArguments(["cat", "/token", "/run/token=a1b2c3d4e5f6", "xK9-pump-rail-77"])).toEqual([]);
    expect(findSecretsInArguments(["--feature-gates=ServiceAccountTokenNodeBinding=true,ServiceAccountTokenJTI2=true"])).toEqual([]);
    expect(findSecretsInArguments(["--feature-gates", "ServiceAccountTokenNodeBinding=true,ServiceAccountTokenJTI2=true"])).toEqual([]);
    expect(findSecretsInArguments(["--token-ttl=24h", "--password=$(DB_PASSWORD)", "--secret-name=cart-db", "--v=4", 7, null, { a: 1 }])).toEqual([]);
    expect(findSecretsInArguments(["sh", "-c", "app --password $PASSWORD --token /run/secrets/token9 --password changeme # or --password prompts"])).toEqual(
      [],
    );
    expect(findSecretsInArguments(["sh", "-c", 'TOKEN=$(cat /var/run/token) PASSWORD="$DB_PASSWORD" run'])).toEqual([]);
  });
});
