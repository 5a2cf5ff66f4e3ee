import { expect, it } from "vitest";
import { parseMetrics } from "../collectors/parse-metrics";
import { matchesPath } from "../graph/rbac/rule-match";
import { countCpuMs } from "../model/testing-cpu-ms";
import { parseAwsAuth } from "./cloud/aws-auth";
import { readFlags } from "./nodes/component-flags";
import { parseImageReference } from "./images/image-reference";
import type { KubeObject } from "./kube-object";
import { listContainers } from "./workloads/pod-view";
import { parseQuantity } from "./values/quantity";
import { findSecretInEntry, findSecretInField, findSecretsInArguments, findSecretsInData } from "./secrets/secret-detector";
import { findSecretInText } from "./secrets/secret-in-text";
import { hideUrlCredentials } from "./secrets/url-credentials";

/** As long as the value of a ConfigMap that is still read. What took a second for each of a few thousand characters took a minute for these. */
const LENGTH = 200_000;
const REPEATED = [
  "A",
  "a_",
  "0",
  "-",
  "*",
  "=a",
  " ",
  "\t",
  "sk-_",
  'a"auths":{',
  '"type":"service_account"i',
  "hmaxa",
  "SECRET",
  "eyJa.",
  "(a://b:c",
  "[x]\n",
  "fluentbit",
  "<a x",
  ' a="',
  "<name>a</name> ",
  "machine a login a ",
  "PASSWORD '",
  "basic ",
  "basic AAAA",
  "$(",
  "a:5432:",
  "a:5432:b:c:d ",
  "://a?b=cde",
  ",a=b",
  "authorization: bearer ",
  "proxy_set_header a b",
  "host= pwd=",
  "opts=",
  'secret "',
  '("a","b',
  "{token: b1,",
  " token=b1",
  "token: a(",
  "a)",
  "a_.",
  "$2y$",
  "user a >",
  "PuTTY-User-Key-File-3: ",
];
const ENDINGS = ["", "\r", "@", "=", "!\n"];
const map = (mapRoles: string): KubeObject => ({
  ref: { apiVersion: "v1", kind: "ConfigMap", namespace: "kube-system", name: "aws-auth" },
  body: { data: { mapRoles } },
  labels: {},
  annotations: {},
  scope: "platform",
});
const rule = { verbs: ["get"], apiGroups: [], resources: [], resourceNames: [] };

const READERS: Readonly<Record<string, (hostile: string) => unknown>> = {
  "a value": findSecretInText,
  "a password": (hostile) => findSecretInEntry("DB_PASSWORD", hostile),
  "a connection": (hostile) => findSecretInEntry("conn", hostile),
  settings: (hostile) => findSecretInEntry("JAVA_OPTS", hostile),
  "a name": (hostile) => findSecretInEntry(hostile, "hunter22"),
  arguments: (hostile) => findSecretsInArguments(["--x", hostile, `--y=${hostile}`]),
  "a field": (hostile) => [findSecretInField("mountOptions", hostile), hideUrlCredentials(hostile)],
  "a script": (hostile) => findSecretsInArguments(["sh", "-c", `mysql "${hostile} ${hostile}; ${hostile}"; mysql ${hostile}`]),
  "a file": (hostile) => findSecretsInData("config.yaml", `a: ${hostile}\n${hostile}\nb: c${hostile}d`),
  XML: (hostile) => findSecretsInData("app.xml", `<a>${hostile}`),
  "an image": parseImageReference,
  "an amount": parseQuantity,
  "aws-auth": (hostile) => parseAwsAuth(map(`- rolearn: ${hostile}`)),
  "a path": (hostile) => matchesPath({ ...rule, nonResourceURLs: [`${hostile}x*`] } as Parameters<typeof matchesPath>[0], "get", "/healthz"),
  flags: (hostile) => listContainers({ containers: [{ env: [{ name: "A", value: hostile }], args: [`--a=${hostile}`] }] }, "spec").map(readFlags),
  metrics: (hostile) => [...parseMetrics(Buffer.from(`up{${hostile}} 1\n`), ["up"])],
};

for (const [what, read] of Object.entries(READERS)) {
  it(`reads ${what} in time, whatever somebody wrote`, () => {
    for (const piece of REPEATED) {
      for (const ending of ENDINGS) {
        const hostile = piece.repeat(Math.ceil(LENGTH / piece.length)) + ending;
        const cpuMs = countCpuMs();
        read(hostile);
        expect({ piece, ending, ms: cpuMs() }).toMatchObject({ ms: expect.toSatisfy((ms: number) => ms < 2_000) });
      }
    }
  }, 300_000); // a busy machine takes long; what counts is CPU time
}
