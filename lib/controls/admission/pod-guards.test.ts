import { describe, expect, test } from "vitest";
import { type PolicyNamespace, toPolicyNamespace } from "../../inventory/admission/policy-namespace";
import { configMap, namespace } from "../../inventory/testing";
import { createTestContext } from "../../inventory/testing-context";
import type { JsonRecord } from "../../model/json";
import { DANGERS } from "../../pod-security/exemplary-pods";
import { podGuardsView } from "./pod-guards";
import { ALL_CONTAINERS, nativePolicy, NO_HOST_FILES, NO_HOST_NAMESPACES, NO_PRIVILEGED } from "./testing-native-policies";
import { refusals } from "./testing-refusals";
import type { Refusal } from "./refusal";

const PLAIN = "c.?securityContext.?privileged.orValue(false)";
const VOLUMES = "!has(object.spec.volumes) || object.spec.volumes.all(v, v.nfs.path == '')";
const ALL = "(object.spec.containers + object.spec.?initContainers.orValue([]))";
const ALL_VOLUMES = "object.spec.?volumes.orValue([])";
const NO_PRIVILEGED_INIT = `object.spec.?initContainers.orValue([]).all(c, !${PLAIN})`;
const HOST_FILES = { hostPathVolumes: true };
const TAKEOVER = { privileged: true, hostNamespaces: true, ...HOST_FILES };
const FAILS = "it lets through pods that its expressions fail on";
const ENV = { name: "env", expression: "namespaceObject.metadata.labels.env" };
const PLACE = { name: "place", expression: "object.metadata.namespace" };
const CONFIG_MAP = { apiVersion: "v1", kind: "ConfigMap" };

/** What the first policy says of the first danger. */
function tellFirst(context: ReturnType<typeof createTestContext>, where: PolicyNamespace): Refusal {
  const [policy] = context.slices.admissionPolicies;
  const [danger] = DANGERS;
  if (!policy || !danger) throw new Error("nothing to try");
  return context.view(podGuardsView)(policy, [where])(danger);
}

const everything = Object.fromEntries(DANGERS.map(({ check }) => [check, true]));
const CHOSEN = "it also asks what whoever writes a pod can choose";
const NOT_EVALUATED = "what it asks cannot be evaluated here";
const withoutFunction = (name: string) => `${NOT_EVALUATED}: there is no function called ${name} that takes what it is given here`;

describe("a policy of the API server refuses", () => {
  test.each<[name: string, objects: readonly JsonRecord[], expected: Readonly<Record<string, Refusal>>]>([
    ["privileged containers", nativePolicy([NO_PRIVILEGED]), { privileged: true }],
    ["them by variables", nativePolicy([`variables.all.all(c, !${PLAIN})`], { variables: ALL_CONTAINERS }), { privileged: true }],
    [
      "them by a variable of a variable",
      nativePolicy(["variables.bad.size() == 0"], { variables: [...ALL_CONTAINERS, { name: "bad", expression: `variables.all.filter(c, ${PLAIN})` }] }),
      { privileged: true },
    ],
    ["nothing where it looks at one list of containers alone", nativePolicy([`object.spec.containers.all(c, !${PLAIN})`]), {}],
    [
      "them where one part asks of one list, and one of the other",
      nativePolicy([`object.spec.containers.all(c, !${PLAIN})`, `!has(object.spec.initContainers) || object.spec.initContainers.all(c, !${PLAIN})`]),
      { privileged: true },
    ],
    [
      "them where conditions leave out the kubelets and what is changed",
      nativePolicy([NO_PRIVILEGED], {
        matchConditions: [{ expression: "!('system:nodes' in request.userInfo.groups)" }, { expression: "request.operation == 'CREATE'" }],
      }),
      { privileged: true },
    ],
    ["nothing that is made", nativePolicy([NO_PRIVILEGED], { matchConditions: [{ expression: "request.operation == 'UPDATE'" }] }), {}],
    [
      "nothing where the controllers that make pods are left out",
      nativePolicy([NO_PRIVILEGED], { matchConditions: [{ expression: "!request.userInfo.username.startsWith('system:serviceaccount:kube-system:')" }] }),
      {},
    ],
    ["them, unless a label says otherwise", nativePolicy([`object.metadata.?labels.?exempt.orValue('') == 'yes' || ${NO_PRIVILEGED}`]), { privileged: CHOSEN }],
    [
      "them, unless an image is called so",
      nativePolicy([`object.spec.containers.all(c, c.image.startsWith('a') || !${PLAIN}) && ${NO_PRIVILEGED}`]),
      { privileged: CHOSEN },
    ],
    [
      "them, unless a condition leaves them out by name",
      nativePolicy([NO_PRIVILEGED], { matchConditions: [{ expression: "object.metadata.name != 'debug'" }] }),
      { privileged: CHOSEN },
    ],
    [
      "several dangers",
      nativePolicy([NO_HOST_FILES, NO_HOST_NAMESPACES, "object.spec.securityContext.runAsNonRoot == true"]),
      { hostNamespaces: true, hostPathVolumes: true },
    ],
    ["nothing by a label that it asks for", nativePolicy(["'team' in object.metadata.labels"]), {}],
    [
      "nothing by a label that a variable asks for",
      nativePolicy(["variables.isLabelled"], { variables: [{ name: "isLabelled", expression: "'team' in object.metadata.labels" }] }),
      {},
    ],
    ["nothing by the registry of its images", nativePolicy(["object.spec.containers.all(c, c.image.startsWith('registry.corp/'))"]), {}],
    ["nothing by the name of a pod", nativePolicy(["object.metadata.name != 'root'"]), {}],
    [
      "perhaps what it forbids together with something that it asks for",
      nativePolicy([`has(object.metadata.labels.team) && ${NO_PRIVILEGED}`]),
      { privileged: "it asks for more than the pods that it was tried on have" },
    ],
    [
      "them, unless a variable finds a label that says otherwise",
      nativePolicy([`variables.isExempt || ${NO_PRIVILEGED}`], {
        variables: [{ name: "isExempt", expression: "object.metadata.?labels.?exempt.orValue('') == 'yes'" }],
      }),
      { privileged: CHOSEN },
    ],
    [
      "nothing where one harmless container makes up for the others",
      nativePolicy([`object.spec.containers.exists(c, !${PLAIN}) && ${NO_PRIVILEGED_INIT}`]),
      {},
    ],
    [
      "no privileged container that leaves out what only follows from that",
      nativePolicy([`${ALL}.all(c, !c.?securityContext.?allowPrivilegeEscalation.orValue(false))`]),
      { allowPrivilegeEscalation: true },
    ],
    [
      "no added capabilities that asks for what only some of them bring along",
      nativePolicy([`${ALL}.all(c, c.?securityContext.?allowPrivilegeEscalation.orValue(true) == false)`]),
      { privileged: true, allowPrivilegeEscalation: true },
    ],
    [
      "no added capabilities that forbids one of them by its name",
      nativePolicy([`${ALL}.all(c, !('SYS_ADMIN' in c.?securityContext.?capabilities.?add.orValue([])))`]),
      {},
    ],
    [
      "no files of the host by the paths that somebody thought of",
      nativePolicy([`${ALL_VOLUMES}.all(v, !(v.?hostPath.path.orValue('') in ['/', '/etc']))`]),
      {},
    ],
    ["none by a kind of path", nativePolicy([`${ALL_VOLUMES}.all(v, v.?hostPath.type.orValue('File') == 'File')`]), {}],
    ...["/proc", "/sys", "/var/log"].map((path): [string, readonly JsonRecord[], Readonly<Record<string, Refusal>>] => [
      `none where it allows for ${path}`,
      nativePolicy([`${ALL_VOLUMES}.all(v, v.?hostPath.path.orValue('${path}').startsWith('${path}'))`]),
      {},
    ]),
    ...[
      "v.?hostPath.path.orValue('/opt/data').startsWith('/opt/data')",
      "!has(v.hostPath) || v.hostPath.path == '/boot'",
      "!has(v.hostPath) || v.hostPath.path in ['/opt/cni/bin', '/lib/modules']",
      "!has(v.hostPath) || v.hostPath.path.matches('^/home/[a-z]+$')",
      "!has(v.hostPath) || v.hostPath.path.matches('^/mnt/(?:cache|scratch)$')",
      "!has(v.hostPath) || v.hostPath.path.contains('cache')",
      "!has(v.hostPath) || v.hostPath.path in '/boot\\n/mnt/a'.split('\\n').filter(p, p != '/boot')",
      "!has(v.hostPath) || v.hostPath.path in 'boot:/boot;data:/mnt/a'.split(':').filter(p, p != '/boot;data')",
      "!has(v.hostPath) || v.hostPath.path == '/mnt/cache@node'",
    ].map((expression): [string, readonly JsonRecord[], Readonly<Record<string, Refusal>>] => [
      `none where it allows for a path that it names itself: ${expression}`,
      nativePolicy([`${ALL_VOLUMES}.all(v, ${expression})`]),
      {},
    ]),
    ["all where it names paths that it forbids", nativePolicy([`${ALL_VOLUMES}.all(v, !has(v.hostPath) && v.name != '/boot')`]), { hostPathVolumes: CHOSEN }],
    [
      "perhaps what is allowed together with another danger",
      nativePolicy([`object.spec.?hostNetwork.orValue(false) || ${NO_PRIVILEGED}`]),
      { privileged: CHOSEN },
    ],
    [
      "perhaps what a danger in the same container allows",
      nativePolicy([`${ALL}.all(c, !${PLAIN} || c.securityContext.runAsUser == 0)`]),
      { privileged: CHOSEN },
    ],
    ["several dangers in one expression", nativePolicy([`${NO_PRIVILEGED} && ${NO_HOST_NAMESPACES} && (${NO_HOST_FILES})`]), TAKEOVER],
    [
      "nothing where a controller that makes pods is left out",
      nativePolicy([NO_PRIVILEGED], {
        matchConditions: [{ expression: "request.userInfo.username != 'system:serviceaccount:kube-system:daemon-set-controller'" }],
      }),
      {},
    ],
    ...["!('system:serviceaccounts' in request.userInfo.groups)", "!('system:authenticated' in request.userInfo.groups)"].map(
      (expression): [string, readonly JsonRecord[], Readonly<Record<string, Refusal>>] => [
        `nothing where anybody is left out: ${expression}`,
        nativePolicy([NO_PRIVILEGED], { matchConditions: [{ name: "who", expression }] }),
        {},
      ],
    ),
    ...[
      "request.userInfo.username != 'root@example.com'",
      "!('admins' in request.userInfo.groups)",
      "request.userInfo.username != 'system:serviceaccount:argocd:argocd-application-controller'",
      "!('system:serviceaccounts:other' in request.userInfo.groups)",
      "request.userInfo.username != 'system:serviceaccount:kube-system:node-controller'",
    ].map((expression): [string, readonly JsonRecord[], Readonly<Record<string, Refusal>>] => [
      `them from all but those that it names: ${expression}`,
      nativePolicy([NO_PRIVILEGED], { matchConditions: [{ name: "who", expression }] }),
      { privileged: true },
    ]),
    ["nothing from those alone that it names", nativePolicy([`!('dev' in request.userInfo.groups) || ${NO_PRIVILEGED}`]), {}],
    [
      "perhaps what its expressions fail on, where failures are let through",
      nativePolicy([`${ALL}.filter(c, c.securityContext.privileged == true).size() == 0`], { failurePolicy: "Ignore" }),
      { privileged: FAILS },
    ],
    ["what they do not fail on", nativePolicy([NO_PRIVILEGED], { failurePolicy: "Ignore" }), { privileged: true }],
    ["everything", nativePolicy(["false"]), everything],
    ["everything in some namespaces", nativePolicy(["namespaceObject.metadata.labels.env != 'prod'"]), everything],
    ["nothing by what it only says", nativePolicy(["1 == 1", "true || object.spec.hostNetwork"]), {}],
    ["what it has no answer for", nativePolicy([VOLUMES]), { hostPathVolumes: true, restrictedVolumes: true }],
    ["not that where failures are let through", nativePolicy([VOLUMES], { failurePolicy: "Ignore" }), { restrictedVolumes: true }],
    [
      "perhaps what it cannot be asked here",
      nativePolicy([`${NO_PRIVILEGED} || authorizer.group('').resource('pods').check('x').allowed()`]),
      { privileged: withoutFunction("allowed") },
    ],
    ["nothing by what an authorizer says of something else", nativePolicy(["authorizer.group('').resource('pods').check('x').allowed()"]), {}],
    [
      "perhaps what conditions choose that cannot be evaluated",
      nativePolicy([NO_PRIVILEGED], { matchConditions: [{ expression: "authorizer.requestResource.check('x').allowed()" }] }),
      { privileged: withoutFunction("allowed") },
    ],
    ["nothing while it only warns", nativePolicy([NO_PRIVILEGED], {}, { validationActions: ["Warn"] }), {}],
    ["nothing elsewhere", nativePolicy([NO_PRIVILEGED], {}, { matchResources: { namespaceSelector: { matchLabels: { env: "test" } } } }), {}],
    [
      "perhaps what labels choose",
      nativePolicy([NO_PRIVILEGED], {}, { matchResources: { objectSelector: { matchLabels: { guarded: "yes" } } } }),
      { privileged: "labels on each object decide whether it is seen" },
    ],
  ])("%s", (_, objects, expected) => {
    expect(refusals(objects, { env: "prod" })).toEqual(expected);
  });

  test.each([
    "has(object.spec.initContainers)",
    "object.spec.containers.size() > 1",
    "has(object.spec.securityContext.seccompProfile)",
    "object.spec.containers.all(c, has(c.securityContext))",
  ])("perhaps privileged containers where it is asked if %s: no pod has to be so", (expression) => {
    expect(refusals(nativePolicy([NO_PRIVILEGED], { matchConditions: [{ expression }] }))).toEqual({ privileged: CHOSEN });
    expect(refusals(nativePolicy([`!(${expression}) || ${NO_PRIVILEGED}`]))).toEqual({ privileged: CHOSEN });
  });

  test("privileged containers where it is asked about what every pod has", () => {
    expect(refusals(nativePolicy([NO_PRIVILEGED], { matchConditions: [{ expression: "object.spec.containers.size() > 0" }] }))).toEqual({ privileged: true });
  });

  test("what its parameters say, where they are", () => {
    const policy = (paramRef: JsonRecord) => nativePolicy([`params.data.strict != 'yes' || ${NO_PRIVILEGED}`], { paramKind: CONFIG_MAP }, { paramRef });
    const settings = (strict: string, place: string) => configMap({ name: "settings", namespace: place, data: { strict } });
    const allow = { name: "settings", parameterNotFoundAction: "Allow" };
    expect(refusals([...policy(allow), settings("yes", "shop")])).toEqual({ privileged: true });
    expect(refusals([...policy(allow), settings("no", "shop")])).toEqual({});
    expect(refusals([...policy(allow), settings("yes", "other")])).toEqual({});
    expect(refusals([...policy({ ...allow, namespace: "other" }), settings("yes", "other")])).toEqual({ privileged: true });
    expect(
      refusals([
        ...policy({ ...allow, selector: {}, name: undefined, namespace: "other" }),
        settings("no", "other"),
        configMap({ name: "b", namespace: "other", data: { strict: "yes" } }),
      ]),
    ).toEqual({ privileged: true });
    expect(refusals(policy({ ...allow, parameterNotFoundAction: "Deny" }))).toEqual(everything);
    const warns = nativePolicy(
      [NO_PRIVILEGED],
      { paramKind: CONFIG_MAP },
      { paramRef: { ...allow, parameterNotFoundAction: "Deny" }, validationActions: ["Warn"] },
    );
    expect(refusals(warns)).toEqual(everything);
    expect(refusals([...warns, settings("yes", "shop")])).toEqual({});
    expect(refusals([...policy(allow), settings("aws_secret_access_key: wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzQ1w2e3r4", "shop")])).toEqual({
      privileged: "values in its parameters are hidden",
    });
    const large = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`${index}`, ""]));
    expect(refusals([...policy(allow), configMap({ name: "settings", namespace: "shop", data: large })])).toEqual({ privileged: NOT_EVALUATED });
    const unread = nativePolicy([NO_PRIVILEGED], { paramKind: { apiVersion: "example.com/v1", kind: "Limits" } }, { paramRef: allow });
    expect(refusals(unread)).toEqual({ privileged: "its parameters are not read" });
  });

  test.each<[what: string, objects: readonly JsonRecord[]]>([
    ...[
      "!('guarded' in namespaceObject.metadata.labels)",
      "namespaceObject.metadata.?labels[?'env'].orValue('') != 'prod'",
      "!namespaceObject.metadata.labels.exists(key, key == 'guarded')",
      "namespaceObject.metadata.name != 'shop'",
    ].map((spares) => [spares, nativePolicy([`${spares} || ${NO_PRIVILEGED}`])] as [string, readonly JsonRecord[]]),
    ["what it is labelled", nativePolicy([`namespaceObject.metadata.labels.env != 'prod' || ${NO_PRIVILEGED}`])],
    ["what it is labelled, by a variable", nativePolicy([`variables.env != 'prod' || ${NO_PRIVILEGED}`], { variables: [ENV] })],
    ["where a request is for", nativePolicy([`request.namespace != 'shop' || ${NO_PRIVILEGED}`])],
    ["what the object says of it, by a variable", nativePolicy([`variables.place != 'shop' || ${NO_PRIVILEGED}`], { variables: [PLACE] })],
  ])("by namespace, where that decides: %s", (_, objects) => {
    const labels = { shop: { env: "prod", guarded: "yes" }, other: { env: "dev" } };
    const context = createTestContext([...objects, ...Object.entries(labels).map(([name, own]) => namespace({ name, labels: own }))]);
    const answers = Object.entries(labels).map(([name, own]) => tellFirst(context, toPolicyNamespace(name, own)));
    expect(answers).toEqual([true, false]);
  });

  test.each<[how: string, expression: string, elsewhere: boolean]>([
    ["by name", "'system:serviceaccounts:shop' in request.userInfo.groups", true],
    ["by the beginning of its name", "request.userInfo.username.startsWith('system:serviceaccount:sh')", true],
    ["by a part of its name", "request.userInfo.username.contains(':sh')", true],
    ["by the end of its name", "request.userInfo.username.endsWith('op:default')", true],
    ["by a pattern", "request.userInfo.username.matches('^system:serviceaccount:(infra|sh)[a-z]+:')", true],
    ["by parameters", "request.userInfo.username.contains(':' + params.data.spared + ':')", true],
    ["by a label that both have", "request.userInfo.username.contains(':' + namespaceObject.metadata.labels.spared + ':')", true],
    ["as its own", "request.userInfo.username.startsWith('system:serviceaccount:' + request.namespace)", false],
  ])("nothing in a namespace whose accounts are left out %s", (_, expression, elsewhere) => {
    const paramRef = { name: "settings", namespace: "guard", parameterNotFoundAction: "Deny" };
    const context = createTestContext([
      ...nativePolicy([`${expression} || ${NO_PRIVILEGED}`], { paramKind: CONFIG_MAP }, { paramRef }),
      configMap({ name: "settings", namespace: "guard", data: { spared: "shop" } }),
      ...["other", "shop"].map((name) => namespace({ name, labels: { spared: "shop" } })),
    ]);
    // The first answer must not stand for the second.
    expect(["other", "shop"].map((name) => tellFirst(context, toPolicyNamespace(name)))).toEqual([elsewhere, false]);
  });

  test.each([",", "\n", ";"])("nothing for a path that its parameters allow, parted by %j", (comma) => {
    const policy = nativePolicy(
      [`${ALL_VOLUMES}.all(v, !has(v.hostPath) || v.hostPath.path in params.data.allowed.split(${JSON.stringify(comma)}))`],
      { paramKind: CONFIG_MAP },
      { paramRef: { name: "settings", namespace: "guard", parameterNotFoundAction: "Deny" } },
    );
    const settings = (allowed: string) => configMap({ name: "settings", namespace: "guard", data: { allowed } });
    expect(refusals([...policy, settings(`none${comma}/opt/cni/bin`)])).toEqual({});
    expect(refusals([...policy, settings("none")])).toEqual(HOST_FILES);
  });

  test("perhaps what it asks of a namespace with hidden values", () => {
    const key = "aws_secret_access_key: wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzQ1w2e3r4";
    const guarded = nativePolicy([`namespaceObject.metadata.?annotations.?note.orValue('') != 'strict' || ${NO_PRIVILEGED}`]);
    const place = (note: string) => ({ ...namespace(), metadata: { name: "shop", annotations: { note } } });
    const tell = (note: string) => tellFirst(createTestContext([...guarded, place(note)]), toPolicyNamespace("shop"));
    expect(["strict", "lax", key].map(tell)).toEqual([true, false, NOT_EVALUATED]);
  });

  test("within bounds", () => {
    const digits = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]";
    const loops = `${digits}.all(a, ${digits}.all(b, ${digits}.all(c, (${digits} + ${digits}).map(d, d * c).size() > 0 && ${digits}.map(d, d).map(d, d).size() > 0)))`;
    expect(refusals(nativePolicy([`(${loops}) && ${NO_PRIVILEGED}`]))).toEqual({ privileged: `${NOT_EVALUATED}: loops are nested more than 3 deep` });
  });

  test("within bounds of all policies together", () => {
    const numbers = JSON.stringify(Array.from({ length: 20 }, (_, index) => index));
    const slow = nativePolicy([`${numbers}.all(a, ${numbers}.all(b, ${numbers}.all(c, a + b + c >= 0))) && ${NO_PRIVILEGED}`]);
    const others = Array.from({ length: 400 }, (_, index) => nativePolicy(["true"], {}, {}, `other-${index}`)).flat();
    expect(refusals(slow)).toEqual({ privileged: true });
    expect(refusals([...slow, ...others])).toEqual({ privileged: "trying it on pods takes too many steps" });
  });
});
