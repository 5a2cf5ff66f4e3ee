import { describe, expect, test } from "vitest";
import { countCpuMs } from "../../model/testing-cpu-ms";
import { findSecretsInArguments, findSecretsInData } from "./secret-detector";
import { writeRedactedLines } from "./secret-match";
import { FAKE } from "./testing-credentials";

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

  test("reads scripts, SQL and netrc files", () => {
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
  });

  test("reads the passwords of Redis, whose settings have no sign between name and value", () => {
    expect(findSecretsInData("redis.conf", 'port 6379\nrequirepass Tr0ub4dor33\nmasterauth "Tr0ub4dor44"\n')).toMatchObject([
      { rule: "named-literal", key: "requirepass" },
      { rule: "named-literal", key: "masterauth" },
    ]);
    expect(findSecretsInData("redis.conf", "requirepass hunter22\n")).toMatchObject([{ rule: "default-password", key: "requirepass" }]);
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

  test("takes two words for a poor password where a setting has it", () => {
    expect(findSecretsInData("haproxy.cfg", "userlist shop\n    user cart insecure-password hunter22\n")).toMatchObject([{ rule: "default-password" }]);
    expect(findSecretsInData("haproxy.cfg", 'userlist shop\n    user cart insecure-password "${PASSWORD_2}"\n')).toEqual([]);
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
    expect(findSecretsInData("notes", `first\nkey: ${FAKE.aws}\n`)).toHaveLength(1);
    expect(findSecretsInData("id_rsa", FAKE.pem)).toMatchObject([{ rule: "private-key" }]);
  });

  test("leaves dashboards, certificates, comments and references alone", () => {
    expect(findSecretsInData("d.json", '{"panels":[],"password":"Tr0ub4dor33"}')).toEqual([]);
    expect(findSecretsInData("ca.crt", "-----BEGIN CERTIFICATE-----\nMIIE\n")).toEqual([]);
    expect(findSecretsInData("app.conf", "# password = Tr0ub4dor33\npassword = \u0024{DB_PASSWORD}\n")).toEqual([]);
  });
});
