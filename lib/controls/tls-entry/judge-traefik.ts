import { splitImageReference } from "../../inventory/images/image-reference";
import type { KubeObject } from "../../inventory/kube-object";
import { traefikProgramsView } from "../../inventory/routes/traefik-programs";
import { type Context, defineView } from "../../inventory/view";
import { isRecord, record, text, texts } from "../../model/json";
import { notApplicable, type Outcome, unknown, weakness } from "../define";
import { GO_VERSIONS, lowest, oldTls, SHUT, unreadable, worksWithOld } from "./old-tls";

const OF_INGRESS = "traefik.ingress.kubernetes.io/router.tls.options";
/** The first release that was built with a Go whose servers refuse what is older than TLS 1.2 where nobody says anything. */
const FIRST_NEW = { major: 2, minor: 11 };

type TraefikContext = Context<"workloads" | "ingresses" | "customRoutes">;

/** As other providers and annotations call an option. */
const qualify = (namespace: string, name: string): string => `${namespace}-${name}@kubernetescrd`;

/** The options that something names, each as Traefik calls it. */
const namedOptionsView = defineView({
  reads: ["workloads", "ingresses", "customRoutes"],
  compute: ({ slices, view }): ReadonlySet<string> => {
    const ofRoutes = slices.customRoutes.flatMap(({ ref, body }) => {
      const { options } = record(record(body.spec).tls);
      const name = isRecord(options) ? text(options.name) : undefined;
      if (name === undefined || !isRecord(options)) return [];
      return name.includes("@") ? name : qualify(text(options.namespace) ?? ref.namespace ?? "", name);
    });
    const ofIngresses = slices.ingresses.flatMap(({ annotations }) => annotations[OF_INGRESS] ?? []);
    return new Set([...ofRoutes, ...ofIngresses, ...view(traefikProgramsView).flatMap(({ tlsOptions }) => tlsOptions)]);
  },
});

/** Whether nothing can use an option, as far as all that could is seen. The one called default is for every route that names none. */
function isUnused({ ref }: KubeObject, { isComplete, isRead, listUnread, view }: TraefikContext): boolean {
  if (ref.name === "default" || !isComplete || !isRead("ingresses") || !isRead("customRoutes") || listUnread("customRoutes").length > 0) return false;
  const programs = view(traefikProgramsView);
  const isSeen = programs.length > 0 && programs.every(({ untold }) => untold === null);
  return isSeen && !view(namedOptionsView).has(qualify(ref.namespace ?? "", ref.name));
}

/** Of an image as the project names it: null = its tag does not tell, or others made it, who count their own way. */
function isNewRelease(image: string): boolean | null {
  const reference = splitImageReference(image);
  const [, major, minor] = /^v?(\d+)(?:\.(\d+))?/.exec(reference?.tag ?? "") ?? [];
  if (reference === null || !/(?:^|[/-])traefik$/.test(reference.path) || major === undefined) return null;
  if (Number(major) !== FIRST_NEW.major) return Number(major) > FIRST_NEW.major;
  return minor === undefined ? null : Number(minor) >= FIRST_NEW.minor;
}

/** Without a lowest version, what Go has when Traefik was built: TLS 1.0 before 2.11. */
function judgeDefault(suites: readonly string[], { view }: TraefikContext): Outcome {
  const images = view(traefikProgramsView).map(({ image }) => image);
  const old = images.find((image) => isNewRelease(image) === false);
  if (old !== undefined) {
    const said = `No lowest version is named, and ${old} accepts TLS 1.0 then.`;
    if (suites.length === 0 || worksWithOld(suites)) return [weakness("spec.minVersion", undefined, said)];
    return [weakness("spec.minVersion", undefined, `${said} ${SHUT}`, { severity: "low" })];
  }
  const [hidden] = images.filter((image) => isNewRelease(image) === null);
  const untold = images.length === 0 ? "none is seen" : hidden === undefined ? null : `${hidden || "its image"} does not tell which it is`;
  return untold === null ? [] : unknown(`No lowest version is named: releases of Traefik before 2.11 accept TLS 1.0 then, and ${untold}.`);
}

export function judgeTraefikOption(option: KubeObject, context: TraefikContext): Outcome {
  if (isUnused(option, context)) return notApplicable("No route and no entry point of Traefik uses it.");
  const { minVersion, cipherSuites } = record(option.body.spec);
  const suites = texts(cipherSuites);
  if (minVersion === undefined || minVersion === "") return judgeDefault(suites, context);
  const version = text(minVersion) ?? "";
  const age = GO_VERSIONS[version];
  if (age === undefined) return unreadable("minVersion", minVersion);
  return age === "old" ? [oldTls("spec.minVersion", version, lowest(version), suites.length === 0 || worksWithOld(suites))] : [];
}
