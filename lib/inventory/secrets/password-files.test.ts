import { describe, expect, test } from "vitest";
import { findSecretsInData } from "./secret-detector";

const PASSWORD = "Tr0ub4dor33";
const rulesIn = (key: string, text: string) => findSecretsInData(key, text).map(({ rule, length }) => `${rule} ${length}`);

describe("a file of accounts", () => {
  test.each([
    [".pgpass", `# shop\ndb.example.com:6432:cart:cart:${PASSWORD}\n`],
    ["pgpass", `*:*:*:postgres:${PASSWORD}`],
    ["userlist.txt", `"cart" "${PASSWORD}"\n`],
    ["sasl_passwd", `[smtp.example.com]:587 ada@example.com:${PASSWORD}\n`],
    ["snmpd.conf", `rocommunity public\ncreateUser -e 0x01 ada SHA-256 "${PASSWORD}" AES\n`],
    ["snmpd.conf", `rocommunity public\nrwcommunity ${PASSWORD} 10.0.0.0/8\n`],
    ["snmpd.conf", `com2sec monitor default ${PASSWORD}\n`],
    ["snmp.yml", `auths:\n  shop_v2:\n    community: ${PASSWORD}\n    version: 2\n`],
    ["telegraf.conf", `[[inputs.snmp]]\n  version = 2\n  community = "${PASSWORD}"\n`],
    ["chap-secrets", `ada * ${PASSWORD} *\n`],
    ["ipsec.secrets", `ada : EAP "${PASSWORD}"\n`],
    ["userData", `#cloud-config\nchpasswd:\n  expire: false\n  list: |\n    root:RANDOM\n    ops:\u0024{OPS}\n    ada:${PASSWORD}\n`],
    ["cloud-config.yaml", `chpasswd:\n  list:\n    - "ada:${PASSWORD}"\n`],
    ["frr.conf", `router bgp 64500\n neighbor 192.0.2.1 password ${PASSWORD}\n`],
    ["users.conf", `ada:${PASSWORD}:1001:100:upload\n`],
    ["kafka_server_jaas.conf", `KafkaServer {\n  example.PlainLoginModule required\n  user_ada="${PASSWORD}";\n};\n`],
  ])("holds a password: %s", (key, text) => {
    expect(rulesIn(key, text)).toEqual([`named-literal ${PASSWORD.length}`]);
    expect(rulesIn(key, text.replace(PASSWORD, "\u0024{PASSWORD}"))).toEqual([]);
  });

  test.each([
    ["people.csv", `"ada" "${PASSWORD}"\n`],
    ["userlist.txt", '"cart" ""\n'],
    ["sasl_passwd", `# [smtp.example.com]:587 ada:${PASSWORD}\n`],
    ["snmpd.conf", "rouser ada authPriv -V systemonly1\n"],
    ["snmpd.conf", "rocommunity public\nrwcommunity private\ncom2sec monitor default public\n"],
    ["snmp.yml", "auths:\n  public_v2:\n    community: public\n    version: 2\n"],
    ["site.yml", `community: ${PASSWORD}\n`],
    ["users.conf", "ada:1001:100:upload2\n"],
    ["jaas.conf", 'KafkaServer {\n  username="cart-user-1"\n};\n'],
    ["pgpass.sh", 'line="db:5432:*:cart:$PGPASSWORD"\nfile="db:5432:*:cart:$DB_PASSWORD1"\n'],
  ])("holds none: %s with %s", (key, text) => {
    expect(rulesIn(key, text)).toEqual([]);
  });
});

describe("a file of a language", () => {
  test.each([
    ["messages_de.properties", "password=Passwort1\nlogin=Anmelden\n"],
    ["i18n/translations.json", '{"password":"Password1"}'],
    ["strings.xml", '<resources><string name="password">Password1</string></resources>'],
  ])("has labels for passwords: %s", (key, text) => {
    expect(rulesIn(key, text)).toEqual([]);
    expect(rulesIn("settings", text)).toEqual([expect.stringContaining("default-password")]);
    expect(rulesIn(key, text.replace(/Pass\w+1/, PASSWORD))).toEqual([`named-literal ${PASSWORD.length}`]);
  });

  test("has sentences for passphrases", () => {
    const text = "passphrase=Geheimer Satz zum Schutz\nlogin=Anmelden\n";
    expect(rulesIn("messages_de.properties", text)).toEqual([]);
    expect(rulesIn("settings", text)).toEqual(["named-literal 24"]);
  });
});
