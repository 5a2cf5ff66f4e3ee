import { describe, expect, test } from "vitest";
import { findInlineEntries } from "./inline-entries";

const PASSWORD = "Tr0ub4dor33";

describe("findInlineEntries", () => {
  test.each([
    [`gitlab_rails['db_password'] = "${PASSWORD}"`, "db_password"],
    [`$DB['PASSWORD'] = '${PASSWORD}';`, "PASSWORD"],
    [`  :password => '${PASSWORD}',`, "password"],
    [`const apiToken = "${PASSWORD}"`, "apiToken"],
    [`private static final String PASSWORD = "${PASSWORD}";`, "PASSWORD"],
    [`API_TOKEN: str = "${PASSWORD}"`, "API_TOKEN"],
    [`\tpassword := "${PASSWORD}"`, "password"],
    [`$env:DB_PASSWORD = "${PASSWORD}"`, "DB_PASSWORD"],
    [`db.createUser({ user: "cart", pwd: "${PASSWORD}", roles: [] })`, "pwd"],
    [`connect(host="db", user="cart", password="${PASSWORD}")`, "password"],
    [`props.setProperty("db.password", "${PASSWORD}");`, "db.password"],
    [`'password' => env('DB_PASSWORD', '${PASSWORD}'),`, "DB_PASSWORD"],
    [`apiKey: process.env.API_KEY || "${PASSWORD}",`, "process.env.API_KEY"],
    [`key "dns" { algorithm hmac-sha256; secret "${PASSWORD}"; };`, "secret"],
    [`new Login {User = "cart", Password = "${PASSWORD}"}`, "Password"],
    [`return Login{Password="${PASSWORD}"}`, "Password"],
    [`local db = connect{host="db",password="${PASSWORD}"}`, "password"],
    [`fastcgi_param DB_PASSWORD "${PASSWORD}";`, "DB_PASSWORD"],
    [`{user: cart, password: ${PASSWORD}}`, "password"],
    [`web1 ansible_user=ops ansible_password=${PASSWORD}`, "ansible_password"],
  ])("reads %s", (line, key) => {
    expect(findInlineEntries(line)).toContainEqual({ key, value: PASSWORD });
  });

  test.each([
    'filters += ["password", "access-token-2"]',
    'remove_field => ["password", "token1"]',
    'parser.add_argument("--token", default=load("token1"))',
    'if [ "$PASSWORD" = "Tr0ub4dor33" ]; then',
    "{user: cart, password: $PASSWORD1}",
    "{ token: load(1), password: tokens[1] }",
    "run(a, token=load(1), password=args.password1)",
    'const store = { "name": "Tr0ub4dor33" }',
    'the password "changeme"',
    'expr: kube_secret_created{namespace="shop", secret="wildcard-tls-2024"} > 1',
    'expr: sum(rate(vault_token_count{job="vault",token="q8Zk29dkfQwe8"}[5m]))',
  ])("takes nothing from %s", (line) => {
    expect(findInlineEntries(line)).toEqual([]);
  });
});
