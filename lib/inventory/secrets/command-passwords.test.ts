import { describe, expect, test } from "vitest";
import { redactContainer } from "./redact-container";
import { findSecretsInArguments } from "./secret-detector";

const PASSWORD = "Tr0ub4dor33";
const inScript = (script: string) => findSecretsInArguments(["sh", "-c", script]).map(({ match }) => `${match.rule} ${match.length}`);

describe("a password in a script", () => {
  test.each([
    `mysql -uroot -p${PASSWORD} -e 'select 1'`,
    `until /usr/bin/mysqladmin ping -h db -uroot -p"${PASSWORD}"; do sleep 1; done`,
    `mysqladmin -u root password ${PASSWORD}`,
    `echo 'ada:${PASSWORD}' | chpasswd && exec /usr/sbin/sshd -D`,
    `printf "ada:${PASSWORD}\\n" | /usr/sbin/chpasswd`,
    `chpasswd <<EOF\nada:${PASSWORD}\nEOF\n`,
    `chpasswd <<< "ada:${PASSWORD}"`,
    `passwd --stdin ada <<<${PASSWORD}; echo changed`,
    `(echo ${PASSWORD}; echo ${PASSWORD}) | smbpasswd -s -a ada`,
    `kubectl exec db-0 -- echo ada:${PASSWORD} | chpasswd`,
    `echo ${PASSWORD} | docker login -u ada --password-stdin registry.example.com`,
    `echo ${PASSWORD} | passwd --stdin ada`,
    `redis-cli -h cache -a ${PASSWORD} ping | grep PONG`,
    `exec redis-server /etc/redis.conf --requirepass ${PASSWORD}`,
    `curl -fsS -u admin:${PASSWORD} https://api.example.com/x`,
    `curl -u "$USER_NAME:${PASSWORD}" https://api.example.com/x`,
    `curl -H "Authorization: Bearer ${PASSWORD}" https://api.example.com/x`,
    `PGPASSWORD=${PASSWORD} psql -h db -U cart -c 'select 1'`,
    `export PGPASSWORD=${PASSWORD}; pg_dump cart`,
    `REDISCLI_AUTH=${PASSWORD} redis-cli ping`,
    `sshpass -p ${PASSWORD} ssh root@host`,
    `sshpass -p${PASSWORD} scp a root@host:/b`,
    `if [ -f /x ]; then timeout 5 mongosh --username root --password ${PASSWORD} --eval 'db.stats()'; fi`,
    `mongo -u root -p ${PASSWORD}`,
    `docker login -u ci -p ${PASSWORD} registry.example.com`,
    `kubectl exec db-0 -- mysql -uroot -p${PASSWORD} shop`,
    `bash -c "mysql -uroot -p${PASSWORD}"`,
    `ldapsearch -x -D cn=admin -w ${PASSWORD}`,
    `keytool -list -storepass ${PASSWORD}`,
    `openssl pkcs12 -in a -passin pass:${PASSWORD}`,
    `rabbitmqctl add_user shop ${PASSWORD}`,
    `htpasswd -bc /etc/nginx/htpasswd admin ${PASSWORD}`,
    `htpasswd -nb admin ${PASSWORD}`,
    `ssh-keygen -N '${PASSWORD}' -f /keys/id`,
    `aws configure set aws_secret_access_key ${PASSWORD}`,
    `skopeo copy --src-creds ada:${PASSWORD} docker://a docker://b`,
    `etcdctl --user root:${PASSWORD} get /`,
    `curl -d '{"username":"ada","password":"${PASSWORD}"}' https://api.example.com/login`,
    `kubectl create secret generic db --from-literal=password=${PASSWORD}`,
    `helm upgrade db ./db --set=auth.password=${PASSWORD}`,
    `mc alias set store http://minio:9000 shop ${PASSWORD}`,
    `echo start # it's a comment\nmysql \\\n  -uroot \\\n  -p'${PASSWORD}'`,
  ])("%s", (script) => {
    expect(inScript(script)).toEqual([`named-literal ${PASSWORD.length}`]);
  });

  test("is a cookie that stands for somebody who has signed in", () => {
    expect(inScript("curl -b 'lang=en; sessionid=0a1b2c3d4e5f60718293' https://api.example.com")).toEqual(["named-literal 20"]);
  });

  test("that everybody knows is one of low confidence", () => {
    expect(inScript("mysql -uroot -psecret")).toEqual(["default-password 6"]);
    expect(inScript("curl -u admin:admin http://localhost:3000")).toEqual(["default-password 5"]);
  });

  test.each([
    "mysql -uroot -p -e 'select 1'",
    'mysql -uroot -p"$MYSQL_ROOT_PASSWORD"',
    "mysql -uroot -p$(cat /run/secrets/password)",
    'echo "$USER_NAME:$PASSWORD" | chpasswd',
    "cat /run/secrets/users | chpasswd",
    "echo done:Tr0ub4dor33; sleep 1",
    'echo "$TOKEN" | docker login -u ada --password-stdin registry.example.com',
    "curl -b 'lang=en' https://api.example.com",
    "curl -b /tmp/cookies-1 https://api.example.com",
    "mysql -uroot -p$(MYSQL_ROOT_PASSWORD)",
    "mysql -uroot -p`cat /run/secrets/password`",
    "mysql --defaults-extra-file=/etc/mysql/my.cnf -P3306",
    'redis-cli -a "$REDIS_PASSWORD" ping',
    "redis-cli -h cache -p 6379 ping",
    'curl -u "$API_USER:$API_PASSWORD" https://api.example.com',
    "curl -u admin: https://api.example.com",
    "curl -u admin https://api.example.com",
    "curl --user-agent Mozilla/5.0-x86 -o /tmp/x https://api.example.com",
    'curl -H "Authorization: Bearer $TOKEN" https://api.example.com',
    'curl -H "Authorization: Bearer $(cat /var/run/token)" https://api.example.com',
    "curl -H 'Content-Type: application/json-patch+json' https://api.example.com",
    'PGPASSWORD="$PASSWORD" psql -h db',
    "PGPASSWORD=$(cat /run/secrets/pg) psql",
    "sshpass -f /run/secrets/ssh ssh root@host",
    "sshpass -e ssh root@host",
    "echo Logging-in-2\ndocker login -u ada --password-stdin registry.example.com < /run/secrets/registry",
    "echo done; smbpasswd -a -n guest",
    "echo ada:exists-2 || chpasswd < /run/secrets/accounts",
    'chpasswd <<< "$ACCOUNTS"\necho shop:up-and-running-2',
    "docker run -p 8080:8080 registry.example.com/app",
    "az webapp create -p planname-of-shop",
    "echo 'run mysql -uroot -pTr0ub4dor33 by hand'",
    "# mysql -uroot -pTr0ub4dor33",
    "mkdir -p /var/lib/mysql-files && mysql --print-defaults",
    "mongosh --username root --password --eval 'db.stats()'",
    "openssl pkcs12 -passin file:/run/secrets/p12 -passout env:P12",
    "ssh -p 2222 root@host",
    'kubectl create secret generic db-2 --from-literal=password="$PASSWORD"',
    "helm upgrade db ./db --set=auth.existingSecret=db-2",
    `curl -d '{"password":"$PASSWORD"}' https://api.example.com/login`,
  ])("is not seen in %s", (script) => {
    expect(inScript(script)).toEqual([]);
  });
});

describe("a password among the words of a container", () => {
  test.each([
    [["mysql", "-uroot", `-p${PASSWORD}`], [], "command", 2, "-p"],
    [["redis-cli"], ["-a", PASSWORD], "args", 1, ""],
    [["/usr/bin/curl"], ["-f", "-u", `admin:${PASSWORD}`, "http://localhost"], "args", 2, ""],
    [["kubectl", "exec", "db", "--", "mysql", `-p${PASSWORD}`], [], "command", 5, "-p"],
    [["sh", "-c"], [`mysql -p${PASSWORD}`], "args", 0, ""],
  ] as const)("%s %s", (command, args, field, index, before) => {
    const marker = `${before}«redacted: named-literal, ${PASSWORD.length} characters»`;
    const redacted = redactContainer({ command, args }) as Record<"command" | "args", string[]>;
    expect([...redacted.command, ...redacted.args].join(" ")).not.toContain(PASSWORD);
    expect(redacted[field][index]).toBe(marker);
    // What was redacted is found again, at the same place.
    expect(findSecretsInArguments(redacted[field], field === "args" ? redacted.command : [])).toMatchObject([
      { index, match: { rule: "named-literal", length: PASSWORD.length } },
    ]);
  });

  test("is not seen where no such program is started", () => {
    expect(findSecretsInArguments(["server", "-p", "listen-on-8080"])).toEqual([]);
    expect(findSecretsInArguments(["-a", "Tr0ub4dor33"], ["serve"])).toEqual([]);
  });
});
