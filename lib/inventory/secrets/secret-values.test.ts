import { describe, expect, test } from "vitest";
import { findSecretInEntry, findSecretsInData } from "./secret-detector";
import { isCode } from "./secret-values";

describe("isCode", () => {
  test.each([
    "config('SECRET_KEY')",
    "Optional[str]",
    "Promise<string>;",
    "models.CharField(max_length=64)",
    "await getToken(client1);",
    'System.fetch_env!("KEY"),',
    "data.inventory[name].token1",
    "load(",
    "params[:token1]",
    "var.db_password1",
    "random_password.db1.result",
    "Rails.application.credentials.secret_key_base2",
    "args.password1)",
    "token1,",
    'f"{user}-{number}"',
  ])("knows %s", (written) => {
    expect(isCode(written)).toBe(true);
  });

  test.each([
    "Tr0ub4dor33",
    "s.q8Zk29dkfQwe8Lm3q8Zk29dk",
    "MTk4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4",
    "xK9-pump(rail",
    "tr0ub4dor&3x",
    "a1b2c3d4,",
    'f"plain"',
    "Tiger.Cat99",
    "v1.Token12.Abc34",
    "Hunter12,",
    "aB3(kd92Lq}",
  ])("takes %s for a value", (written) => {
    expect(isCode(written)).toBe(false);
  });
});

describe("a value under a telling name", () => {
  test.each([
    ["TLS_SECRET", "wildcard-tls-2024"],
    ["existingSecret", "cart-auth-v1beta1"],
    ["passwordSecretKey", "password-2"],
    ["API_TOKEN", "MY_TOKEN_2"],
    ["tokenKey", "api-token-1"],
    ["RABBITMQ_ROUTING_KEY", "orders.created.v1"],
    ["storageKey", "cart_items_v2"],
    ["reset.token", "Reset-Token"],
    ["private_key", "loadPrivateKey"],
    ["passwd", "files"],
    ["password", "str | None"],
    ["password", "Password:"],
    ["pass", "抽象ロールは使用されていません"],
    ["passwd", "root:x:0:0:root:/root:/bin/bash"],
    ["clientSecret", "$argocd-dex-secret:client2"],
    ["admin_password", "$__file{/run/secrets/admin2}"],
    ["password", "@{vault:pw1}"],
    ["password", "%%env_DB_PASSWORD%%"],
    ["password", "ENC(q8Zk29dkfQwe8Lm3q8Zk2w==)"],
    ["password_encryption", "scram-sha-256"],
    ["pad_token", "<|finetune_right_pad_1|>"],
    ["DB_PASSWORD", "\u0024{DB_PASSWORD:}"],
    ["DB_PASSWORD", "\u0024{DB_PASSWORD:?must-be-set-1}"],
    ["DB_PASSWORD", "\u0024{file:/run/secrets.properties:db1}"],
    ["AUTH_SERVICE", "auth.shop:8080"],
    ["AUTH", "auth-svc:8443"],
    ["AUTH", "oauth2"],
    ["AUTH", "jwt:rs256"],
    ["BASIC_AUTH", "$(USER):$(PASSWORD)"],
    ["user", "1000:1000"],
    ["user", "root:root"],
    ["user", "system:node:ip-10-0-0-1.ec2.internal"],
    ["user", "arn:aws:eks:us-west-2:123456789012:cluster/cart-1"],
    ["ALLOWED_USER", "oidc:ada@example.com"],
    ["DB_USER", "corp/svc_cart01"],
    ["CA_SECRET", "root-ca-k8s1"],
    ["GITHUB_SECRET", "github-oauth"],
    ["passphrase", "The passphrase that opens the vault"],
    ["passphrase", "Enter 12 words or more"],
    ["password", "at least 12 characters long"],
    ["DB_PASSWORD", "Passwort mit 12 Zeichen"],
    ["DB_TOKEN", `AgBy${"aB3d".repeat(176)}`],
    ["encryption.key", "projects/shop/locations/global/keyRings/ring1/cryptoKeys/key1"],
    ["Cookie", "lang=en; theme=dark2"],
    ["Cookie", "sessionid=\u0024{SESSION_ID_OF_A_USER}"],
    ["encrypt", "true"],
    ["encrypt", "pump-rail-77"],
  ])("is none: %s=%s", (name, value) => {
    expect(findSecretInEntry(name, value)).toBeNull();
  });

  test.each([
    ["JWT_SECRET", "my-super-secret-2024", "named-literal"],
    ["CLIENT_SECRET", "cart-client-2024", "named-literal"],
    ["SECRET", "my-weak-secret-1", "named-literal"],
    ["TOKEN_SECRET", "prod-turn-7", "named-literal"],
    ["JWT_SECRET", "mySuperSecretKey", "named-literal"],
    ["SECRET_KEY", "CorrectHorseBattery", "named-literal"],
    ["SECRET_KEY", "secret_key_1", "named-literal"],
    ["API_TOKEN", "Correct-Horse-Battery-42", "named-literal"],
    ["ACCESS_TOKEN_KEY", "1234567-Tr0ub4dor33", "named-literal"],
    ["DB_PASSWORD", "P@ss-wordº1", "named-literal"],
    ["API_TOKEN", "dev-token-123", "named-literal"],
    ["ADMIN_TOKEN", "Tr0ub4dor33", "named-literal"],
    ["DB_PASSWORD", "pump-rail-77", "named-literal"],
    ["REDISCLI_AUTH", "Tr0ub4dor33", "named-literal"],
    ["VAULT_DEV_ROOT_TOKEN_ID", "Tr0ub4dor33", "named-literal"],
    ["VAULT_DEV_ROOT_TOKEN_ID", "root", "default-password"],
    ["SESSION_KEY", `AgBy${"aB3d".repeat(10)}`, "named-literal"],
    ["bindpw", "Tr0ub4dor33", "named-literal"],
    ["HMAC_KEY", "Tr0ub4dor33", "named-literal"],
    ["RABBITMQ_ERLANG_COOKIE", "Tr0ub4dor33", "named-literal"],
    ["BASIC_AUTH", "ada:Tr0ub4dor33", "named-literal"],
    ["NEO4J_AUTH", "neo4j/Tr0ub4dor33", "named-literal"],
    ["ADMIN_CREDS", "admin:admin", "default-password"],
    ["DB_PASSWORD", "\u0024{DB_PASSWORD:Tr0ub4dor33}", "named-literal"],
    ["DB_PASSWORD", "\u0024{DB_PASSWORD:-changeme}", "default-password"],
    ["STRIPE_SECRET", "abc-2024-x", "named-literal"],
    ["BACKUP_PASSPHRASE", "correct horse battery staple", "named-literal"],
    ["RESTIC_PASSWORD", "my backup lives on the moon 9", "named-literal"],
    ["smtp_password", "abcd efgh ijkl mnop", "named-literal"],
    ["Cookie", "lang=en; sessionid=0a1b2c3d4e5f60718293", "named-literal"],
    ["encrypt", `${"aB3d".repeat(10)}aB3=`, "named-literal"],
    ["ENCRYPT_KEY", "Tr0ub4dor33", "named-literal"],
    ["SFTP_USERS", "ada:Tr0ub4dor33:1001", "named-literal"],
    ["httpHeaderValue1", "Bearer q8Zk29dkfQwe8Lm3", "named-literal"],
  ])("is one: %s=%s", (name, value, rule) => {
    expect(findSecretInEntry(name, value)).toMatchObject({ rule });
  });
});

describe("settings of programs", () => {
  test.each([
    ["HAProxy", "    stats auth admin:Tr0ub4dor33\n"],
    ["HAProxy, a user's", "    user ada insecure-password Tr0ub4dor33\n"],
    ["Redis, a user's", "user cart on >Tr0ub4dor33 ~* +@all\n"],
    ["Redis, the checksum of a user's", `user cart on #${"a8f29d4f0e84a3b1".repeat(4)} ~* +@all\n`],
    ["a curl user's", "curl_user: ada:Tr0ub4dor33\n"],
    ["Redis Sentinel", "sentinel auth-pass mymaster Tr0ub4dor33\n"],
    ["LDIF", "userPassword:: VHIwdWI0ZG9yMzM=\n"],
    ["a manifest", "env:\n- name: DB_PASSWORD\n  value: Tr0ub4dor33\n"],
    ["one line that ends", "Authorization: Bearer q8Zk29dkfQwe8Lm3\n"],
    ["a manifest whose value stands first", "env:\n- value: Tr0ub4dor33\n  name: DB_PASSWORD\n"],
    ["a manifest with something between", "env:\n- name: DB_PASSWORD\n\n  # of the cart\n  sensitive: true\n  value: Tr0ub4dor33\n"],
    ["a manifest on one line", "env:\n- {name: DB_PASSWORD, value: Tr0ub4dor33}\n"],
    ["a chart that says key", "extraEnv:\n- key: DB_PASSWORD\n  value: Tr0ub4dor33\n"],
    ["what a container starts", "args:\n- --password=Tr0ub4dor33\n"],
    ["what a container starts, in quotes", 'args:\n- "--password=Tr0ub4dor33"\n'],
    ["what a container starts, word by word", 'args:\n- "--password"\n- "Tr0ub4dor33"\n'],
    ["what a container starts, in brackets", 'args: ["--password", "Tr0ub4dor33"]\n'],
    ["an image of Docker", '{"Entrypoint":["server","--password","Tr0ub4dor33"]}'],
    ["a container of Docker", '{"Env":["PATH=/bin","DB_PASSWORD=Tr0ub4dor33"]}'],
    ["JSON in JSON", '{"config":"{\\"db\\":{\\"password\\":\\"Tr0ub4dor33\\"}}"}'],
    ["YAML in JSON", '{"values.yaml":"db:\\n  password: Tr0ub4dor33\\n"}'],
    ["JSON in YAML", 'config: \'{"db":{"password":"Tr0ub4dor33"}}\'\n'],
    ["JSON in YAML, escaped", 'config: "{\\"db\\":{\\"password\\":\\"Tr0ub4dor33\\"}}"\n'],
    ["NGINX", "location / {\n  set $api_key Tr0ub4dor33;\n}\n"],
    ["Fluent Bit, of a header", "[OUTPUT]\n    Header X-Api-Key Tr0ub4dor33\n"],
    ["systemd", "[Service]\nEnvironment=DB_PASSWORD=Tr0ub4dor33\n"],
    ["systemd, of several variables", '[Service]\nEnvironment="DB_USER=app" "DB_PASSWORD=Tr0ub4dor33" "LANG=C"\n'],
    ["a Dockerfile without a sign", "FROM alpine\nENV DB_PASSWORD Tr0ub4dor33\n"],
    ["systemd, what it starts", "[Service]\nExecStart=/bin/cart --password=Tr0ub4dor33 --quiet\n"],
    ["systemd, what it starts, word by word", "[Service]\nExecStart=/bin/cart --password Tr0ub4dor33 --quiet\n"],
    ["a script that goes on", "#!/bin/sh\ncart serve \\\n  --password=Tr0ub4dor33 \\\n  --quiet\n"],
    ["a script that joins a node", "#!/bin/sh\nkubeadm join 10.0.0.1:6443 --token abcdef.0123456789abcdef\n"],
    ["Logstash on one line", 'output { elasticsearch { user => "elastic" password => "Tr0ub4dor33" } }'],
    ["a statement in double quotes", 'GRANT ALL ON *.* TO cart IDENTIFIED BY "Tr0ub4dor33";\n'],
    ["a statement that calls", "SET PASSWORD FOR 'root'@'localhost' = PASSWORD('Tr0ub4dor33');\n"],
  ])("of %s hold one", (_, text) => {
    expect(findSecretsInData("settings", text)).toMatchObject([{ rule: "named-literal" }]);
  });

  test.each([
    ["htpasswd", "admin:$apr1$Zk29dkfQ$w8Lm3q8Zk29dkfQwe8Lm31\n"],
    ["a list of users of Traefik", 'users = ["admin:$2y$05$q8Zk29dkfQwe8Lm3q8Zk2eq8Zk29dkfQwe8Lm3q8Zk29dkfQwe8L"]\n'],
    ["LDAP", "rootpw {SSHA}q8Zk29dkfQwe8Lm3q8Zk29dkfQwe8Lm3\n"],
    ["PgBouncer", '"cart" "md5a8f29d4f0e84a3b98f29d4f0e84a3b11"\n'],
  ])("of %s hold the hash of one", (_, text) => {
    expect(findSecretsInData("users", text)).toMatchObject([{ rule: "password-hash", confidence: "medium" }]);
  });

  test.each([
    ["NGINX, the account that it runs as", "user www-data; #runs-as-before\n"],
    ["the name service switch", "passwd: files\ngroup: files\n"],
    ["a program", "self.password = password\nself._passphrase_callback = self._passphrase_helper.callback\nconnect(user=user, password=password,\n"],
    ["a schema", "password:\n  type: string\ntoken: str | None = None\n"],
    ["PEM without a key", 'START = b"-----BEGIN OPENSSH PRIVATE KEY-----"\nEND = "x"\n'],
    ["a variable with a Secret", "env:\n- name: DB_PASSWORD\n  valueFrom:\n    secretKeyRef:\n      name: db-2\n      key: password-1\n"],
    ["a name that is far from a value", "- name: password\n- match: x\n  value: Tr0ub4dor33\n"],
    ["a name and a value of others", "a:\n  name: password\nb:\n  value: Tr0ub4dor33\n"],
    [
      "quoted flags that say where it is",
      'args:\n- "--token=/var/run/token1"\n- \'--password=$DB_PASSWORD1\'\n- "--client-secret=shop/oidc-1" # of the realm\n',
    ],
    ["systemd, of files and variables", '[Service]\nEnvironment="DB_USER=app" "API_TOKEN=/run/token1" "DB_PASSWORD=${DB_PASSWORD1}"\n'],
    ["a Dockerfile, of a file and a variable", "ENV DB_PASSWORD_FILE /run/secrets/db1\nENV DB_PASSWORD $DB_PASSWORD1\nENV TOKEN_TTL 3600\n"],
    ["a Dockerfile, of a sentence", "ENV PASSWORD is needed\nENV PASSWORD required!\n"],
    ["systemd, of a file", '[Service]\nEnvironment="API_TOKEN=/run/credentials/token1"\n'],
    ["a flag and one behind it", "args:\n- --password\n- --token-file=/run/token1\n"],
    ["a flag with a variable", '{"Cmd":["server","--password","$PASSWORD1","--token=${TOKEN1}"]}'],
    ["flags of a program", 'parser.add_argument("--token", "--token-of-cart1")\nparser.add_argument("--password", help="of cart1")\n'],
    ["JSON in JSON with a variable", '{"config":"{\\"password\\":\\"${PASSWORD1}\\"}"}'],
    ["NGINX, a variable", "set $api_key $http_x_api_key1;\nset $pass upstream1.svc;\n"],
    ["a sentence", "Run it with --password and 12 characters, or with the header X-Api-Key and one.\n"],
  ])("of %s hold none", (_, text) => {
    expect(findSecretsInData("settings", text)).toEqual([]);
  });
});
