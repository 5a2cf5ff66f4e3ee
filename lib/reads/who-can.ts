import "server-only";
import type { WhoCanAsked, WhoCanHolder, WhoCanQuery, WhoCanResponse, WhoCanSubject } from "@/lib/contracts/who-can";
import { AppError } from "@/lib/errors/app-error";
import { formatCount } from "@/lib/format/numbers";
import { WHO_CAN_PRESETS } from "@/lib/format/who-can-presets";
import { groupKey, identityKey, listImplicitGroups } from "@/lib/graph/rbac/identity";
import { parseIdentityText } from "@/lib/graph/rbac/identity-text";
import type { Identity, PolicyRule } from "@/lib/graph/rbac/principal";
import { sourceFinderOf, toGrants } from "@/lib/graph/rbac/principals";
import { type Holder, listWhoCan } from "@/lib/graph/rbac/who-can";
import { isGetEnough } from "@/lib/graph/rbac/rights-asks";
import { toResourceNames } from "@/lib/graph/rbac/resource-names";
import { isUnknownResource, tidyResource, toWhoCanAsks } from "@/lib/graph/rbac/who-can-asks";
import { WORKLOAD_KINDS } from "@/lib/inventory/workloads/workload-kind";
import { isGap } from "@/lib/model/coverage";
import { findRbacGap } from "./find-rbac-gap";
import { listMounting } from "./list-mounting";
import { type FilledReader, openFilledReader, toMoment } from "./open-reader";
import { RIGHTS_LIMIT } from "./load-rights";
import { loadRbacAt, type RbacAt } from "./rbac-at";
import { readCoverage } from "./read-coverage";
import { toRightPath } from "./to-right-path";

const HOLDERS = 100;
const RIGHTS = 150;
const CHOICES = 500;
const WORKLOADS = WORKLOAD_KINDS.filter((kind) => kind !== "PodTemplate");

const tidy = (list: string | undefined): string =>
  (list ?? "")
    .split(",")
    .map((item) => item.trim())
    .filter(Boolean)
    .join(",");

function toQuestion(query: WhoCanQuery): WhoCanAsked {
  const by = query.by ?? "capability";
  const [usual] = WHO_CAN_PRESETS;
  const isObject = by === "object";
  const subject = query.subject ? parseIdentityText(query.subject.trim()) : null;
  if (query.subject && !subject)
    throw new AppError("bad-request", `subject=${query.subject} cannot be read: write ServiceAccount/<namespace>/<name>, User/<name> or Group/<name>.`);
  return {
    by,
    subject,
    verb: tidy(query.verb).toLowerCase() || (isObject ? "update,patch,delete" : (usual?.verb ?? "")),
    resource: tidy(query.resource) || (isObject ? "deployments.apps" : (usual?.resource ?? "")),
    namespace: query.namespace?.trim() || null,
    name: query.name?.trim() || null,
  };
}

function* rulesOf({ index }: RbacAt): Generator<PolicyRule> {
  for (const role of index.roles.values()) yield* role.rules;
}

function accountOf(rbac: RbacAt, { kind, namespace, name }: Identity): WhoCanHolder["account"] {
  return kind === "ServiceAccount" ? (rbac.accounts.get(`${namespace}/${name}`) ?? null) : null;
}

function countMembers(rbac: RbacAt, { kind, name }: Identity): number | null {
  if (rbac.accounts.size === 0 || kind !== "Group" || !name.startsWith("system:serviceaccounts")) return null;
  if (name === "system:serviceaccounts") return rbac.accounts.size;
  const namespace = name.slice("system:serviceaccounts:".length);
  return [...rbac.accounts.values()].filter((ref) => ref.namespace === namespace).length;
}

function toHolder(rbac: RbacAt, { identity, reach, paths, pathCount }: Holder): WhoCanHolder {
  return {
    identity,
    reach,
    pathCount,
    account: accountOf(rbac, identity),
    members: countMembers(rbac, identity),
    power: rbac.power.classOf(identity),
    isPlatform: rbac.platform.has(identityKey(identity)),
    paths: paths.map(({ grant, rights }) => toRightPath(grant, null, rights)),
  };
}

async function readSubject(reader: FilledReader, rbac: RbacAt, identity: Identity, areWorkloadsRead: boolean): Promise<WhoCanSubject> {
  const findSource = sourceFinderOf(rbac.index);
  const groups = identity.kind === "Group" ? [] : listImplicitGroups(identity);
  const own = { key: identityKey(identity), via: null };
  const rights = [own, ...groups.map((name) => ({ key: groupKey(name), via: name }))].flatMap(({ key, via }) =>
    toGrants(rbac.index.entries.get(key) ?? [], findSource).map((grant) => ({ grant, via })),
  );
  const account = accountOf(rbac, identity);
  return {
    identity,
    account,
    isKnown: account !== null || rbac.index.identities.has(own.key),
    power: rbac.power.classOf(identity),
    groups: [...groups],
    rights: rights.slice(0, RIGHTS).map(({ grant, via }) => toRightPath(grant, via)),
    rightCount: rights.length,
    workloads: identity.kind === "ServiceAccount" && areWorkloadsRead ? await listMounting(reader, identity.namespace ?? "", identity.name) : null,
  };
}

/** Who may do something, or what somebody may do, as RBAC says it at a moment. Throws not-found and bad-request. */
export async function whoCan(slug: string, query: WhoCanQuery): Promise<WhoCanResponse> {
  const reader = await openFilledReader(slug, query);
  const question = toQuestion(query);
  const coverage = await readCoverage(reader.pool, reader.cluster.id, reader.at);
  const gap = findRbacGap(coverage);
  const rbac = gap ? null : await loadRbacAt(reader);
  const isUnread = (kinds: readonly string[]): boolean => coverage.some((entry) => isGap(entry) && kinds.includes(entry.kind));
  const blank = {
    moment: toMoment(reader),
    question,
    holders: [],
    holderCount: 0,
    subject: null,
    areAccountsRead: !isUnread(["ServiceAccount"]),
    unknownResources: [],
    isNamespaceUnknown: false,
  };
  if (!rbac) {
    const tooMany = {
      reason: `This snapshot holds more than ${formatCount(RIGHTS_LIMIT)} roles, bindings, service accounts and namespaces: more than one page joins.`,
      action: null,
    };
    return { ...blank, notAssessed: gap ?? tooMany, choices: { namespaces: [], subjects: [] } };
  }
  const choices = { namespaces: rbac.namespaces.slice(0, CHOICES), subjects: rbac.subjects.slice(0, CHOICES) };
  if (question.by === "subject")
    return { ...blank, notAssessed: null, choices, subject: question.subject && (await readSubject(reader, rbac, question.subject, !isUnread(WORKLOADS))) };
  const { verb, namespace, name } = question;
  const names = toResourceNames(coverage, rulesOf(rbac));
  const resources = question.resource.split(",").map((written) => tidyResource(written, names));
  const resource = resources.join(",");
  const preset = WHO_CAN_PRESETS.find((one) => one.verb === verb && one.resource === resource);
  const verbs = preset?.isByGetToo && isGetEnough(rbac.context.kubeVersion) ? `${verb},get` : verb;
  const holders = listWhoCan(rbac.index, { asks: toWhoCanAsks(verbs, resource, names), namespace, ...(name !== null && { name }) }).map((holder) =>
    toHolder(rbac, holder),
  );
  holders.sort((a, b) => Number(a.isPlatform) - Number(b.isPlatform) || a.power - b.power);
  return {
    ...blank,
    question: { ...question, resource },
    notAssessed: null,
    choices,
    holders: holders.slice(0, HOLDERS),
    holderCount: holders.length,
    isNamespaceUnknown: namespace !== null && !isUnread(["Namespace"]) && !rbac.namespaces.includes(namespace),
    unknownResources: resources.filter((written) => isUnknownResource(written, names)),
  };
}
